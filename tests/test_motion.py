"""Motions: what is refused, what is measured, and files that are whole or not there."""

import random
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims_env.errors import MotionError
from claims_env.motion import FORMAT, Motion, load_motion, motion_from_poses, read_npz, save_motion
from claims_env.rotation import Floats
from claims_env.skeleton import STANDING_HEIGHT, UPRIGHT


def standing(frames: int = 4) -> tuple[Floats, Floats]:
    rotations = np.tile([1.0, 0, 0, 0], (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    return rotations, np.tile([0.0, 0, STANDING_HEIGHT], (frames, 1))


def wild(frames: int = 6, seed: int = 0) -> Motion:
    rng = np.random.default_rng(seed)
    rotations = rng.normal(size=(frames, 24, 4))
    rotations /= np.linalg.norm(rotations, axis=-1, keepdims=True)
    return Motion(rotations, rng.normal(size=(frames, 3)), 30.0, "wild", {"seed": seed, "a": [1]})


def assert_same_motion(a: Motion, b: Motion) -> None:
    # a quaternion and its negative are one rotation
    np.testing.assert_allclose(np.abs((a.rotations * b.rotations).sum(-1)), 1, atol=1e-12)
    np.testing.assert_array_equal(a.root, b.root)
    assert (a.fps, a.name, dict(a.provenance)) == (b.fps, b.name, dict(b.provenance))


# What a motion is


def test_four_frames_at_two_hertz_last_a_second_and_a_half() -> None:
    motion = Motion(*standing(), fps=2.0, name="stand")
    assert (motion.frames, motion.seconds) == (4, 1.5)


def test_a_body_gliding_a_metre_a_frame_has_the_speed_of_its_frame_rate() -> None:
    rotations, root = standing()
    root[:, 1] = np.arange(4)
    assert Motion(rotations, root, 30.0, "glide").mean_speed == pytest.approx(30.0)


@pytest.mark.parametrize("frames", [0, 1])
def test_a_clip_of_fewer_than_two_frames_is_refused(frames: int) -> None:
    with pytest.raises(MotionError, match=rf"brief: it has {frames} frame\(s\)"):
        Motion(*standing(frames), fps=30.0, name="brief")


@pytest.mark.parametrize("fps", [0.0, -30.0, float("nan"), float("inf")])
def test_a_clip_without_a_frame_rate_is_refused_by_name(fps: float) -> None:
    with pytest.raises(MotionError, match="timeless: fps is"):
        Motion(*standing(), fps=fps, name="timeless")


@pytest.mark.parametrize(
    ("rotations", "root"),
    [((4, 22, 4), (4, 3)), ((4, 24, 3), (4, 3)), ((4, 24, 4), (5, 3)), ((4, 24, 4), (4,))],
)
def test_wrong_shapes_are_refused_with_the_right_ones_named(
    rotations: tuple[int, ...], root: tuple[int, ...]
) -> None:
    with pytest.raises(MotionError, match=r"Expected \(frames, 24, 4\) and \(frames, 3\)"):
        Motion(np.ones(rotations), np.ones(root), 30.0, "odd")


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused(bad: float) -> None:
    rotations, root = standing()
    root[2, 0] = bad
    with pytest.raises(MotionError, match="NaN or infinite"):
        Motion(rotations, root, 30.0, "holed")


def test_quaternions_that_are_not_of_unit_length_are_refused() -> None:
    rotations, root = standing()
    with pytest.raises(MotionError, match="not unit quaternions"):
        Motion(2 * rotations, root, 30.0, "stretched")


def test_renaming_and_provenance_leave_the_original_alone() -> None:
    motion = wild()
    other = motion.renamed("tame").with_provenance(generator="test", seed=9)
    assert other.name == "tame"
    assert dict(other.provenance) == {"seed": 9, "a": [1], "generator": "test"}
    assert motion.name == "wild"
    assert dict(motion.provenance) == {"seed": 0, "a": [1]}


# Files


def test_a_motion_survives_its_file(tmp_path: Path) -> None:
    save_motion(wild(), tmp_path / "m.npz")
    assert_same_motion(load_motion(tmp_path / "m.npz"), wild())


def test_the_same_motion_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        save_motion(wild(), tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_no_clock_enters_the_file(tmp_path: Path) -> None:
    save_motion(wild(), tmp_path / "m.npz")
    with zipfile.ZipFile(tmp_path / "m.npz") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_order_in_which_provenance_was_said_does_not_matter(tmp_path: Path) -> None:
    rotations, root = standing()
    for name, facts in (("a", {"x": 1, "y": 2}), ("b", {"y": 2, "x": 1})):
        save_motion(Motion(rotations, root, 30.0, "m", facts), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_other_tools_find_the_arrays_of_amass(tmp_path: Path) -> None:
    save_motion(wild(), tmp_path / "m.npz")
    arrays = read_npz(tmp_path / "m.npz")
    assert arrays["poses"].shape == (6, 72)
    assert arrays["trans"].shape == (6, 3)
    assert arrays["mocap_framerate"] == 30.0
    assert arrays["trans_is_pelvis"]


def test_a_full_disk_leaves_the_old_file_and_no_fragment(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="a file size limit stands for a full disk")
    path = tmp_path / "m.npz"
    save_motion(wild(seed=1), path)
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match=r"(?i)file too large"):
            save_motion(wild(seed=2), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["m.npz"]


def test_provenance_that_is_no_json_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        save_motion(wild().with_provenance(thing=object()), tmp_path / "m.npz")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MotionError, match=r"gone\.npz: there is no such file"):
        load_motion(tmp_path / "gone.npz")


def test_pickled_arrays_are_never_opened(tmp_path: Path) -> None:
    np.savez(tmp_path / "m.npz", poses=np.array([{"a": 1}], dtype=object))
    with pytest.raises(MotionError, match="no readable npz"):
        load_motion(tmp_path / "m.npz")


def test_a_single_array_is_no_npz(tmp_path: Path) -> None:
    np.save(tmp_path / "m.npy", np.zeros(3))
    with pytest.raises(MotionError, match="no readable npz"):
        load_motion(tmp_path / "m.npy")


def test_a_foreign_npz_is_sent_to_the_formats(tmp_path: Path) -> None:
    np.savez(tmp_path / "m.npz", poses=np.zeros((4, 72)))
    with pytest.raises(MotionError, match=r"claims_env\.formats"):
        load_motion(tmp_path / "m.npz")


def test_a_damaged_file_is_a_motion_error_wherever_the_damage_is(tmp_path: Path) -> None:
    save_motion(wild(), tmp_path / "m.npz")
    whole, draw = (tmp_path / "m.npz").read_bytes(), random.Random(0)
    path = tmp_path / "damaged.npz"
    for i in range(120):
        damaged = bytearray(whole)
        if i % 2:
            del damaged[draw.randrange(len(damaged)) :]
        else:
            damaged[draw.randrange(len(damaged))] ^= 1 << draw.randrange(8)
        path.write_bytes(bytes(damaged))
        try:
            assert_same_motion(load_motion(path), wild())  # a bit of zip bookkeeping nobody reads
        except MotionError as error:
            assert error.source == str(path)


ARRAYS: dict[str, Any] = {
    "format": FORMAT,
    "poses": np.zeros((4, 72)),
    "trans": np.zeros((4, 3)),
    "mocap_framerate": 30.0,
    "name": "m",
    "provenance": "{}",
}


@pytest.mark.parametrize("key", ["poses", "trans", "mocap_framerate", "name", "provenance"])
def test_a_file_without_one_of_its_arrays_is_refused(tmp_path: Path, key: str) -> None:
    np.savez(tmp_path / "m.npz", **{k: v for k, v in ARRAYS.items() if k != key})
    with pytest.raises(MotionError, match=f"{key} missing"):
        load_motion(tmp_path / "m.npz")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("poses", np.zeros((4, 66))),
        ("poses", np.full((4, 72), "x")),
        ("poses", np.zeros((4, 72), dtype=complex)),
        ("trans", np.zeros((3, 3))),
        ("trans", np.full((4, 3), np.nan)),
        ("mocap_framerate", [30.0, 60.0]),
        ("mocap_framerate", 0.0),
        ("provenance", "{"),
    ],
)
def test_an_impossible_array_is_refused(tmp_path: Path, key: str, value: Any) -> None:
    np.savez(tmp_path / "m.npz", **(ARRAYS | {key: value}))
    with pytest.raises(MotionError, match=r"m\.npz: "):
        load_motion(tmp_path / "m.npz")


def test_poses_become_rotations_of_their_joints() -> None:
    poses = np.zeros((2, 72))
    poses[:, 12:15] = [np.pi, 0, 0]  # the left knee is joint 4
    motion = motion_from_poses(
        poses, np.zeros((2, 3)), 30.0, name="m", provenance={}, source="here"
    )
    np.testing.assert_allclose(motion.rotations[0, 4], [0, 1, 0, 0], atol=1e-15)
    np.testing.assert_allclose(motion.rotations[0, 5], [1, 0, 0, 0], atol=1e-15)


@pytest.mark.parametrize("rate", [np.array(30 + 0j), np.array("thirty"), np.array([30.0, 30.0])])
def test_a_frame_rate_that_is_no_number_is_refused_by_name(tmp_path: Path, rate: object) -> None:
    path = tmp_path / "clip.npz"
    rotations = np.tile([1.0, 0, 0, 0], (4, 24, 1))
    save_motion(Motion(rotations, np.zeros((4, 3)), 30.0, "any"), path)
    with np.load(path) as archive:
        arrays = {**archive, "mocap_framerate": rate}
    np.savez(path, **arrays)
    with pytest.raises(MotionError, match="frame rate"):
        load_motion(path)


def test_the_pose_once_known_stays_known_under_other_labels() -> None:
    motion = wild()
    pose = motion.pose
    assert motion.renamed("other").pose is pose
    assert motion.with_provenance(seed=1).pose is pose
