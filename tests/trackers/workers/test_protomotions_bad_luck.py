import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from protomotions_desk import Desk, WorkerError, gliding, worker  # noqa: E402

from claims_env.trackers.doubles.protomotions import write_checkout  # noqa: E402

SLOW, BRISK = gliding(40, 0.2), gliding(61, 0.7)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    write_checkout(tmp_path / "checkout")
    return Desk(tmp_path / "jobs", tmp_path / "checkout")


def faulty(monkeypatch: pytest.MonkeyPatch, **faults: int) -> None:
    monkeypatch.setenv("CLAIMS_DOUBLE_FAULTS", json.dumps(faults))


@pytest.mark.parametrize(
    ("fault", "kind", "told"),
    [
        ("nan", "bad_output", "not finite"),
        ("truncated", "bad_output", "cannot be read"),
        ("full_disk", "disk_full", "No space left"),
        ("gpu_oom", "oom", "out of memory"),
        ("crash_before_write", "crash", "told to crash"),
    ],
)
def test_bad_luck_in_training_is_told_by_its_kind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: str, kind: str, told: str
) -> None:
    faulty(monkeypatch, **{fault: 1})
    with pytest.raises(WorkerError, match=told) as caught:
        desk.do("train", {"slow": SLOW}, epochs=5)
    assert caught.value.kind == kind  # type: ignore[attr-defined]
    # each fault strikes once: the same job, anew, goes through
    result, _ = desk.do("train", {"slow": SLOW}, epochs=5)
    assert result["status"] == "ok"


def test_a_training_that_breaks_down_leaves_its_last_tenth_iteration(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty(monkeypatch, crash_before_write=1)
    result, _ = desk.do("train", {"slow": SLOW}, epochs=17)
    assert (result["status"], result["error"]["kind"]) == ("partial", "crash")
    assert "10 of 17 iterations were saved" in result["error"]["message"]
    assert (result["checkpoint"]["epoch"], result["checkpoint"]["samples"]) == (10, 10 * 2048)


@pytest.mark.parametrize("kind", ["train", "evaluate"])
def test_a_crash_after_everything_is_written_takes_nothing_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    parent = desk.trained({"slow": SLOW})
    faulty(monkeypatch, crash_after_write=1)
    result, _ = desk.do(kind, {"slow": SLOW}, parent=parent)
    assert result.get("error") is None


@pytest.mark.parametrize(
    ("fault", "kind", "told"),
    [
        ("nan", "bad_output", "not finite"),
        ("truncated", "bad_output", "cannot be read"),
        ("wrong_count", "bad_output", "1 motions were performed, and 2"),
        ("stale_failed_keys", "bad_output", "not those of this job"),
        ("full_disk", "disk_full", "No space left"),
        ("gpu_oom", "oom", "out of memory"),
        ("crash_before_write", "crash", "told to crash"),
    ],
)
def test_bad_luck_in_evaluation_is_told_by_its_kind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: str, kind: str, told: str
) -> None:
    clips = {"slow": SLOW, "brisk": BRISK}
    parent = desk.trained(clips)
    faulty(monkeypatch, **{fault: 1})
    with pytest.raises(WorkerError, match=told) as caught:
        desk.do("evaluate", clips, parent=parent)
    assert caught.value.kind == kind  # type: ignore[attr-defined]


def test_a_clip_that_diverges_half_way_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = {"slow": SLOW, "brisk": BRISK}
    parent = desk.trained(clips)
    faulty(monkeypatch, divergence=1)
    result, folder = desk.do("evaluate", clips, parent=parent)
    assert result["printed"]["diverged"] == ["slow"]
    with np.load(folder / "trajectories.npz") as file:
        assert np.flatnonzero(np.isnan(file["slow/joints"][:, 0, 0])).tolist() == [40 // 2]
        assert np.isfinite(file["slow/reference"]).all() and np.isfinite(file["brisk/joints"]).all()


def test_a_script_that_dies_of_a_segmentation_fault_in_its_own_process_is_told_of(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty(monkeypatch, segfault=1)
    job, folder = desk.job("train", {"slow": SLOW}, epochs=6)
    with pytest.raises(WorkerError, match=r"(?s)train_agent.* was ended by SIGSEGV.*Epoch 2") as e:
        worker.run(job, folder)
    assert e.value.kind == "crash"  # type: ignore[attr-defined]
    beat = json.loads((folder / "heartbeat.json").read_text())
    assert (beat["phase"], beat["note"]) == ("train", "tracker: iteration 3 of 6")
