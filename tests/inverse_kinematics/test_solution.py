"""What joint positions become: rotations that reproduce them, and change as little as they do."""

from pathlib import Path

import numpy as np
import pytest

from claims_env.errors import MotionError
from claims_env.formats.suite_folder import load_suite
from claims_env.generators.composer.composer import Composer
from claims_env.inverse_kinematics import joint_error, solve
from claims_env.motion import Motion
from claims_env.rotation import (
    Floats,
    about,
    conjugate,
    from_rotvec,
    multiply,
    rotate,
    to_rotvec,
)
from claims_env.skeleton import INDEX, JOINTS, OFFSETS, PARENTS, UPRIGHT, forward_kinematics

FPS = 30.0
HUMANML3D_LENGTHS = np.array(
    [
        0, 0.1031, 0.1099, 0.1316, 0.3936, 0.3902, 0.1432, 0.4324, 0.4256, 0.0574, 0.1434, 0.1494,
        0.2194, 0.1375, 0.1434, 0.1030, 0.1316, 0.1230, 0.2568, 0.2631, 0.2660, 0.2699,
    ]
)  # fmt: skip
"""Of the bones to each of the 22 joints [m]: another build than SMPL's."""


LIMBS = [INDEX[f"{side}_{name}"] for side in "LR" for name in ("Hip", "Knee", "Shoulder", "Elbow")]


def wandering(frames: int = 90, size: float = 0.6, seed: int = 0) -> Floats:
    """Return smooth rotations of every joint about every axis, shape (frames, 24, 4)."""
    draw = np.random.default_rng(seed)
    time = np.linspace(0, frames / FPS, frames)[:, None, None, None]
    rate, start = draw.uniform(0.5, 4, (24, 3, 3)), draw.uniform(0, 2 * np.pi, (24, 3, 3))
    waves = draw.normal(size=(24, 3, 3)) * np.sin(rate * time + start)
    return from_rotvec(size * waves.mean(-1))


def at_rest(frames: int = 60) -> Floats:
    rotations = np.zeros((frames, 24, 4))
    rotations[..., 0] = 1
    return rotations


def joints_of(rotations: Floats) -> Floats:
    return forward_kinematics(rotations, np.zeros((len(rotations), 3))).positions[:, :22]


def steps(rotations: Floats) -> Floats:
    """Return how far each joint turns from frame to frame, shape (T - 1, 24) [deg]."""
    return apart(rotations[:-1], rotations[1:])


def apart(a: Floats, b: Floats) -> Floats:
    turns = to_rotvec(multiply(conjugate(a), b))
    return np.asarray(np.degrees(np.linalg.norm(turns, axis=-1)))


def rebuilt(joints: Floats, lengths: Floats) -> Floats:
    """Return the same pose of a body with other bones."""
    out = joints.copy()
    for joint in range(1, 22):
        bone = joints[:, joint] - joints[:, PARENTS[joint]]
        bone *= lengths[joint] / np.linalg.norm(bone, axis=-1, keepdims=True)
        out[:, joint] = out[:, PARENTS[joint]] + bone
    return out


@pytest.fixture(scope="module")
def composed() -> list[Motion]:
    prompts = ["a person does a cartwheel", "a person kicks high and punches", "a person dances"]
    return Composer().generate(prompts, [1, 2, 3])


@pytest.mark.parametrize("size", [0.3, 1.0, 3.0])
def test_on_the_same_skeleton_every_joint_comes_back(size: float) -> None:
    joints = joints_of(wandering(size=size))
    assert np.abs(joints_of(solve(joints, FPS)) - joints).max() < 1e-6


def test_composed_clips_come_back_with_the_twist_of_their_limbs(composed: list[Motion]) -> None:
    for motion in composed:
        solved = solve(motion.joints[:, :22], motion.fps)
        back = forward_kinematics(solved, motion.root).positions[:, :22]
        off = apart(motion.rotations, solved)
        assert np.abs(back - motion.joints[:, :22]).max() < 1e-6
        assert np.median(off[:, [INDEX["L_Hip"], INDEX["R_Hip"]]]) < 2
        assert np.median(off[:, [INDEX["L_Shoulder"], INDEX["R_Shoulder"]]]) < 4


def test_the_rest_pose_is_no_rotation() -> None:
    assert apart(solve(joints_of(at_rest()), FPS), at_rest()).max() < 1e-6


def test_a_knee_bent_square_shows_how_its_thigh_is_twisted() -> None:
    rotations = at_rest()
    thigh = OFFSETS[INDEX["L_Knee"]] / np.linalg.norm(OFFSETS[INDEX["L_Knee"]])
    rotations[:, INDEX["L_Hip"]] = from_rotvec(thigh * np.radians(30))
    rotations[:, INDEX["L_Knee"]] = about("x", np.radians(90))
    solved = solve(joints_of(rotations), FPS)
    assert apart(solved, rotations)[:, [INDEX["L_Hip"], INDEX["L_Knee"]]].max() < 0.5


def test_the_foot_of_a_straight_leg_shows_how_its_thigh_is_twisted() -> None:
    rotations = at_rest()
    leg = OFFSETS[INDEX["R_Knee"]] / np.linalg.norm(OFFSETS[INDEX["R_Knee"]])
    rotations[:, INDEX["R_Hip"]] = from_rotvec(leg * np.radians(40))
    solved = solve(joints_of(rotations), FPS)
    assert apart(solved, rotations)[:, INDEX["R_Hip"]].max() < 10


def test_a_turned_world_turns_the_root_alone() -> None:
    joints, turn = joints_of(wandering()), from_rotvec(np.array([0.4, -2.0, 0.9]))
    plain, turned = solve(joints, FPS), solve(rotate(turn, joints) + (3, -1, 2), FPS)
    assert apart(turned[:, 1:], plain[:, 1:]).max() < 1e-5
    assert apart(turned[:, 0], multiply(turn, plain[:, 0])).max() < 1e-5


def test_height_may_be_any_axis() -> None:
    upright = solve(rotate(UPRIGHT, joints_of(at_rest())), FPS)
    assert apart(upright[:, 0], UPRIGHT).max() < 1e-6


def test_size_does_not_matter() -> None:
    joints = joints_of(wandering())
    assert apart(solve(joints, FPS), solve(1.7 * joints, FPS)).max() < 1e-5


def test_hands_are_not_looked_at() -> None:
    whole = forward_kinematics(wandering(), np.zeros((90, 3))).positions
    assert np.array_equal(solve(whole, FPS), solve(whole[:, :22], FPS))


def test_a_mirrored_body_moves_in_mirrored_ways() -> None:
    swap = [INDEX[_other_side(name)] for name in JOINTS]
    joints = joints_of(wandering(size=0.4))
    mirrored = solve((joints * (-1, 1, 1))[:, swap[:22]], FPS)
    wanted = (solve(joints, FPS) * (1, 1, -1, -1))[:, swap]
    # SMPL's own left and right are not alike: its head is four degrees to the left of its neck
    assert apart(mirrored, wanted).max() < 12
    assert apart(mirrored, wanted)[:, LIMBS].max() < 5


def _other_side(name: str) -> str:
    return {"L_": "R_", "R_": "L_"}.get(name[:2], name[:2]) + name[2:]


def test_a_straight_arm_does_not_spin_when_its_joints_tremble() -> None:
    rotations = at_rest(120)
    rotations[:, INDEX["R_Shoulder"]] = about("z", 1.1)
    trembling = joints_of(rotations) + np.random.default_rng(4).normal(size=(120, 22, 3)) * 1e-3
    assert steps(solve(trembling, FPS))[:, INDEX["R_Shoulder"]].max() < 5


def test_an_elbow_a_little_overextended_does_not_turn_the_arm_round() -> None:
    rotations = at_rest(120)
    rotations[:, INDEX["R_Shoulder"]] = about("z", 1.1)
    rotations[:, INDEX["R_Elbow"]] = about("y", np.linspace(1, -0.1, 120))
    solved = solve(joints_of(rotations), FPS)
    assert apart(solved, rotations)[:, INDEX["R_Shoulder"]].max() < 60
    assert steps(solved).max() < 4


def test_an_arm_twisted_while_it_is_straight_turns_evenly() -> None:
    rotations, bend = at_rest(90), np.radians(80) * np.abs(np.linspace(-1, 1, 90)) ** 2
    bone = OFFSETS[INDEX["L_Elbow"]] / np.linalg.norm(OFFSETS[INDEX["L_Elbow"]])
    twist = np.where(np.arange(90) < 45, 0, np.radians(100))
    rotations[:, INDEX["L_Shoulder"]] = from_rotvec(bone * twist[:, None])
    rotations[:, INDEX["L_Elbow"]] = about("y", -bend)
    solved = solve(joints_of(rotations), FPS)
    assert apart(solved, rotations)[[0, -1], INDEX["L_Shoulder"]].max() < 5
    assert steps(solved).max() < 12


def test_joints_in_one_point_give_some_pose_all_the_same() -> None:
    for joints in (np.zeros((5, 22, 3)), np.tile(joints_of(at_rest(1)), (5, 1, 1))):
        joints[:, 5] = joints[:, 2]
        joints[2] = 0
        solved = solve(joints, FPS)
        assert np.allclose(np.linalg.norm(solved, axis=-1), 1)


def test_one_frame_is_enough() -> None:
    joints = joints_of(wandering())[:1]
    assert np.abs(joints_of(solve(joints, FPS)) - joints).max() < 1e-6


def test_the_same_joints_give_the_same_bytes_whatever_their_layout() -> None:
    joints = joints_of(wandering())
    assert solve(joints, FPS).tobytes() == solve(np.asfortranarray(joints), FPS).tobytes()


@pytest.mark.parametrize("shape", [(5, 21, 3), (5, 22, 4), (22, 3), (0, 22, 3)])
def test_another_shape_is_refused_by_name(shape: tuple[int, ...]) -> None:
    with pytest.raises(MotionError, match=r"joint positions: they have shape .*22, 3"):
        solve(np.zeros(shape), FPS)


def test_numbers_that_are_none_are_refused() -> None:
    joints = joints_of(at_rest())
    joints[3, 4, 0] = np.nan
    with pytest.raises(MotionError, match="NaN"):
        solve(joints, FPS)


def test_real_clips_come_back_exactly_and_nothing_flips(mocap_folder: Path) -> None:
    for motion in load_suite(mocap_folder).motions:
        joints = motion.joints[:, :22]
        solved = solve(joints, motion.fps)
        back = forward_kinematics(solved, motion.root).positions[:, :22]
        assert np.abs(back - joints).max() < 1e-6
        assert steps(solved).max() < 1.1 * steps(motion.rotations).max(), motion.name


def test_real_clips_of_another_build_stay_within_fifteen_millimetres(mocap_folder: Path) -> None:
    for motion in load_suite(mocap_folder).motions:
        joints = rebuilt(motion.joints[:, :22], HUMANML3D_LENGTHS)
        solved = solve(joints, motion.fps)
        assert joint_error(solved, joints) < 0.015, motion.name
        assert steps(solved).max() < 1.1 * steps(motion.rotations).max(), motion.name
