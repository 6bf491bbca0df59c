"""PHC as a tracker: its jobs, its checkpoints, and what it is called by."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from phc_bench import EPOCH, MOTIONS, Bench, saved, walking

from claims_env.errors import CheckpointError, TrackerFailed
from claims_env.testing import check_tracker
from claims_env.tracker import Budget, KeepsUnfinished, Progress, WorksInFolder


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_it_keeps_the_contract_of_trackers(bench: Bench) -> None:
    check_tracker(bench.tracker, MOTIONS, Budget(3 * EPOCH))
    assert isinstance(bench.tracker(), KeepsUnfinished) and isinstance(
        bench.tracker(), WorksInFolder
    )


def test_samples_become_whole_epochs_and_errors_fall_with_them(bench: Bench) -> None:
    tracker = bench.tracker()
    report = tracker.train(MOTIONS, Budget(2 * EPOCH + 1))
    assert (report.samples, report.facts["epochs"]) == (3 * EPOCH, 3)
    assert report.facts["double"] is True and report.facts["dropped"] == {}
    (clip, *_) = tracker.evaluate(MOTIONS)
    # 0.1 m / (1 + 3 epochs) along each of three axes
    assert clip.metrics.g_mpjpe == pytest.approx(100 / 4 * 3**0.5, abs=0.01)
    assert clip.metrics.l_mpjpe == pytest.approx(0, abs=0.01)
    assert clip.metrics.frames == 39 and clip.joints is not None


def test_before_any_training_it_shows_the_weights_it_was_born_with(bench: Bench) -> None:
    tracker = bench.tracker()
    tracker.evaluate(MOTIONS)
    (born,) = (p for p in (bench.folder / "jobs").iterdir() if p.name.startswith("train"))
    asked = json.loads((born / "job.json").read_text())
    assert asked["epochs"] == 1 and asked["checkpoint"] is None
    assert "learning.params.config.learning_rate=0.0" in asked["settings"]["overrides"]
    report = tracker.train(MOTIONS, Budget(EPOCH))
    begun = json.loads((bench.folder / "jobs" / report.facts["jobs"][0] / "job.json").read_text())
    assert begun["checkpoint"] is None, "training begins from nothing all the same"


def test_a_checkpoint_to_start_from_is_shown_before_any_training(bench: Bench) -> None:
    first = bench.tracker()
    first.train(MOTIONS, Budget(4 * EPOCH))
    first.save(bench.folder / "start.pth")
    second = bench.tracker(start=bench.folder / "start.pth")
    assert second.evaluate(MOTIONS)[0].metrics == first.evaluate(MOTIONS)[0].metrics
    assert second.facts["base"] != "none"


def test_a_request_that_was_answered_is_not_done_again(bench: Bench) -> None:
    first, again = bench.tracker(), bench.tracker()
    for tracker in (first, again):
        tracker.reset(seed=3)
        tracker.train(MOTIONS, Budget(EPOCH))
        tracker.evaluate(MOTIONS)
    assert len(bench.jobs) == 2
    again.reset(seed=4)
    again.train(MOTIONS, Budget(EPOCH))
    assert len(bench.jobs) == 3, "another seed is another job"


def test_the_job_has_all_that_another_host_needs(bench: Bench) -> None:
    report = bench.tracker().train(MOTIONS, Budget(EPOCH))
    folder = bench.folder / "jobs" / report.facts["jobs"][0]
    asked = json.loads((folder / "job.json").read_text())
    assert asked["id"] == folder.name and asked["tracker"] == "phc"
    assert [c["id"] for c in asked["clips"]] == ["0000_clip_0", "0001_clip_1", "0002_clip_2"]
    with np.load(folder / "clips" / "0001.npz", allow_pickle=False) as clip:
        assert clip["poses"].shape == (41, 72) and clip["poses"].dtype == np.float64
        assert clip["trans"] == pytest.approx(MOTIONS[1].root) and clip["mocap_framerate"] == 30
    names = {path.name for path in (folder / "worker").iterdir()}
    assert {"outside_worker.py", "job_files.py", "program_run.py"} <= names


def test_clips_of_another_rate_are_brought_to_30_hz(bench: Bench) -> None:
    (clip,) = bench.tracker().evaluate([walking("slow", frames=41, fps=20.0)])
    assert clip.metrics.frames == 60 and clip.joints is not None and len(clip.joints) == 60


def test_progress_is_told(bench: Bench) -> None:
    heard: list[Progress] = []
    bench.tracker().train(MOTIONS, Budget(3 * EPOCH), heard.append)
    assert heard and all(0 <= p.fraction <= 1 for p in heard)


# Checkpoints


def test_a_checkpoint_is_checked_and_never_unpickled(bench: Bench) -> None:
    tracker = bench.tracker()
    with pytest.raises(CheckpointError, match="no such file"):
        tracker.load(bench.folder / "nowhere.ckpt")
    text = bench.folder / "text.ckpt"
    text.write_text("cos\nsystem\n(S'touch ran'\ntR.")
    with pytest.raises(CheckpointError, match="no checkpoint of PHC, or is damaged"):
        tracker.load(text)
    with zipfile.ZipFile(bench.folder / "other.ckpt", "w") as archive:
        archive.writestr("weights.npy", b"")
    with pytest.raises(CheckpointError, match=r"holds no 'data\.pkl'"):
        tracker.load(bench.folder / "other.ckpt")
    torn = bench.folder / "torn.ckpt"
    torn.write_bytes(saved(bench).read_bytes()[:-30])
    with pytest.raises(CheckpointError, match="damaged"):
        tracker.load(torn)


def test_a_saved_checkpoint_takes_no_second_place_on_the_disk(bench: Bench) -> None:
    tracker = bench.tracker()
    report = tracker.train(MOTIONS, Budget(EPOCH))
    tracker.save(bench.folder / "tracker.ckpt")
    made = bench.folder / "jobs" / report.facts["jobs"][0] / "Humanoid.pth"
    assert made.samefile(bench.folder / "tracker.ckpt")


def test_a_checkpoint_that_changed_since_is_not_handed_on(bench: Bench) -> None:
    tracker = bench.tracker()
    path = saved(bench)
    tracker.load(path)
    path.unlink()
    path.write_bytes(b"something else")
    with pytest.raises(CheckpointError, match="has changed since"):
        tracker.evaluate(MOTIONS)


def test_before_training_there_is_nothing_to_save(bench: Bench) -> None:
    with pytest.raises(TrackerFailed, match="no checkpoint before its first training"):
        bench.tracker().save(bench.folder / "x.ckpt")
