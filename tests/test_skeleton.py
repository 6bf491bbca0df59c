"""The skeleton: rest poses and bent knees worked out by hand."""

import numpy as np
import pytest

from claims_env.rotation import Floats, about, multiply, rotate
from claims_env.skeleton import (
    INDEX,
    JOINTS,
    OFFSETS,
    PARENTS,
    STANDING_HEIGHT,
    UPRIGHT,
    forward_kinematics,
)


def rest(frames: int = 1) -> Floats:
    rotations = np.tile([1.0, 0, 0, 0], (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    return rotations


def test_every_joint_has_a_name_a_parent_before_it_and_an_offset() -> None:
    assert len(JOINTS) == len(set(JOINTS)) == len(PARENTS) == len(OFFSETS) == 24
    assert all(parent < joint for joint, parent in enumerate(PARENTS))


def test_left_joints_have_right_twins() -> None:
    left = [name for name in JOINTS if name.startswith("L_")]
    assert len(left) == 9
    for name in left:
        twin = "R_" + name[2:]
        mirrored = OFFSETS[INDEX[twin]] * [-1, 1, 1]
        # the published body is not quite symmetric
        np.testing.assert_allclose(OFFSETS[INDEX[name]], mirrored, atol=0.03)
        assert PARENTS[INDEX[name]] in (PARENTS[INDEX[twin]], INDEX[JOINTS[PARENTS[INDEX[name]]]])


def test_an_unturned_body_stands_up_and_faces_minus_y() -> None:
    pose = forward_kinematics(rest()[0], np.array([0, 0, STANDING_HEIGHT]))
    head, toe = pose.positions[INDEX["Head"]], pose.positions[INDEX["L_Foot"]]
    ankle, hand = pose.positions[INDEX["L_Ankle"]], pose.positions[INDEX["L_Hand"]]
    assert head[2] > 1.4
    assert toe[1] < ankle[1] - 0.1
    assert hand[0] > 0.6


def test_the_rest_pose_adds_up_the_offsets() -> None:
    ankle = forward_kinematics(rest()[0], np.zeros(3)).positions[INDEX["L_Ankle"]]
    # x: 0.0695 + 0.0343 - 0.0136; y: 0.0068 + 0.0045 + 0.0437; z: -0.0914 - 0.3752 - 0.3980
    np.testing.assert_allclose(ankle, [0.0902, 0.0550, -0.8646], atol=1e-12)


def test_a_knee_bent_by_a_quarter_turn_points_the_shin_backwards() -> None:
    rotations = rest()[0]
    rotations[INDEX["L_Knee"]] = about("x", np.pi / 2)
    pose = forward_kinematics(rotations, np.zeros(3))
    shin = pose.positions[INDEX["L_Ankle"]] - pose.positions[INDEX["L_Knee"]]
    # (-0.0136, -0.3980, -0.0437) turned about x: y -> z, z -> -y; then upright: y -> z, z -> -y
    np.testing.assert_allclose(shin, [-0.0136, 0.3980, 0.0437], atol=1e-12)


def test_bones_keep_their_lengths_in_any_pose() -> None:
    rng = np.random.default_rng(0)
    rotations = rng.normal(size=(10, 24, 4))
    rotations /= np.linalg.norm(rotations, axis=-1, keepdims=True)
    joints = forward_kinematics(rotations, rng.normal(size=(10, 3))).positions
    bones = np.linalg.norm(joints[:, 1:] - joints[:, PARENTS[1:]], axis=-1)
    np.testing.assert_allclose(bones, [np.linalg.norm(OFFSETS[1:], axis=-1)] * 10)


def test_turning_the_root_turns_the_body_and_moving_it_moves_the_body() -> None:
    rng = np.random.default_rng(1)
    rotations = rest()
    rotations[:, 1:, :] = about("x", rng.normal(size=(1, 23)))
    turn, shift = about("z", 1.0), np.array([1.0, 2.0, 3.0])
    before = forward_kinematics(rotations, np.zeros((1, 3))).positions
    turned = rotations.copy()
    turned[:, 0] = multiply(turn, rotations[:, 0])
    after = forward_kinematics(turned, shift[None]).positions
    np.testing.assert_allclose(after, rotate(turn, before) + shift, atol=1e-12)


def test_orientations_are_products_down_the_tree() -> None:
    rng = np.random.default_rng(2)
    rotations = about("y", rng.normal(size=24))
    orientations = forward_kinematics(rotations, np.zeros(3)).orientations
    for joint, parent in enumerate(PARENTS):
        expected = (
            rotations[joint] if parent < 0 else multiply(orientations[parent], rotations[joint])
        )
        np.testing.assert_allclose(orientations[joint], expected, atol=1e-12)


@pytest.mark.parametrize("shape", [(), (3,), (2, 5)])
def test_any_leading_axes_will_do(shape: tuple[int, ...]) -> None:
    rotations = np.zeros((*shape, 24, 4))
    rotations[..., 0] = 1
    pose = forward_kinematics(rotations, np.zeros((*shape, 3)))
    assert pose.positions.shape == (*shape, 24, 3)
    assert pose.orientations.shape == (*shape, 24, 4)


def test_single_precision_stays_single_precision() -> None:
    pose = forward_kinematics(rest().astype(np.float32), np.zeros((1, 3), dtype=np.float32))
    assert pose.positions.dtype == pose.orientations.dtype == np.float32
