"""Positions to features: numbers by hand, and laws that hold for every motion."""

from pathlib import Path

import numpy as np
import pytest

from claims_env.errors import MotionError
from claims_env.formats.suite_folder import load_clip
from claims_env.generators.composer import Composer
from claims_env.humanml3d import decode_joints, decode_with_next, encode_joints, joints_of
from claims_env.humanml3d.heading import heading, smooth_heading, to_world
from claims_env.humanml3d.layout import CONTACTS, HEIGHT, ROTATIONS, STEP, TURN, VELOCITIES
from claims_env.humanml3d.placement import placed
from claims_env.rotation import Floats
from claims_env.skeleton import OFFSETS, PARENTS

PROMPTS = (
    "a person walks forward and turns",
    "a dancer spins three times",
    "someone jumps high",
    "a fighter kicks with the left leg",
)


@pytest.fixture(scope="module")
def composed() -> list[Floats]:
    return [joints_of(motion) for motion in Composer().generate(PROMPTS, range(len(PROMPTS)))]


def still(frames: int) -> Floats:
    """Return a body in its rest pose, hips and shoulders square to +z, its root at the origin."""
    rest = np.zeros((22, 3))
    for joint in range(1, 22):
        rest[joint] = rest[PARENTS[joint]] + OFFSETS[joint]
    rest[[1, 2, 16, 17], 2] = 0
    return np.tile(rest, (frames, 1, 1))


def turning(frames: int, rate: float) -> Floats:
    """Return the rest pose turning by `rate` [rad] per frame towards +x."""
    return to_world(still(frames), rate * np.arange(frames))


def test_a_body_at_rest_has_only_its_pose_and_four_contacts() -> None:
    features = encode_joints(still(50))
    assert features.shape == (49, 263)
    np.testing.assert_array_equal(features, features[[0] * 49])
    np.testing.assert_allclose(features[:, :3], 0, atol=1e-12)
    np.testing.assert_array_equal(features[:, VELOCITIES], 0)
    np.testing.assert_array_equal(features[:, CONTACTS], 1)


def test_the_lowest_joint_of_the_clip_is_the_floor() -> None:
    joints = still(10)
    joints[4:, :, 1] += 0.3
    heights = encode_joints(joints)[:, HEIGHT.start]
    lowest = still(1)[0, :, 1].min()
    np.testing.assert_allclose(heights, [-lowest] * 4 + [0.3 - lowest] * 5)


@pytest.mark.parametrize("rate", [0.02, -0.02, 0.05])
def test_a_steady_turn_keeps_half_of_it_and_passes_behind_without_a_jump(rate: float) -> None:
    features = encode_joints(turning(300, rate))
    # far enough from the ends, which the smoothing takes for standing still
    np.testing.assert_allclose(features[85:200, TURN], -rate / 2, atol=1e-5)


def test_a_step_is_seen_with_the_next_frames_heading() -> None:
    joints = turning(300, 0.02)
    looks = smooth_heading(placed(joints))
    joints += np.cumsum(to_world(np.tile([0, 0, 0.1], (300, 1, 1)), looks), axis=0)
    steps = encode_joints(joints)[:, STEP]
    np.testing.assert_allclose(steps, np.tile([0, 0.1], (299, 1)), atol=1e-9)


@pytest.mark.parametrize(("way", "touches"), [(0.0447, 1), (0.0448, 0)])
def test_a_foot_is_in_contact_up_to_two_thousandths_of_a_square_metre(
    way: float, touches: int
) -> None:
    joints = still(10)
    joints[:, 10, 2] += way * np.arange(10)
    contacts = encode_joints(joints)[:, CONTACTS]
    np.testing.assert_array_equal(contacts, [[1, touches, 1, 1]] * 9)


def test_hips_are_taken_in_the_wrong_order_as_in_the_data() -> None:
    joints = still(9)
    joints[:, 16], joints[:, 17] = (0.2, 1, 0), (-0.2, 1, 0)
    joints[:, 1], joints[:, 2] = (0, 0, -0.1), (0, 0, 0.1)
    assert heading(joints)[1] == pytest.approx(np.arctan2(0.2, 0.4))
    assert smooth_heading(joints)[1] == pytest.approx(np.arctan2(-0.2, 0.4))
    assert smooth_heading(joints)[0] == 0


def test_decoding_gives_back_the_joints_where_clips_are_placed(composed: list[Floats]) -> None:
    for joints in composed:
        decoded = decode_joints(encode_joints(joints))
        np.testing.assert_allclose(decoded, placed(joints)[:-1], atol=1e-12)


def test_encoding_again_loses_nothing_with_the_frame_velocities_lead_to(
    composed: list[Floats],
) -> None:
    for joints in composed:
        features = encode_joints(joints)
        again = encode_joints(decode_with_next(features))
        np.testing.assert_allclose(again, features, atol=1e-9)


def test_a_frame_less_at_the_end_shifts_the_heading_by_half_of_what_it_turned() -> None:
    joints = turning(300, 0.02)
    shifted = np.abs(smooth_heading(joints)[:-1] - smooth_heading(joints[:-1]))
    assert 0.4 * 0.02 < shifted[-1] < 0.5 * 0.02
    assert shifted[:218].max() < 1e-5
    features, fewer = encode_joints(joints)[:-1], encode_joints(joints[:-1])
    np.testing.assert_array_equal(features[:, HEIGHT], fewer[:, HEIGHT])
    np.testing.assert_array_equal(features[:, CONTACTS], fewer[:, CONTACTS])


def test_where_a_clip_stands_and_faces_changes_nothing(composed: list[Floats]) -> None:
    for k, joints in enumerate(composed):
        angle = np.full(len(joints), 1.3 + 2 * k)
        moved = to_world(joints, angle) + np.array([3.0, -0.4, -7.0])
        np.testing.assert_allclose(encode_joints(moved), encode_joints(joints), atol=1e-9)


def test_mirrored_motions_have_mirrored_features(composed: list[Floats]) -> None:
    other = [0, 2, 1, 3, 5, 4, 6, 8, 7, 9, 11, 10, 12, 14, 13, 15, 17, 16, 19, 18, 21, 20]
    joints = composed[0]
    features = encode_joints(joints)
    mirrored = encode_joints(joints[:, other] * np.array([-1.0, 1.0, 1.0]))
    np.testing.assert_allclose(mirrored[:, 0], -features[:, 0], atol=1e-9)
    np.testing.assert_allclose(mirrored[:, 1:4], features[:, 1:4] * [-1, 1, 1], atol=1e-9)
    np.testing.assert_array_equal(mirrored[:, CONTACTS], features[:, [261, 262, 259, 260]])


def test_rotations_are_two_columns_of_unit_length_square_to_each_other(
    composed: list[Floats],
) -> None:
    for joints in composed:
        columns = encode_joints(joints)[:, ROTATIONS].reshape(-1, 21, 2, 3)
        np.testing.assert_allclose((columns**2).sum(-1), 1, atol=1e-12)
        np.testing.assert_allclose((columns[..., 0, :] * columns[..., 1, :]).sum(-1), 0, atol=1e-12)


def test_recorded_people_survive_the_way_there_and_back(mocap_folder: Path) -> None:
    for path in sorted(mocap_folder.glob("*.npz"))[::5]:
        joints = joints_of(load_clip(path))
        features = encode_joints(joints)
        decoded = decode_with_next(features.astype(np.float32))
        np.testing.assert_allclose(decoded, placed(joints), atol=2e-5)
        again = encode_joints(decode_with_next(features))
        np.testing.assert_allclose(again, features, atol=1e-6)


def test_impossible_joints_are_refused_by_what_is_wrong() -> None:
    with pytest.raises(MotionError, match=r"shape \(9, 24, 3\).*\(frames, 22, 3\)"):
        encode_joints(np.zeros((9, 24, 3)))
    with pytest.raises(MotionError, match="at least 2 frames"):
        encode_joints(still(1))
    with pytest.raises(MotionError, match="NaN"):
        encode_joints(still(3) + np.nan)
    collapsed = still(4)
    collapsed[2, 18] = collapsed[2, 16]
    with pytest.raises(MotionError, match="joint 18 lies on the joint above it"):
        encode_joints(collapsed)
