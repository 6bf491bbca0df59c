"""BVH as different exporters write it: scenes above the pelvis, other rests, names and texts."""

from pathlib import Path

import numpy as np
import pytest
from bvh_texts import along_x, below_a_scene, bending, smpl_bvh

from claims_env.errors import MotionError
from claims_env.formats.bvh import import_bvh
from claims_env.formats.clip_file import recognise
from claims_env.motion import Motion
from claims_env.motion_repair.grounding import ground
from claims_env.rotation import about, multiply
from claims_env.skeleton import JOINTS, UPRIGHT

ROKOKO = {
    "Pelvis": "Hips", "Hip": "Thigh", "Knee": "Shin", "Ankle": "Foot", "Foot": "Toe",
    "Collar": "Shoulder", "Shoulder": "Arm", "Elbow": "ForeArm", "Wrist": "Hand", "Hand": "Grip",
}  # fmt: skip
BLENDER = {**ROKOKO, "Shoulder": "upper_arm", "Collar": "shoulder", "Elbow": "forearm"}
UNREAL = {**BLENDER, "Knee": "calf", "Collar": "clavicle", "Elbow": "lowerarm", "Foot": "ball"}
BIOVISION = {
    **ROKOKO, "Hip": "UpLeg", "Knee": "LowLeg", "Collar": "Collar", "Shoulder": "UpArm",
    "Elbow": "LowArm",
}  # fmt: skip


def named(words: dict[str, str], pattern: str) -> tuple[str, ...]:
    """Return SMPL's joints in other words; the pattern has places for SIDE, S and the joint."""
    told: list[str] = []
    for joint in JOINTS:
        side, _, limb = joint.rpartition("_")
        word = words.get(limb, limb)
        long = {"L": "Left", "R": "Right"}.get(side, "")
        told.append(pattern.format(SIDE=long, S=side, joint=word) if side else word)
    return tuple(told)


def read(path: Path, text: str | bytes) -> Motion:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_bvh(path)


@pytest.mark.parametrize(
    ("words", "pattern"),
    [
        (ROKOKO, "{SIDE}{joint}"),
        (BIOVISION, "{SIDE}{joint}"),
        (BLENDER, "{joint}.{S}"),
        (UNREAL, "{joint}_{S}"),
        (ROKOKO, "mixamorig:{SIDE}{joint}"),
    ],
)
def test_joints_are_known_under_the_names_of_many_tools(
    tmp_path: Path, words: dict[str, str], pattern: str
) -> None:
    motion = ground(bending())
    found = read(tmp_path / "a.bvh", smpl_bvh(motion, names=named(words, pattern)))
    assert np.abs(found.joints - motion.joints).max() < 1e-4
    assert not {"L_Foot", "R_Collar"} & set(found.provenance["retargeting"]["joints_lacking"])


def test_left_and_right_are_not_mirrored(tmp_path: Path) -> None:
    rotations = np.tile([1.0, 0.0, 0.0, 0.0], (4, 24, 1))
    rotations[:, 0] = UPRIGHT
    rotations[:, JOINTS.index("L_Hip")] = about("x", np.linspace(0, -1.2, 4))
    kick = Motion(rotations, np.tile([0.0, 0.0, 0.95], (4, 1)), 30.0, "kick")
    found = read(tmp_path / "a.bvh", smpl_bvh(kick, 100.0))
    heights = found.joints[-1, [JOINTS.index("L_Ankle"), JOINTS.index("R_Ankle")], 2]
    assert heights[0] - heights[1] > 0.3


@pytest.mark.parametrize("turn", ["0 0 0", "0 0 -90"])
def test_the_pelvis_may_hang_below_a_joint_for_the_scene(tmp_path: Path, turn: str) -> None:
    motion = ground(bending())
    text = smpl_bvh(motion, 100.0)
    if turn != "0 0 0":
        # the same body in a scene that lies on its back, and is turned up again
        lying = Motion(
            np.concatenate(
                [multiply(UPRIGHT, motion.rotations[:, :1]), motion.rotations[:, 1:]], axis=1
            ),
            motion.root @ np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]]),
            motion.fps,
            "lying",
        )
        text = smpl_bvh(lying, 100.0)
    found = read(tmp_path / "a.bvh", below_a_scene(text, turn))
    assert np.abs(found.joints - motion.joints).max() < 1e-3
    assert "Reference" not in found.provenance["retargeting"]["joints_left_out"]


def test_bones_that_all_lie_along_x_in_rest_are_turned_by_their_positions(tmp_path: Path) -> None:
    motion = ground(bending())
    found = read(tmp_path / "a.bvh", smpl_bvh(motion, 100.0, rest=along_x()))
    assert "inverse kinematics" in found.provenance["retargeting"]["from"]
    assert found.provenance["retargeting"]["scale"] == pytest.approx(0.01, rel=1e-3)
    off = np.linalg.norm(
        (found.joints - found.joints[:, :1]) - (motion.joints - motion.joints[:, :1]), axis=-1
    )
    assert off[:, :22].max() < 0.06
    assert found.joints[:, JOINTS.index("Head"), 2].min() > 1.2


def test_a_rest_without_legs_that_hang_and_without_toes_is_refused(tmp_path: Path) -> None:
    names = tuple(name.replace("L_Foot", "Tip") for name in JOINTS)
    text = smpl_bvh(bending(), names=names, rest=along_x())
    with pytest.raises(MotionError, match=r"no joint for L_Foot.*T-pose"):
        read(tmp_path / "a.bvh", text)


def changes() -> dict[str, bytes]:
    text = smpl_bvh(bending())
    return {
        "mark": b"\xef\xbb\xbf" + text.encode(),
        "utf-16": text.encode("utf-16"),
        "windows": text.replace("\n", "\r\n").encode(),
        "old mac": text.replace("\n", "\r").encode(),
        "small": text.replace("HIERARCHY", "hierarchy").replace("JOINT", "joint").encode(),
        "channels": text.replace("Zrotation", "ZROTATION").encode(),
        "braces": text.replace("\n{", " {").encode(),
        "gaps": text.replace("MOTION\n", "\nMOTION\n\n").encode(),
        # of A with a ring the second byte would end a line if read on its own
        "letters": text.replace("L_Hand", "L_Hand \u00c5").encode(),
        "latin": text.replace("L_Hand", "L_Hand \xe9").encode("latin1"),
    }


@pytest.mark.parametrize("change", list(changes()))
def test_how_the_text_is_written_does_not_matter(tmp_path: Path, change: str) -> None:
    expected = read(tmp_path / "plain.bvh", smpl_bvh(bending()))
    found = read(tmp_path / "a.bvh", changes()[change])
    assert np.array_equal(found.joints, expected.joints)


def test_an_empty_file_is_told_to_be_no_whole_bvh(tmp_path: Path) -> None:
    (tmp_path / "empty.bvh").write_bytes(b"")
    assert recognise(tmp_path / "empty.bvh") == "bvh"
    with pytest.raises(MotionError, match="ends within the HIERARCHY"):
        import_bvh(tmp_path / "empty.bvh")
