"""Whole suites: hand-computed figures of a puppet, pooling by clips, refusals."""

import pytest
from evaluations import LOST_FROM, Puppet, record, suite
from toys import swaying

from claims_env.errors import SuiteError
from claims_env.suite import Suite
from claims_env.suite_digest import suite_digest
from claims_env.suite_evaluation import BATCH, evaluate_suite, performers, pooled
from claims_env.tracker import TrackedClip
from claims_env.trackers.simulated import SkillTracker


def test_the_trained_policy_stands_beside_both_baselines() -> None:
    found = record().suites[0].clips[0].metrics
    assert list(found) == ["trained", "zero", "random"]
    trained = found["trained"]["phc"]
    assert trained.success and trained.g_mpjpe == pytest.approx(100.0)
    assert trained.l_mpjpe == pytest.approx(0.0, abs=1e-6)
    for policy in ("zero", "random"):
        # the first reference frame is number 1
        assert found[policy]["phc"].failed_at == LOST_FROM[policy] + 1


def test_each_way_to_count_failed_frames_is_measured() -> None:
    zero = record().suites[0].clips[0].metrics["zero"]
    lost = LOST_FROM["zero"]
    assert {way: m.frames for way, m in zero.items()} == {
        "phc": 59,
        "until_failure": lost + 1,
        "full": 59,
    }
    assert zero["until_failure"].g_mpjpe == pytest.approx(1000 / (lost + 1))
    assert zero["full"].g_mpjpe == pytest.approx(1000 * (59 - lost) / 59)
    # frames 0 to 30 once, of which one is lost, then 0 to 27 again
    assert zero["phc"].g_mpjpe == pytest.approx(1000 * 1 / 59)
    assert {m.success for m in zero.values()} == {False}


def test_without_a_checkpoint_there_are_the_baselines_alone() -> None:
    assert list(performers(Puppet(), is_trained=False)) == ["zero", "random"]
    assert record(is_trained=False).policies == ("zero", "random")


def test_suites_are_pooled_by_clips_not_by_suites() -> None:
    # the zero action stands through clips that end before it falls: 1 of 1 and 0 of 3
    short = suite("short", "a", frames=LOST_FROM["zero"])
    long = suite("long", "b", "c", "d")
    both = record(short, long)
    assert both.metrics("all suites", "zero", "phc").success_rate == 1 / 4
    assert [both.metrics(name, "zero", "phc").success_rate for name in ("short", "long")] == [1, 0]
    assert pooled(both.suites, "zero", "phc").clips == 4


def test_one_suite_is_not_pooled_with_anything() -> None:
    assert list(record(suite("only", "a")).groups) == ["only"]


def test_a_clip_that_cannot_be_performed_is_refused_and_the_others_are_kept() -> None:
    found = record(suite("mixed", "a", "odd one", "b")).suites[0]
    assert [clip.name for clip in found.clips] == ["a", "b"]
    assert [(r.name, "odd" in r.reason) for r in found.refused][1] == ("odd one", True)
    assert found.refused[0].name == "torn"


def test_a_suite_of_which_nothing_can_be_performed_is_an_error() -> None:
    with pytest.raises(SuiteError, match=r"None of the 2 clip\(s\) of bad can be performed"):
        record(suite("bad", "odd"))


def test_long_suites_are_performed_in_batches_and_told_in_their_own_order() -> None:
    motions = tuple(swaying(1.0, f"clip {i}", 60 - i) for i in range(BATCH + 5))
    tracker, told = Puppet(), list[int]()
    found = evaluate_suite(
        Suite("many", "real", motions), performers(tracker), after_each=lambda: told.append(1)
    )
    assert [len(batch) for batch in tracker.batches] == [BATCH, 5]
    assert tracker.batches[0][0] == motions[-1].name, "the shortest first"
    assert [clip.name for clip in found.clips] == [motion.name for motion in motions]
    assert len(told) == 3 * len(motions)


def test_the_performances_of_the_first_policy_are_handed_out() -> None:
    kept: dict[str, TrackedClip] = {}
    record(suite("one", "a", "b"), keep=lambda suite, clip: kept.update({clip.name: clip}))
    assert set(kept) == {"a", "b"}
    assert all(clip.metrics.success for clip in kept.values())


def test_a_tracker_that_simulates_nothing_has_one_figure_for_every_way() -> None:
    found = evaluate_suite(suite("toy", "a"), performers(SkillTracker()))
    assert len({m.g_mpjpe for m in found.clips[0].metrics["trained"].values()}) == 1


def test_a_digest_knows_suites_apart_and_no_rounding() -> None:
    one, other = swaying(1.0, "a"), swaying(2.0, "a")
    assert suite_digest([one]) != suite_digest([other])
    assert suite_digest([one]) != suite_digest([one.renamed("b")])
    nudged = type(one)(one.rotations, one.root + 1e-9, one.fps, one.name)
    assert suite_digest([nudged]) == suite_digest([one])
    assert len(suite_digest([one])) == 16
