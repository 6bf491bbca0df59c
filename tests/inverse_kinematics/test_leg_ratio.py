"""The leg ratio and the joint error, by hand."""

import numpy as np
import pytest

from claims_env.inverse_kinematics import joint_error, leg_ratio
from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, forward_kinematics


def resting(frames: int = 3) -> tuple[Floats, Floats]:
    rotations = np.tile([1.0, 0, 0, 0], (frames, 24, 1))
    return rotations, forward_kinematics(rotations, np.zeros((frames, 3))).positions[:, :22]


def test_a_body_of_twice_the_size_has_half_the_ratio() -> None:
    _, joints = resting()
    assert leg_ratio(joints) == pytest.approx(1)
    assert leg_ratio(2 * joints) == pytest.approx(0.5)


def test_one_broken_frame_of_three_does_not_count() -> None:
    _, joints = resting()
    joints[1] *= 10
    assert leg_ratio(joints) == pytest.approx(1)


def test_its_own_joints_are_no_error_whatever_their_size() -> None:
    rotations, joints = resting()
    assert joint_error(rotations, joints) == pytest.approx(0, abs=1e-12)
    assert joint_error(rotations, 1.05 * joints) == pytest.approx(0, abs=1e-12)


def test_one_joint_of_twenty_two_off_by_a_hand_is_a_share_of_it() -> None:
    rotations, joints = resting()
    joints[:, INDEX["Head"], 1] += 0.11
    assert joint_error(rotations, joints) == pytest.approx(0.11 / 22)
