"""Joints have ranges: people keep to them, dislocated poses do not."""

from pathlib import Path

import numpy as np
import pytest

from claims_env.formats.amass import import_amass
from claims_env.joint_limits import LEAST, MOST, beyond, joint_angles, within
from claims_env.rotation import about, from_rotvec, multiply
from claims_env.skeleton import INDEX, JOINTS


def posed(joint: str, axis: str, degrees: float) -> np.ndarray:
    """Return one frame at rest but for one joint."""
    rotations = np.tile([1.0, 0, 0, 0], (1, 24, 1))
    rotations[:, INDEX[joint]] = about(axis, np.radians(degrees))
    return rotations


def test_a_body_at_rest_is_within_every_range() -> None:
    assert not beyond(posed("Head", "x", 0)).any()


@pytest.mark.parametrize(
    ("joint", "axis", "degrees", "over"),
    [
        ("L_Knee", "x", 120, 0),
        ("L_Knee", "x", -55, 40),
        ("R_Elbow", "y", 100, 0),
        ("R_Elbow", "y", -58, 40),
        ("L_Elbow", "y", 58, 40),
        ("Head", "y", 88, 30),
        ("L_Ankle", "y", 122, 60),
    ],
)
def test_a_joint_is_out_of_its_range_by_what_it_was_bent_too_far(
    joint: str, axis: str, degrees: float, over: float
) -> None:
    out = beyond(posed(joint, axis, degrees))
    assert out[0, INDEX[joint] - 1] == pytest.approx(np.radians(over), abs=1e-6)
    assert np.count_nonzero(out) == (over > 0)


def test_angles_about_single_axes_are_read_back() -> None:
    for joint in range(1, 24):
        for i, axis in enumerate("xyz"):
            found = joint_angles(posed(JOINTS[joint], axis, 50))[0, joint - 1]
            assert np.degrees(found[i]) == pytest.approx(50)
            assert np.abs(np.delete(found, i)).max() < 1e-9


def test_swing_after_twist_makes_the_rotation_again() -> None:
    rng = np.random.default_rng(0)
    rotations = from_rotvec(rng.normal(size=(50, 24, 3)))
    angles = joint_angles(rotations)
    for name, twist in (("L_Knee", 1), ("R_Shoulder", 0), ("L_Ankle", 2)):
        i = INDEX[name] - 1
        swing = angles[:, i].copy()
        swing[:, twist] = 0
        again = multiply(from_rotvec(swing), from_rotvec(angles[:, i] - swing))
        same = np.abs((again * rotations[:, i + 1]).sum(-1))
        np.testing.assert_allclose(same, 1, atol=1e-9)


def test_the_sign_of_a_quaternion_does_not_matter() -> None:
    rotations = from_rotvec(np.random.default_rng(1).normal(size=(5, 24, 3)))
    np.testing.assert_allclose(joint_angles(-rotations), joint_angles(rotations))


def test_ranges_are_mirrored_and_hold_the_rest_pose() -> None:
    assert (LEAST < 0).all()
    assert (MOST > 0).all()
    left, right = INDEX["L_Shoulder"] - 1, INDEX["R_Shoulder"] - 1
    np.testing.assert_allclose(LEAST[left] * [1, -1, -1], [LEAST[right, 0], *MOST[right, 1:]])


def test_people_keep_to_the_ranges(mocap_folder: Path) -> None:
    clips = [import_amass(path) for path in sorted(mocap_folder.glob("*.npz"))]
    out = np.concatenate([beyond(clip.rotations) for clip in clips])
    assert (out > 0).mean() < 0.001
    assert (out > 0.26).mean() < 0.0002


def test_a_joint_turned_back_is_within_its_range_and_one_that_was_is_left_alone() -> None:
    wild = from_rotvec(np.random.default_rng(2).normal(scale=1.2, size=(40, 24, 3)))
    kept = within(wild)
    assert beyond(wild).max() > 0.5
    assert beyond(kept).max() < 1e-6
    fine = beyond(wild) == 0
    np.testing.assert_array_equal(kept[:, 1:][fine], wild[:, 1:][fine])
    np.testing.assert_array_equal(kept[:, 0], wild[:, 0])


def test_a_knee_bent_backwards_comes_to_its_limit_and_no_further() -> None:
    kept = within(posed("L_Knee", "x", -55))
    np.testing.assert_allclose(kept, posed("L_Knee", "x", -15), atol=1e-9)


def test_a_body_within_its_ranges_is_returned_as_it_is() -> None:
    rest = posed("Head", "x", 0)
    assert within(rest) is rest
