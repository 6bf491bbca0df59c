"""Joints pass on what lies beyond them: weights by hand, work by hand, and no frame rate."""

import numpy as np
import pytest

from claims_env.dynamics.body import SEGMENTS
from claims_env.dynamics.ground_force import ground_forces
from claims_env.dynamics.inverse_dynamics import BEYOND, joint_moments, load, power
from claims_env.dynamics.momentum import segment_centres
from claims_env.dynamics.segment_motion import segment_motion
from claims_env.flight import GRAVITY
from claims_env.kinematics import measure_motion
from claims_env.motion import Motion
from claims_env.rotation import about, multiply
from claims_env.skeleton import INDEX, JOINTS, STANDING_HEIGHT, UPRIGHT

L_ARM = [INDEX[f"L_{name}"] for name in ("Shoulder", "Elbow", "Wrist", "Hand")]


def standing(frames: int = 61, fps: float = 30.0) -> Motion:
    rotations = np.tile([1.0, 0, 0, 0], (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    return Motion(rotations, np.tile([0.0, 0, STANDING_HEIGHT], (frames, 1)), fps, "stand")


def swinging(fps: float, pace: float = 1.0) -> Motion:
    """Return a body that swings its arms and squats a little."""
    still = standing(round(4 * fps) + 1, fps)
    phase = 2 * np.pi * pace * np.arange(still.frames) / fps
    rotations = still.rotations.copy()
    for side in "LR":
        rotations[:, INDEX[f"{side}_Shoulder"]] = about("y", 0.6 * np.sin(phase))
        rotations[:, INDEX[f"{side}_Elbow"]] = about("y", 0.4 * np.sin(phase))
    return Motion(rotations, still.root, fps, "swing")


def test_a_shoulder_carries_the_weight_of_the_stretched_arm() -> None:
    still = standing()
    moments = joint_moments(segment_motion(still.pose, 30.0), None)
    arms = segment_centres(still.pose)[0, L_ARM, 0] - still.joints[0, L_ARM[0], 0]
    by_hand = GRAVITY * (SEGMENTS.mass[L_ARM] * arms).sum()
    # the arm points to +x and pulls down, so the shoulder turns it up, about -y
    assert moments[30, L_ARM[0], 1] == pytest.approx(-by_hand)


def test_what_the_floor_gives_is_not_asked_of_the_root() -> None:
    still = standing()
    needed = segment_motion(still.pose, 30.0)
    moments = joint_moments(needed, ground_forces(still.pose, needed))
    np.testing.assert_allclose(moments[:, 0], 0, atol=0.02)
    assert load(moments).max() < 0.5


def test_every_joint_carries_itself_and_its_descendants() -> None:
    assert BEYOND[0].sum() == len(JOINTS)
    assert BEYOND[L_ARM[0]].nonzero()[0].tolist() == L_ARM


def test_a_body_at_rest_does_no_work() -> None:
    needed = segment_motion(standing().pose, 30.0)
    moments = joint_moments(needed, None)
    np.testing.assert_allclose(power(moments, needed.spins), 0, atol=1e-9)


def test_power_is_moment_times_turning_of_one_joint_against_the_next() -> None:
    moments, spins = np.zeros((1, 24, 3)), np.zeros((1, 24, 3))
    elbow, beyond = INDEX["L_Elbow"], [INDEX["L_Elbow"], INDEX["L_Wrist"], INDEX["L_Hand"]]
    moments[0, elbow] = [0.0, 3.0, 1.0]
    spins[0, beyond] = [0.0, -2.0, 0.0]
    np.testing.assert_allclose(power(moments, spins), [6.0])


@pytest.mark.parametrize("fps", [60.0, 120.0])
def test_effort_hardly_knows_the_frame_rate(fps: float) -> None:
    here, there = measure_motion(swinging(30.0)), measure_motion(swinging(fps))
    assert there.effort == pytest.approx(here.effort, rel=0.03)
    assert there.joint_load == pytest.approx(here.joint_load, rel=0.03)


def test_faster_is_harder() -> None:
    efforts = [measure_motion(swinging(30.0, pace)).effort for pace in (0.5, 1.0, 2.0)]
    assert efforts == sorted(efforts)
    assert efforts[2] > 4 * efforts[0]


def test_turning_the_scene_changes_nothing() -> None:
    motion = swinging(30.0)
    rotations = motion.rotations.copy()
    rotations[:, 0] = multiply(about("z", 1.0), rotations[:, 0])
    turned = measure_motion(Motion(rotations, motion.root, 30.0, "turned"))
    here = measure_motion(motion)
    assert turned.effort == pytest.approx(here.effort, rel=1e-2)
    assert turned.residual == pytest.approx(here.residual, abs=1e-3)
