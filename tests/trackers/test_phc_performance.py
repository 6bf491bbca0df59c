"""What PHC performs, checked before it is believed; and what it makes of bad luck."""

import logging
from pathlib import Path

import numpy as np
import pytest
from phc_bench import EPOCH, MOTIONS, Bench, epoch_in, saved, walking
from worker_jobs import wait_for

from claims_env.errors import TrackerFailed
from claims_env.tracker import Budget, Progress


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


# What a failure looks like


def test_a_lost_clip_starts_again_until_its_own_length_is_filled(bench: Bench) -> None:
    motion = walking("falls", speed=0.1)
    kept, lost = bench.tracker("lose=falls").evaluate([MOTIONS[0], motion])
    assert kept.metrics.success and not lost.metrics.success
    assert lost.metrics.failed_at == 10 and lost.metrics.frames == 39
    assert lost.joints is not None and lost.reference is not None
    np.testing.assert_array_equal(lost.joints[10:20], lost.joints[:10])


def test_another_verdict_of_phc_is_told(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    tracker = bench.tracker("pessimist=1")
    with caplog.at_level(logging.WARNING):
        assert all(clip.metrics.success for clip in tracker.evaluate(MOTIONS[:2]))
    assert "judges the success of 2 clip(s) otherwise" in caplog.text
    report = tracker.train(MOTIONS, Budget(EPOCH))
    assert report.facts["judged_otherwise"] == ["clip 0", "clip 1"]


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        ("forget=1", r"2 of 3 clips came back. Missing: clip 0 \(told to forget it\)"),
        ("nan=1", r"clip 'clip 0' cannot be used: joints hold NaN"),
        ("short=1", r"38 frames of 39, and never lost"),
        ("torn=1", r"trajectories.npz: it is no readable npz"),
        ("reverse=1", r"its reference is not the clip that was asked for \(2\.53 m apart\)"),
    ],
)
def test_what_cannot_be_a_performance_is_refused(
    bench: Bench, behaviour: str, message: str
) -> None:
    clips = [walking(f"clip {i}", 40, speed=i) for i in range(3)]
    tracker = bench.tracker(behaviour)
    with pytest.raises(TrackerFailed, match=message) as caught:
        tracker.evaluate(clips)
    assert str(bench.folder / "jobs") in str(caught.value)


def test_clips_that_diverge_twice_are_lost_from_there_on_and_told_of(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    tracker = bench.tracker("diverge=1")
    with caplog.at_level(logging.WARNING):
        lost, *kept = tracker.evaluate(MOTIONS)
    assert (lost.metrics.success, lost.metrics.failed_at) == (False, 6)
    assert np.isfinite(lost.metrics.g_mpjpe) and all(clip.metrics.success for clip in kept)
    assert sum(name.startswith("evaluate") for name in bench.jobs) == 2
    assert "tried once more: 1 clip(s) diverged" in caplog.text
    assert "diverged in 1 clip(s), twice, clip 0 first" in caplog.text
    again = bench.tracker("diverge=1")
    assert again.evaluate(MOTIONS)[0].metrics == lost.metrics
    assert sum(name.startswith("evaluate") for name in bench.jobs) == 2, "it has its answer"
    assert again.evaluation_facts["diverged"] == ["clip 0"]
    assert again.train(MOTIONS, Budget(EPOCH)).facts["diverged"] == ["clip 0"]
    assert again.train(MOTIONS, Budget(EPOCH)).facts["diverged"] == []


def test_a_clip_that_diverges_once_is_judged_by_the_second_attempt(bench: Bench) -> None:
    found = bench.tracker("diverge=1", "passing=1").evaluate(MOTIONS)
    assert all(clip.metrics.success for clip in found)


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        ("unsteady=1", "and others than in the attempts before"),
        ("diverge=3", "every one of the 3 clips diverged"),
    ],
)
def test_a_simulator_that_is_at_fault_itself_is_not_believed(
    bench: Bench, behaviour: str, message: str
) -> None:
    with pytest.raises(TrackerFailed, match=message):
        bench.tracker(behaviour).evaluate(MOTIONS)


def test_a_training_that_changes_nothing_is_refused(bench: Bench) -> None:
    tracker = bench.tracker("lazy=1")
    tracker.load(saved(bench))
    with pytest.raises(TrackerFailed, match="nothing was learned"):
        tracker.train(MOTIONS, Budget(EPOCH))


def test_a_checkpoint_that_is_not_what_was_written_is_refused(bench: Bench) -> None:
    with pytest.raises(TrackerFailed, match=r"Humanoid.pth: this is no checkpoint of PHC"):
        bench.tracker("swap=1").train(MOTIONS, Budget(EPOCH))


# Bad luck


def test_out_of_memory_halves_the_environments_once(bench: Bench) -> None:
    tracker = bench.tracker("oom_above=512", num_envs=1024)
    report = tracker.train(MOTIONS, Budget(2 * EPOCH * 2))
    assert (report.facts["num_envs"], report.facts["epochs"]) == (512, 4)
    assert report.samples == 4 * EPOCH
    assert report.facts["retries"] == ["out of GPU memory with 1024 environments; took 512"]
    with pytest.raises(TrackerFailed, match="oom in phase 'sim'"):
        bench.tracker("oom_above=511", num_envs=1024).train(MOTIONS, Budget(EPOCH))


def test_out_of_memory_in_an_evaluation_takes_smaller_batches(bench: Bench) -> None:
    tracker = bench.tracker("oom_above=600")
    tracker.load(saved(bench))
    small = bench.tracker("oom_above=2")
    small.load(bench.folder / "saved.ckpt")
    assert len(small.evaluate(MOTIONS)) == 3
    assert len(tracker.evaluate(MOTIONS)) == 3


def test_a_training_that_breaks_down_goes_on_from_its_last_checkpoint(bench: Bench) -> None:
    report = bench.tracker("crash_at=3").train(MOTIONS, Budget(5 * EPOCH))
    assert report.facts["retries"] == ["crash after 3 epochs; went on from there"]
    assert (report.samples, report.facts["epochs"]) == (5 * EPOCH, 5)
    assert len(report.facts["jobs"]) == 2


def test_a_job_that_leaves_nothing_is_tried_once_more(bench: Bench) -> None:
    report = bench.tracker("fail=crash").train(MOTIONS, Budget(EPOCH))
    assert report.facts["epochs"] == 1 and len(bench.jobs) == 2
    assert bench.jobs[1] == f"{bench.jobs[0]}-2"


def test_a_worker_that_is_killed_is_started_once_more(bench: Bench) -> None:
    report = bench.tracker("killed=1").train(MOTIONS, Budget(EPOCH))
    assert report.facts["epochs"] == 1 and len(bench.jobs) == 2
    dead = bench.folder / "jobs" / bench.jobs[0]
    assert (dead / "job.json").exists() and not (dead / "clips").exists(), "it has been read"


def test_a_job_that_never_begins_is_not_waited_for_twice(bench: Bench) -> None:
    tracker = bench.tracker(python="sh -c 'sleep 60'", start_seconds=0.3)
    with pytest.raises(TrackerFailed, match=r"late in phase .*external\.start_seconds"):
        tracker.train(MOTIONS, Budget(EPOCH))
    assert len(bench.jobs) == 1


def test_a_checkout_that_changes_between_jobs_is_told_of(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    tracker = bench.tracker("commits=1")
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            tracker.train(MOTIONS, Budget(EPOCH))
    assert "The checkout of PHC was at commit 0, and is at commit 1 now" in caplog.text


def test_what_is_missing_is_not_tried_again(bench: Bench) -> None:
    with pytest.raises(TrackerFailed, match="missing in phase 'train': told to fail"):
        bench.tracker("fail=missing").train(MOTIONS, Budget(EPOCH))
    assert len(bench.jobs) == 1


def test_a_stopped_training_keeps_what_it_learned_and_goes_on_from_there(bench: Bench) -> None:
    tracker = bench.tracker("stop_at=2")
    tracker.reset(seed=5)
    before = tracker.evaluate(MOTIONS)[0].metrics

    def stop(progress: Progress) -> None:
        if "epoch 2" in progress.note:
            wait_for(bench.once / "waiting")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tracker.train(MOTIONS, Budget(5 * EPOCH), stop)
    tracker.save_unfinished(bench.folder / "unfinished.ckpt")
    assert epoch_in(bench.folder / "unfinished.ckpt") == 2
    assert tracker.evaluate(MOTIONS)[0].metrics == before, "it stands where it stood"
    again = bench.tracker("stop_at=2")
    again.reset(seed=5)
    report = again.train(MOTIONS, Budget(5 * EPOCH))
    assert report.facts["retries"] == ["cancelled after 2 epochs; went on from there"]
    assert report.samples == 5 * EPOCH


def test_what_is_learned_within_a_time_limit_counts(bench: Bench) -> None:
    report = bench.tracker("stop_at=2").train(MOTIONS, Budget(9 * EPOCH, seconds=1.5))
    assert (report.samples, report.facts["epochs"]) == (2 * EPOCH, 2)


def test_a_limit_in_hours_is_an_error_that_keeps_what_was_learned(bench: Bench) -> None:
    tracker = bench.tracker("stop_at=2", hours=1.5 / 3600)
    with pytest.raises(TrackerFailed, match="cancelled in phase 'train'"):
        tracker.train(MOTIONS, Budget(9 * EPOCH))
    tracker.save_unfinished(bench.folder / "unfinished.ckpt")
    assert epoch_in(bench.folder / "unfinished.ckpt") == 2
