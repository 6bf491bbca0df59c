import numpy as np
import pytest

from claims_env.contact import lowest, soles
from claims_env.errors import MotionError
from claims_env.joint_limits import beyond
from claims_env.motion import Motion
from claims_env.motion_repair import TURN_RATE, clamp, ground, limit, repair, smooth
from claims_env.rotation import about, conjugate, multiply, to_rotvec
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT

FPS = 30.0


def standing(frames: int = 60, height: float = STANDING_HEIGHT) -> Motion:
    rotations = np.zeros((frames, 24, 4))
    rotations[..., 0] = 1.0
    rotations[:, 0] = UPRIGHT
    root = np.tile(np.array([0.0, 0.0, height]), (frames, 1))
    return Motion(rotations, root, FPS, "standing")


def bending(angles: np.ndarray) -> Motion:
    motion = standing(len(angles))
    rotations = motion.rotations.copy()
    rotations[:, INDEX["L_Elbow"]] = about("y", -angles)
    return Motion(rotations, motion.root, FPS, "bending")


def turn_rates(motion: Motion) -> np.ndarray:
    q = motion.rotations
    return np.linalg.norm(to_rotvec(multiply(conjugate(q[:-1]), q[1:])), axis=-1) * FPS


@pytest.mark.parametrize("height", [0.5, 0.937, 1.4])
def test_grounding_puts_the_lowest_point_on_the_floor(height: float) -> None:
    grounded = ground(standing(height=height))
    assert lowest(grounded.pose, soles(grounded.pose)).min() == pytest.approx(0, abs=1e-9)


def test_grounding_twice_is_grounding_once() -> None:
    once = ground(standing(height=1.2))
    np.testing.assert_allclose(ground(once).root, once.root, atol=1e-12)


def test_a_standing_body_is_grounded_at_its_standing_height() -> None:
    assert ground(standing(height=2.0)).root[0, 2] == pytest.approx(STANDING_HEIGHT, abs=0.002)


def test_smoothing_leaves_a_slow_motion_as_it_is() -> None:
    slow = bending(0.5 + 0.5 * np.sin(2 * np.pi * 0.5 * np.arange(120) / FPS))
    np.testing.assert_allclose(smooth(slow).joints, slow.joints, atol=0.002)


def test_smoothing_removes_a_flicker() -> None:
    flicker = bending(0.5 + 0.2 * (-1.0) ** np.arange(60))
    before = np.abs(np.diff(flicker.joints[:, INDEX["L_Wrist"]], axis=0)).max()
    after = np.abs(np.diff(smooth(flicker).joints[10:-10, INDEX["L_Wrist"]], axis=0)).max()
    assert after < 0.05 * before


def test_smoothing_shifts_nothing_in_time() -> None:
    t = np.arange(121) / FPS
    bump = bending(np.exp(-0.5 * ((t - 2.0) / 0.2) ** 2))
    wrist = smooth(bump).joints[:, INDEX["L_Wrist"]]
    np.testing.assert_allclose(wrist, wrist[::-1], atol=1e-3)


def test_smoothing_needs_a_cutoff_below_half_the_frame_rate() -> None:
    with pytest.raises(MotionError, match="15"):
        smooth(standing(), 20.0)


def test_a_clip_of_two_frames_can_be_smoothed() -> None:
    assert smooth(standing(2)).frames == 2


def test_limiting_keeps_every_joint_in_its_range() -> None:
    bent = bending(np.linspace(0, 3.0, 60))
    assert beyond(bent.rotations).max() > 0.2
    assert beyond(limit(bent).rotations).max() < 1e-6


def test_limiting_leaves_a_motion_within_the_ranges_untouched() -> None:
    calm = bending(np.linspace(0, 1, 60))
    assert limit(calm) is calm


def test_clamping_keeps_every_joint_under_the_rate() -> None:
    jump = bending(np.where(np.arange(60) < 30, 0.0, 2.4))
    assert turn_rates(jump).max() > 60
    assert turn_rates(clamp(jump)).max() <= TURN_RATE + 1e-6


def test_a_clamped_joint_catches_up() -> None:
    jump = bending(np.where(np.arange(60) < 30, 0.0, 2.4))
    np.testing.assert_allclose(clamp(jump).joints[-1], jump.joints[-1], atol=1e-9)


def test_clamping_leaves_a_motion_within_the_limit_untouched() -> None:
    calm = bending(np.linspace(0, 1, 60))
    assert clamp(calm) is calm


def test_clamping_lets_the_body_spin() -> None:
    motion = standing()
    spun = motion.rotations.copy()
    spun[:, 0] = multiply(about("z", 1.5 * np.arange(60)), UPRIGHT)
    spinning = Motion(spun, motion.root, FPS, "spinning")
    assert clamp(spinning) is spinning


def test_repair_gives_a_smooth_motion_on_the_floor() -> None:
    wild = bending(np.where(np.arange(60) % 20 < 10, 0.0, 2.4))
    repaired = repair(Motion(wild.rotations, wild.root + [0, 0, 0.3], FPS, "wild"))
    assert turn_rates(repaired).max() < TURN_RATE
    assert lowest(repaired.pose, soles(repaired.pose)).min() == pytest.approx(0, abs=1e-9)


def test_repair_is_the_same_every_time() -> None:
    wild = bending(np.where(np.arange(60) % 20 < 10, 0.0, 2.4))
    assert repair(wild).rotations.tobytes() == repair(wild).rotations.tobytes()


def test_a_clip_of_few_frames_a_second_is_repaired_too() -> None:
    slow = bending(np.linspace(0, 1, 30))
    assert repair(Motion(slow.rotations, slow.root, 10.0, "slow")).fps == 10.0
