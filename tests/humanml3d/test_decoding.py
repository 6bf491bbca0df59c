"""Features whose joints are known by hand."""

import numpy as np
import pytest

from claims_env.errors import MotionError
from claims_env.humanml3d import decode_joints, decode_with_next
from claims_env.rotation import Floats

NOSE = 4 + 3 * 14
"""Where the position of joint 15, the head, begins."""


def standing(frames: int) -> Floats:
    """Return features of a body 0.9 m high whose head is 0.1 m ahead at 1.6 m."""
    features = np.zeros((frames, 263))
    features[:, 3] = 0.9
    features[:, NOSE : NOSE + 3] = (0.0, 1.6, 0.1)
    return features


def test_the_first_root_stands_at_the_origin_at_its_height() -> None:
    joints = decode_joints(standing(3))
    assert joints.shape == (3, 22, 3)
    np.testing.assert_array_equal(joints[:, 0], [[0, 0.9, 0]] * 3)
    np.testing.assert_allclose(joints[:, 15], [[0, 1.6, 0.1]] * 3)


def test_steps_ahead_are_a_straight_walk_along_z() -> None:
    features = standing(5)
    features[:, 2] = 0.05
    joints = decode_joints(features)
    np.testing.assert_allclose(joints[:, 0, 2], [0, 0.05, 0.1, 0.15, 0.2])
    np.testing.assert_allclose(joints[:, 15, 2], joints[:, 0, 2] + 0.1)


def test_half_the_turn_is_kept_so_ten_of_pi_over_forty_are_a_quarter() -> None:
    features = standing(12)
    features[:10, 0] = -np.pi / 40
    np.testing.assert_allclose(decode_joints(features)[-1, 15], [0.1, 1.6, 0], atol=1e-12)


def test_a_step_is_seen_with_the_next_frames_heading() -> None:
    features = standing(2)
    features[0, :3] = (-np.pi / 4, 0, 1)
    np.testing.assert_allclose(decode_joints(features)[1, 0], [1, 0.9, 0], atol=1e-12)


def test_the_last_frames_turn_and_step_lead_nowhere() -> None:
    features = standing(4)
    before = decode_joints(features)
    features[-1, :3] = 7
    np.testing.assert_array_equal(decode_joints(features), before)


def test_velocities_lead_to_one_frame_more() -> None:
    features = standing(3)
    features[:2, 0] = -np.pi / 8
    features[-1, 193:259] = np.tile([0, 0.02, 0.3], 22)
    joints = decode_with_next(features)
    np.testing.assert_array_equal(joints[:-1], decode_joints(features))
    # the body has turned a quarter: ahead is +x
    np.testing.assert_allclose(joints[-1] - joints[-2], [[0.3, 0.02, 0]] * 22, atol=1e-12)


def test_single_precision_is_summed_up_in_double() -> None:
    features = standing(2000).astype(np.float32)
    features[:, 2] = 0.1
    end = decode_joints(features)[-1, 0, 2]
    assert end == pytest.approx(1999 * float(np.float32(0.1)), abs=1e-9)


@pytest.mark.parametrize("shape", [(263,), (5, 251), (0, 263), (1, 5, 263)])
def test_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(MotionError, match=r"Expected \(frames, 263\)") as refused:
        decode_joints(np.zeros(shape))
    assert str(shape) in str(refused.value)


def test_what_is_no_number_is_refused() -> None:
    features = standing(3)
    features[1, 200] = np.nan
    with pytest.raises(MotionError, match="NaN"):
        decode_joints(features)
