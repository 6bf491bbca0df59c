"""BVH: one tree, any rotation order, known names, and a skeleton's own pose at rest."""

from pathlib import Path

import numpy as np
import pytest
from bvh_texts import bending, smpl_bvh

from claims_env.errors import MotionError
from claims_env.formats.bvh import import_bvh, read_bvh
from claims_env.formats.frame_time import frame_rate
from claims_env.motion import Motion
from claims_env.motion_repair.grounding import ground
from claims_env.rotation import about, conjugate, multiply, to_rotvec
from claims_env.skeleton import JOINTS, OFFSETS, UPRIGHT

SMALL = """HIERARCHY
ROOT Hips
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT Chest
  {
    OFFSET 0 2 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    End Site
    {
      OFFSET 0 1 0
    }
  }
}
MOTION
Frames: 2
Frame Time: .0083333
0 0 0 0 0 0 0 0 0
1 2 3 90 0 0 0 90 0
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_channels_multiply_in_their_order(tmp_path: Path) -> None:
    foreign = read_bvh(write(tmp_path / "a.bvh", SMALL))
    assert (foreign.names, foreign.parents, foreign.fps) == (("Hips", "Chest"), (-1, 0), 120.0)
    assert foreign.rotations[1, 0] == pytest.approx(about("z", np.pi / 2))
    assert foreign.rotations[1, 1] == pytest.approx(about("x", np.pi / 2))
    # the root stands at 1, 2, 3 and is turned by 90 degrees about z: up becomes -x
    assert foreign.joints[1, 1] == pytest.approx([-1, 2, 3])


@pytest.mark.parametrize("unit", [1.0, 100.0, 39.37])
def test_smpls_own_skeleton_comes_back_as_it_was(tmp_path: Path, unit: float) -> None:
    motion = ground(bending())
    read = import_bvh(write(tmp_path / "bend.bvh", smpl_bvh(motion, unit)))
    assert (read.name, read.fps, read.frames) == ("bend", 60.0, 8)
    off = to_rotvec(multiply(conjugate(read.rotations), motion.rotations))
    assert np.linalg.norm(off, axis=-1).max() < 1e-5
    assert np.abs(read.joints - motion.joints).max() < 1e-4
    assert read.provenance["retargeting"]["scale"] == pytest.approx(1 / unit, rel=1e-4)


def test_a_body_twice_as_large_takes_the_same_steps(tmp_path: Path) -> None:
    motion = ground(bending())
    read = import_bvh(write(tmp_path / "giant.bvh", smpl_bvh(motion, 2.0)))
    assert np.ptp(read.root[:, 0]) == pytest.approx(np.ptp(motion.root[:, 0]), abs=1e-4)


def test_prefixes_and_capitals_of_names_do_not_matter(tmp_path: Path) -> None:
    names = tuple(f"character1:{name.upper()}" for name in JOINTS)
    read = import_bvh(write(tmp_path / "a.bvh", smpl_bvh(bending(), names=names)))
    assert read.provenance["retargeting"]["from"].endswith("SMPL's")


def test_joints_with_unknown_names_are_listed(tmp_path: Path) -> None:
    names = tuple(name.replace("Knee", "Wheel") for name in JOINTS)
    path = write(tmp_path / "cart.bvh", smpl_bvh(bending(), names=names))
    with pytest.raises(MotionError, match=r"(?s)cart.bvh: .*L_Knee, R_Knee.*L_Wheel.*Rename"):
        import_bvh(path)


def test_a_pose_that_no_movement_leads_away_from_is_cut(tmp_path: Path) -> None:
    motion = bending()
    rotations, root = motion.rotations.copy(), motion.root.copy()
    rotations[0], root[0] = np.array([1.0, 0, 0, 0]), root[0] + [5.0, 0, 0]
    rotations[0, 0] = UPRIGHT
    leap = Motion(rotations, root, 60.0, "leap")
    read = import_bvh(write(tmp_path / "a.bvh", smpl_bvh(leap)))
    assert read.frames == motion.frames - 1
    assert read.provenance["first_frame"] == "cut: a calibration pose"
    assert "first_frame" not in import_bvh(write(tmp_path / "b.bvh", smpl_bvh(motion))).provenance


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("HIERARCHY", "SOMETHING", "line 1: it does not begin"),
        ("OFFSET 0 2 0", "OFFSET 0 two 0", "line 8: OFFSET reads '0 two 0'"),
        ("CHANNELS 3", "CHANNELS 4", "line 9: CHANNELS names 3 of 4"),
        ("3 Zrotation", "3 Wrotation", "the unknown Wrotation"),
        ("JOINT Chest", "ROOT Chest", "only one tree"),
        ("JOINT Chest", "BONE Chest", "line 6: it reads 'BONE Chest'"),
        ("MOTION", "", "has no place there"),
        ("Frames: 2", "Frames: 3", "says 3, and 2 are there"),
        ("Frames: 2", "Pictures: 2", "does not say 'Frames:'"),
        (".0083333", "0", "a frame lasts 0 s"),
        ("1 2 3 90", "1 2 3", "frame 1 has 8 numbers, its joints 9"),
        ("1 2 3 90", "1 2 3 x", "more than numbers"),
        ("1 2 3 90", "1 2 3 nan", "NaN"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line_or_frame(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in SMALL
    path = write(tmp_path / "bad.bvh", SMALL.replace(old, new, 1))
    with pytest.raises(MotionError, match=f"(?s)bad.bvh: .*{says}"):
        read_bvh(path)


def test_a_file_that_ends_early_or_is_absent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MotionError, match="ends within the HIERARCHY"):
        read_bvh(write(tmp_path / "a.bvh", SMALL.split("JOINT")[0]))
    with pytest.raises(MotionError, match="no such file"):
        read_bvh(tmp_path / "b.bvh")


def test_bones_that_change_their_length_are_refused(tmp_path: Path) -> None:
    text = SMALL.replace("CHANNELS 3 Zrot", "CHANNELS 4 Yposition Zrot")
    text = text.replace("0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 2 0 0 0").replace(
        "90 0 0 0 90", "90 0 0 3 0 90"
    )
    with pytest.raises(MotionError, match="position channels of 'Chest'"):
        read_bvh(write(tmp_path / "a.bvh", text))


def test_a_rest_pose_that_lies_askew_is_refused(tmp_path: Path) -> None:
    text = smpl_bvh(bending())
    for joint in ("L_Hip", "R_Hip"):
        place = JOINTS.index(joint)
        text = text.replace(" ".join(map(str, OFFSETS[place])), "0.0 -0.1 0.0")
    with pytest.raises(MotionError, match=r"rest pose.*T-pose"):
        import_bvh(write(tmp_path / "a.bvh", text))


@pytest.mark.parametrize(
    ("seconds", "hertz"),
    [(0.0083333, 120), (0.008333, 120), (0.016666, 60), (0.016667, 60), (0.033333, 30),
     (0.04, 25), (0.033332, 30), (0.017, 60), (0.011, 90),
     (0.0333667, 1 / 0.0333667), (0.03324, 1 / 0.03324), (0.05, 20)],
)  # fmt: skip
def test_frame_times_are_read_as_they_were_rounded(seconds: float, hertz: float) -> None:
    assert frame_rate(seconds, "x") == pytest.approx(hertz, abs=1e-9)


def test_cmus_jump_is_a_jump(native_folder: Path) -> None:
    motion = import_bvh(native_folder / "cmu_02_04.bvh")
    assert (motion.frames, motion.fps) == (483, 120.0)
    assert motion.provenance["first_frame"] == "cut: a calibration pose"
    # CMU's unit is 0.0254 / 0.45 m = 0.0564 m, and the subject is a little taller than SMPL
    assert 0.9 < motion.provenance["retargeting"]["scale"] / (0.0254 / 0.45) < 1.0
    foreign = read_bvh(native_folder / "cmu_02_04.bvh")
    ours = motion.joints[:, [1, 4, 7]]
    theirs = foreign.joints[
        1:, [foreign.names.index(n) for n in ("LeftUpLeg", "LeftLeg", "LeftFoot")]
    ]
    for bone in (0, 1):
        a = ours[:, bone + 1] - ours[:, bone]
        b = (theirs[:, bone + 1] - theirs[:, bone])[:, [0, 2, 1]] * [1, -1, 1]
        cosine = (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
        assert cosine.min() > 1 - 1e-9
    assert motion.root[:, 2].max() > motion.root[0, 2] + 0.3
