"""Limbs in the body are found, limbs that only touch it are not."""

import numpy as np
import pytest

from claims_env.dynamics.self_penetration import PAIRS, overlaps, self_penetration
from claims_env.rotation import about, multiply
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT, Pose, forward_kinematics


def posed(**turns: tuple[str, float]) -> Pose:
    """Return one frame of a standing body with joints turned about an axis by an angle [rad]."""
    rotations = np.tile([1.0, 0, 0, 0], (1, 24, 1))
    rotations[:, 0] = UPRIGHT
    for joint, (axis, angle) in turns.items():
        i = INDEX[joint]
        rotations[:, i] = multiply(about(axis, angle), rotations[:, i])
    return forward_kinematics(rotations, np.array([[0.0, 0.0, STANDING_HEIGHT]]))


def depth(pose: Pose) -> float:
    return float(self_penetration(pose)[0])


def test_standing_with_stretched_or_hanging_arms_nothing_overlaps() -> None:
    assert depth(posed()) == 0
    assert depth(posed(L_Shoulder=("z", -1.35), R_Shoulder=("z", 1.35))) == 0


def test_a_guard_and_a_squat_do_not_count() -> None:
    guard = posed(
        L_Shoulder=("z", -1.1), R_Shoulder=("z", 1.1), L_Elbow=("y", -2.2), R_Elbow=("y", 2.2)
    )
    squat = posed(L_Hip=("x", -1.9), R_Hip=("x", -1.9), L_Knee=("x", 2.2), R_Knee=("x", 2.2))
    assert depth(guard) < 0.03
    assert depth(squat) < 0.03


def test_an_arm_through_the_trunk_counts() -> None:
    through = posed(L_Shoulder=("z", -1.4), L_Elbow=("z", -1.5))
    assert depth(through) > 0.03


def test_crossed_shanks_are_as_deep_as_they_lie_in_each_other() -> None:
    crossed = posed(L_Hip=("z", -0.2), R_Hip=("z", 0.2))
    found = overlaps(crossed)[0, PAIRS.index(("L_shank", "R_shank"))]
    assert found == pytest.approx(0.08, abs=0.002)  # two radii of 0.04 m, axes almost meeting


def test_left_and_right_are_treated_alike() -> None:
    left = depth(posed(L_Shoulder=("z", -1.4), L_Elbow=("z", -1.5)))
    right = depth(posed(R_Shoulder=("z", 1.4), R_Elbow=("z", 1.5)))
    assert left == pytest.approx(right, abs=0.02)


def test_every_other_frame_is_every_other_figure() -> None:
    rotations = np.tile(np.array([1.0, 0, 0, 0]), (8, 24, 1))
    rotations[:, 0] = UPRIGHT
    rotations[:, INDEX["L_Shoulder"]] = about("y", np.linspace(0, -2.6, 8))
    pose = forward_kinematics(rotations, np.zeros((8, 3)))
    np.testing.assert_array_equal(self_penetration(pose, 2), self_penetration(pose)[::2])
