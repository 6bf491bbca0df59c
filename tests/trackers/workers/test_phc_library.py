import pickle
from pathlib import Path

import numpy as np
import pytest
from toys import swaying

from claims_env.motion import Motion, load_motion, motion_from_poses, save_motion
from claims_env.skeleton import UPRIGHT
from claims_env.trackers.doubles.phc.library import Library
from claims_env.trackers.workers import phc_library as worker

torch = pytest.importorskip("torch")

UPRIGHT_POSE = np.array([np.pi / 2, 0.0, 0.0])


def tumbling(frames: int = 30) -> Motion:
    """Return a motion in which every joint turns about every axis."""
    draw = np.random.default_rng(5)
    poses = np.cumsum(draw.normal(0, 0.1, (frames, 72)), axis=0)
    trans = np.cumsum(draw.normal(0, 0.05, (frames, 3)), axis=0) + [0, 0, 1]
    poses[:, :3] += UPRIGHT_POSE
    poses[:, 66:] = 0  # the hands, which PHC does not bend
    return motion_from_poses(poses, trans, 30.0, name="tumbling", provenance={}, source="here")


def library(path: Path, *motions: Motion) -> Path:
    read = []
    for index, motion in enumerate(motions):
        save_motion(motion, path / f"{index}.npz")
        read.append((f"clip_{index}", worker.read_clip(path / f"{index}.npz")))
    worker.write_library(path / "library.pkl", read)
    return path / "library.pkl"


def test_an_upright_body_has_the_golden_quaternion_everywhere() -> None:
    poses = np.zeros((6, 72))
    poses[:, :3] = UPRIGHT_POSE
    turned = worker.entry(poses, np.zeros((6, 3)))["pose_quat_global"]
    expected = np.array([0, 0, -(0.5**0.5), 0.5**0.5])
    same = turned * np.sign(turned[..., 3:])
    assert np.abs(same - expected).max() < 1e-12


def test_the_two_orders_undo_one_another() -> None:
    there = np.array(worker.SMPL_TO_MUJOCO)
    assert list(there[list(worker.MUJOCO_TO_SMPL)]) == list(range(24))
    assert worker.MUJOCO_TO_SMPL[:8] == (0, 1, 5, 9, 2, 6, 10, 3)


def test_an_entry_has_the_types_phc_demands() -> None:
    motion = tumbling()
    poses = np.ones((motion.frames, 72))
    made = worker.entry(poses, motion.root.astype(np.float64))
    assert made["root_trans_offset"].dtype == torch.float64
    assert made["root_trans_offset"].shape == (30, 3)
    assert (made["pose_quat_global"].dtype, made["pose_quat_global"].shape) == (
        np.float64,
        (30, 24, 4),
    )
    assert (made["pose_aa"].shape, made["pose_aa"][:, 66:].any()) == ((30, 72), False)
    assert poses.all(), "what it was given stays as it was"
    assert (made["fps"], made["gender"], made["beta"].shape) == (30.0, "neutral", (10,))
    assert made["pose_quat"].shape == (30, 24, 4)


def test_neighbours_in_time_lie_in_one_hemisphere() -> None:
    poses = np.zeros((200, 72))
    poses[:, 2] = np.linspace(0, 8 * np.pi, 200)
    turned = worker.upright_rotations(poses.reshape(-1, 24, 3))
    assert ((turned[1:] * turned[:-1]).sum(-1) > 0).all()


def test_bodies_stand_where_our_own_kinematics_put_them(tmp_path: Path) -> None:
    motions = (tumbling(), swaying(3.0, frames=40))
    path = library(tmp_path, *motions)
    found = Library(str(path), shortest=5, training=True)
    for motion, reference in zip(motions, found.reference, strict=True):
        apart = reference[:, worker.MUJOCO_TO_SMPL] - motion.joints
        # PHC finds its own floor: one shift for the whole clip, upwards or downwards
        assert np.abs(apart - apart[:1, :1] * [0, 0, 1]).max() < 1e-9


def test_real_clips_stand_where_our_own_kinematics_put_them(
    tmp_path: Path, mocap_folder: Path
) -> None:
    path = next(iter(sorted(mocap_folder.glob("*.npz"))))
    with np.load(path) as file:
        poses, trans = file["poses"][:90, :72].astype(float), file["trans"][:90].astype(float)
    poses[:, 66:] = 0
    motion = motion_from_poses(poses, trans, 30.0, name="real", provenance={}, source=path)
    found = Library(str(library(tmp_path, motion)), shortest=5, training=False)
    apart = found.reference[0][:, worker.MUJOCO_TO_SMPL] - motion.joints
    assert np.abs(apart - apart[:1, :1] * [0, 0, 1]).max() < 1e-6


def test_the_order_and_the_names_hold(tmp_path: Path) -> None:
    path = library(tmp_path, swaying(2.0), tumbling(), swaying(1.0))
    with path.open("rb") as file:
        assert list(pickle.load(file)) == ["clip_0", "clip_1", "clip_2"]


def test_an_exchange_clip_comes_back_as_it_was(tmp_path: Path) -> None:
    motion = tumbling()
    save_motion(motion, tmp_path / "clip.npz")
    arrays = worker.read_clip(tmp_path / "clip.npz")
    assert np.allclose(arrays["trans"], load_motion(tmp_path / "clip.npz").root)
    assert UPRIGHT.shape == (4,)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"poses": np.zeros((9, 66))}, r"poses \(9, 66\)"),
        ({"trans": np.zeros((8, 3))}, r"trans \(8, 3\)"),
        ({"poses": np.full((9, 72), np.nan)}, "not finite"),
        ({"mocap_framerate": np.array(20.0)}, "20 fps; PHC performs at 30"),
    ],
)
def test_a_clip_phc_cannot_take_is_refused_by_name(
    tmp_path: Path, change: dict[str, np.ndarray], told: str
) -> None:
    arrays = {
        "poses": np.zeros((9, 72)),
        "trans": np.zeros((9, 3)),
        "mocap_framerate": np.array(30.0),
        **change,
    }
    np.savez(tmp_path / "odd.npz", **arrays)  # type: ignore[arg-type]  # numpy's stub
    with pytest.raises(ValueError, match=f"odd.npz.*{told}"):
        worker.read_clip(tmp_path / "odd.npz")


def test_a_clip_cut_off_is_refused_by_name(tmp_path: Path) -> None:
    save_motion(swaying(1.0), tmp_path / "half.npz")
    content = (tmp_path / "half.npz").read_bytes()
    (tmp_path / "half.npz").write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match=r"half\.npz cannot be read"):
        worker.read_clip(tmp_path / "half.npz")
