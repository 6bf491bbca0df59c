"""Checkpoint files: what is refused, in which words, and with which cure."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

from claims_env.errors import CheckpointError
from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker
from claims_env.trackers.mujoco.checkpoint import FORMAT, read_about

pytestmark = pytest.mark.physics


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    MujocoTracker(MujocoSettings(workers=1, base="none", hidden=(8,))).save(tmp_path / "mine.ckpt")
    return tmp_path / "mine.ckpt"


def saved_as(checkpoint: Path, version: str) -> Path:
    """Return a copy that says it is of another version."""
    with np.load(checkpoint) as archive:
        arrays = dict(archive)
    about = json.loads(str(arrays["about"]))
    arrays["about"] = np.array(json.dumps(about | {"format": version}))
    with checkpoint.with_name("other.ckpt").open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
    return checkpoint.with_name("other.ckpt")


def refusal(path: Path) -> str:
    with pytest.raises(CheckpointError) as refused:
        read_about(path)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_checkpoint_says_what_it_fits(checkpoint: Path) -> None:
    assert read_about(checkpoint)["shape"] == {"body": "lite", "hidden": [8]}


def test_a_single_array_is_no_checkpoint(tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", np.zeros(3))
    assert "one.npy: this is no checkpoint of the mujoco tracker" in refusal(tmp_path / "one.npy")


@pytest.mark.parametrize(("number", "age"), [(1, "an older"), (9, "a newer")])
def test_a_checkpoint_of_another_version_is_called_so(
    checkpoint: Path, number: int, age: str
) -> None:
    told = refusal(saved_as(checkpoint, f"claims_env mujoco checkpoint {number}"))
    assert f"{age} version of claims_env saved this" in told
    assert f"'{FORMAT}' alone. Train anew, or use the version that saved it." in told


def test_only_a_runs_own_checkpoint_is_cured_by_its_record(tmp_path: Path) -> None:
    assert refusal(tmp_path / "mine.npz").endswith("there is no such file. Check the path.")
    assert "events.jsonl" in refusal(tmp_path / "tracker.ckpt")
    for name in ("mine.npz", "tracker.ckpt"):
        (tmp_path / name).write_text("torn")
    assert "events.jsonl" in refusal(tmp_path / "tracker.ckpt")
    told = refusal(tmp_path / "mine.npz")
    assert "events.jsonl" not in told and "rounds/NNN/tracker.ckpt" in told
