"""The simulated tracker: its law by hand, and the tracker contract."""

from pathlib import Path

import pytest
from toys import swaying

from claims_env.errors import CheckpointError
from claims_env.testing import check_tracker
from claims_env.tracker import Budget
from claims_env.trackers.simulated import SkillTracker
from claims_env.trackers.simulated.skill_tracker import SkillSettings

MOTIONS = [swaying(0.5, "slow"), swaying(2.0, "middling"), swaying(6.0, "fast")]


def test_it_keeps_the_trackers_contract() -> None:
    check_tracker(SkillTracker, MOTIONS, Budget(1))


def test_it_follows_what_is_slower_than_its_skill() -> None:
    speed = MOTIONS[1].mean_speed
    tracker = SkillTracker(SkillSettings(skill=speed))
    slow, _, fast = (clip.metrics for clip in tracker.evaluate(MOTIONS))
    assert slow.success and slow.g_mpjpe == 50 and slow.failed_at is None
    assert not fast.success
    assert fast.g_mpjpe == pytest.approx(50 + 100 * (MOTIONS[2].mean_speed - speed))


def test_training_closes_half_the_gap_to_what_is_within_reach() -> None:
    tracker = SkillTracker(SkillSettings(skill=0.1, rate=0.5, reach=1.0))
    report = tracker.train([MOTIONS[1]], Budget(1))
    gap = MOTIONS[1].mean_speed - 0.1
    assert report.facts["skill"] == pytest.approx(0.1 + 0.5 * gap)


def test_what_is_out_of_reach_teaches_nothing() -> None:
    tracker = SkillTracker(SkillSettings(skill=0.01, reach=0.0))
    assert tracker.train(MOTIONS, Budget(1)).facts["skill"] == 0.01


def test_the_zero_action_keeps_the_starting_skill_and_random_ones_a_quarter_of_it() -> None:
    start = MOTIONS[1].mean_speed
    tracker = SkillTracker(SkillSettings(skill=start, reach=9.0))
    tracker.reset(seed=0)
    before = tracker.evaluate(MOTIONS)
    tracker.train(MOTIONS, Budget(1))
    assert [c.metrics for c in tracker.evaluate_untrained(MOTIONS)] == [c.metrics for c in before]
    (flailing,) = tracker.evaluate_untrained(MOTIONS[1:2], action="random")
    beyond = 100 * (start - start / 4)
    assert flailing.metrics.g_mpjpe == pytest.approx(50 + beyond, rel=0.05)


def test_a_foreign_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tracker.ckpt"
    path.write_bytes(b"\x80\x04not json")
    with pytest.raises(CheckpointError, match="no checkpoint of the simulated tracker"):
        SkillTracker().load(path)
