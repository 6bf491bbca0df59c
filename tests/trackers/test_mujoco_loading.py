"""Trackers from checkpoints: the file says which body and layers; what it is not is refused."""

from pathlib import Path

import numpy as np
import pytest
from supplied_humanoids import humanoid_text, write_humanoid
from toys import swaying

pytest.importorskip("mujoco")
pytest.importorskip("torch")

from claims_env.errors import CheckpointError, ConfigError
from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker
from claims_env.trackers.mujoco.evaluation import perform, random_action
from claims_env.trackers.mujoco.humanoid import humanoid
from claims_env.trackers.mujoco.loading import (
    saved_shape,
    saved_training,
    shipped_checkpoint,
    tracker_of,
)
from claims_env.trackers.mujoco.reference import refer

pytestmark = pytest.mark.physics


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    tracker = MujocoTracker(MujocoSettings(workers=1, hidden=(8, 4), assist=0.35))
    tracker.reset(seed=3)
    tracker.save(tmp_path / "tracker.ckpt")
    return tmp_path / "tracker.ckpt"


def own_body(folder: Path) -> tuple[Path, str]:
    """Return a checkpoint of a humanoid of the user's own, and that humanoid's file."""
    body = write_humanoid(folder, humanoid_text())
    MujocoTracker(MujocoSettings(body=body, workers=1, hidden=(8,))).save(folder / "own.ckpt")
    return folder / "own.ckpt", body


def test_the_file_says_what_fits_it_and_the_assist_is_the_evaluators(checkpoint: Path) -> None:
    assert saved_shape(checkpoint)["hidden"] == [8, 4]
    tracker = tracker_of(checkpoint, workers=1)
    assert tracker.settings.hidden == (8, 4)
    assert tracker.facts["body"] == "lite" and tracker.facts["assist"] == 0.0
    assert tracker_of(checkpoint, assist=0.2).facts["assist"] == 0.2


def test_a_loaded_tracker_performs_like_the_one_that_was_saved(checkpoint: Path) -> None:
    saved = MujocoTracker(MujocoSettings(workers=1, hidden=(8, 4), assist=0.2))
    saved.load(checkpoint)
    clip = swaying(1.0, frames=12)
    (a,), (b,) = (t.evaluate([clip]) for t in (saved, tracker_of(checkpoint, assist=0.2)))
    assert a.metrics == b.metrics


def test_the_file_says_how_it_was_trained(checkpoint: Path) -> None:
    assert saved_training(checkpoint) == {"seed": 3, "stages": 0, "samples": 0}


def test_what_is_no_checkpoint_is_refused_in_one_line(checkpoint: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="there is no such file"):
        tracker_of(tmp_path / "nowhere.ckpt")
    (tmp_path / "text").write_text("not numbers")
    np.savez(tmp_path / "clip.npz", poses=np.zeros(3))
    half = tmp_path / "half.ckpt"
    half.write_bytes(checkpoint.read_bytes()[:500])
    for name in ("text", "clip.npz", "half.ckpt"):
        with pytest.raises(CheckpointError, match="is no checkpoint of the mujoco tracker") as no:
            tracker_of(tmp_path / name)
        assert "\n" not in str(no.value)


def test_a_checkpoint_of_a_body_nobody_has_is_refused(checkpoint: Path, tmp_path: Path) -> None:
    with np.load(checkpoint) as arrays:
        kept = dict(arrays)
    kept["about"] = np.array(str(kept["about"]).replace('"lite"', '"giant"'))
    np.savez(tmp_path / "giant.npz", **kept)  # type: ignore[arg-type]
    with pytest.raises(CheckpointError, match="giant"):
        tracker_of(tmp_path / "giant.npz")


def test_a_checkpoint_of_the_users_own_body_is_loaded_with_its_file(tmp_path: Path) -> None:
    checkpoint, body = own_body(tmp_path)
    moved = write_humanoid(tmp_path, Path(body).read_text("utf-8"), "moved.xml")
    assert tracker_of(checkpoint, body=moved, workers=1).facts["body"] == humanoid(body).name


def test_a_checkpoint_of_the_users_own_body_asks_for_that_very_file(tmp_path: Path) -> None:
    checkpoint, body = own_body(tmp_path)
    hashed = humanoid(body).name.removeprefix("mjcf-")
    other = write_humanoid(tmp_path, humanoid_text() + " ", "other.xml")
    for given in (None, "lite", other):
        with pytest.raises(CheckpointError, match=rf"content hash {hashed}.*--body FILE\.xml"):
            tracker_of(checkpoint, body=given)
    with pytest.raises(ConfigError, match=r"'nowhere\.xml' cannot be read"):
        tracker_of(checkpoint, body="nowhere.xml")


def test_a_checkpoint_of_a_shipped_body_takes_no_file(checkpoint: Path) -> None:
    with pytest.raises(CheckpointError, match=r"its body is 'lite', not 'mine\.xml'. Leave"):
        tracker_of(checkpoint, body="mine.xml")


def test_an_impossible_assist_is_refused(checkpoint: Path) -> None:
    with pytest.raises(ConfigError, match="assist"):
        tracker_of(checkpoint, assist=2.0)


def test_a_body_without_a_base_is_told_which_have_one() -> None:
    with pytest.raises(CheckpointError, match="No base checkpoint ships for the body 'giant'"):
        shipped_checkpoint("giant")


def test_random_actions_follow_from_the_clip_alone() -> None:
    body = humanoid("lite")
    a, b = (refer(swaying(1.0, name, frames=12), body) for name in ("a", "b"))
    (alone,) = perform([a], body, random_action([a], body), assist=0.0)
    other, beside = perform([b, a], body, random_action([b, a], body), assist=0.0)
    assert alone.joints is not None and beside.joints is not None and other.joints is not None
    np.testing.assert_array_equal(alone.joints, beside.joints)
    assert not np.array_equal(other.joints, beside.joints), "each clip has a seed of its own"


def test_random_actions_stay_within_one_unit() -> None:
    body = humanoid("lite")
    reference = refer(swaying(1.0, frames=12), body)
    decide = random_action([reference], body)
    drawn = np.concatenate([decide(np.zeros((1, 1), np.float32)) for _ in range(200)])
    assert drawn.shape == (200, body.actuators) and drawn.dtype == np.float32
    assert np.abs(drawn).max() <= 1 and abs(drawn.mean()) < 0.05
    assert drawn.std() == pytest.approx(1 / np.sqrt(3), abs=0.02)
