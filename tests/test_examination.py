"""The examination after a round: one performance of everything, beside what no policy would do."""

from dataclasses import replace

from toys import LOST, ForgetfulTracker, swaying

from claims_env.examination import Examination, examine, perform, trajectories
from claims_env.motion import Motion
from claims_env.records import from_json, to_json
from claims_env.suite import Suite
from claims_env.tracker import TrackedClip, Tracker
from claims_env.trackers.simulated import SkillTracker

SLOW, FAST = swaying(1.0, "slow"), swaying(5.0, "fast")
SUITE = Suite("toy", "real", (swaying(0.6, "held out"),))


def examined(tracker: Tracker, *rounds: list[Motion]) -> Examination:
    performance = perform(tracker, rounds, [SUITE])
    return examine(tracker, performance, rounds[-1], [SUITE], once=[])


def test_everything_is_performed_at_once_and_given_back_in_its_place() -> None:
    tracker = ForgetfulTracker(known=["fast", "held out"])
    done = perform(tracker, [[SLOW, FAST], [FAST]], [SUITE, SUITE])
    assert tracker.performed == [["slow", "fast", "fast", "held out", "held out"]]
    assert [[clip.name for clip in clips] for clips in done.rounds] == [["slow", "fast"], ["fast"]]
    assert [[clip.metrics.success for clip in clips] for clips in done.suites] == [[True], [True]]


def test_random_actions_stand_beside_the_zero_action() -> None:
    found = examined(SkillTracker(), [SLOW, FAST])
    assert [m.success for m in found.untrained] == [True, False]
    assert [m.success for m in found.random] == [False, False]
    assert found.suites[0].untrained is not None and found.suites[0].random is not None
    assert found.suites[0].untrained.success_rate == 1
    assert found.suites[0].random.success_rate == 0


def test_suites_show_their_baselines_in_the_opening_only() -> None:
    later = examined(SkillTracker(), [SLOW], [FAST])
    assert len(later.untrained) == len(later.random) == 1
    assert later.suites[0].untrained is None and later.suites[0].random is None


def test_a_tracker_without_baselines_leaves_them_empty() -> None:
    found = examined(ForgetfulTracker(), [SLOW])
    assert found.untrained == found.random == ()
    assert found.suites[0].untrained is None


def test_an_examination_survives_its_record() -> None:
    found = examined(SkillTracker(), [SLOW], [FAST])
    assert from_json(Examination, to_json(found)) == found


def test_a_record_without_the_newer_figures_is_read() -> None:
    found = examined(SkillTracker(), [SLOW])
    record = to_json(found)
    del record["random"], record["retention"]
    del record["suites"][0]["random"]
    suite = replace(found.suites[0], random=None)
    expected = replace(found, random=(), retention=None, suites=(suite,))
    assert from_json(Examination, record) == expected


def test_only_what_was_simulated_has_a_trajectory() -> None:
    metrics = LOST
    seen = TrackedClip("seen", metrics, SLOW.joints[1:], SLOW.joints[1:])
    arrays = trajectories([("round/seen", seen), ("unseen", TrackedClip("unseen", metrics))])
    assert set(arrays) == {"round/seen.tracked", "round/seen.reference"}
    assert arrays["round/seen.tracked"].dtype == "float32"
