"""Another frame rate: rotations on arcs, the root on parabolas, and no further than one frame."""

import numpy as np
import pytest
from toys import swaying

from claims_env.errors import MotionError
from claims_env.resampling import resampled
from claims_env.rotation import Floats, about, to_rotvec


def spinning(frames: int, rate: float, fps: float) -> Floats:
    """Return one joint that turns about y at `rate` [rad/s], shape (frames, 1, 4)."""
    return about("y", rate * np.arange(frames) / fps)[:, None]


def falling(frames: int, fps: float) -> Floats:
    t = np.arange(frames) / fps
    return np.stack([2 * t, np.zeros(frames), 1 + 3 * t - 4.905 * t**2], axis=1)


def test_a_parabola_stays_one_from_20_to_30_hz_and_beyond_its_end() -> None:
    rotations, root = resampled(spinning(120, 1.0, 20), falling(120, 20), 20, 30, frames=180)
    assert rotations.shape == (180, 1, 4)
    np.testing.assert_allclose(root, falling(180, 30), atol=1e-12)


def test_a_steady_turn_stays_one_beyond_the_last_frame() -> None:
    rotations, _ = resampled(spinning(120, 1.7, 20), falling(120, 20), 20, 30, frames=180)
    angles = np.unwrap(to_rotvec(rotations)[:, 0, 1])
    np.testing.assert_allclose(angles, 1.7 * np.arange(180) / 30, atol=1e-9)


def test_every_frame_of_the_source_is_met_where_times_agree() -> None:
    motion = swaying(1.0, frames=61)
    rotations, root = resampled(motion.rotations, motion.root, 30, 60)
    assert len(root) == 121
    np.testing.assert_allclose(root[::2], motion.root, atol=1e-12)
    np.testing.assert_allclose(rotations[::2], motion.rotations, atol=1e-12)


def test_the_root_passes_its_frames_without_a_kink() -> None:
    points = np.cumsum(np.random.default_rng(0).normal(size=(30, 3)), axis=0)
    _, root = resampled(spinning(30, 1, 20), points, 20, 20 * 64)
    speed = np.diff(root, axis=0)
    bends = np.abs(np.diff(speed, axis=0)).max()
    assert bends < 0.1 * np.abs(speed).max()


def test_the_same_rate_changes_nothing() -> None:
    motion = swaying(1.0)
    rotations, root = resampled(motion.rotations, motion.root, 30, 30)
    assert rotations is motion.rotations
    assert root is motion.root


def test_without_a_number_as_many_frames_come_as_lie_within() -> None:
    for frames, expected in ((2, 2), (3, 4), (120, 179)):
        assert len(resampled(spinning(frames, 1, 20), falling(frames, 20), 20, 30)[1]) == expected


def test_two_frames_are_a_straight_line() -> None:
    root = np.array([[0.0, 0, 0], [1.0, 2, 3]])
    _, finer = resampled(spinning(2, 1, 10), root, 10, 40)
    np.testing.assert_allclose(finer, np.linspace(root[0], root[1], 5), atol=1e-15)


@pytest.mark.parametrize("frames", [0, 183])
def test_more_than_a_frame_beyond_the_end_is_refused(frames: int) -> None:
    with pytest.raises(MotionError, match=f"{frames} frame.s. at 30 fps were asked of 121 at 20"):
        resampled(spinning(121, 1, 20), falling(121, 20), 20, 30, frames)


def test_a_rate_of_zero_and_a_single_frame_are_refused() -> None:
    with pytest.raises(MotionError, match="from 20 to 0 fps"):
        resampled(spinning(9, 1, 20), falling(9, 20), 20, 0)
    with pytest.raises(MotionError, match="at least 2"):
        resampled(spinning(1, 1, 20), falling(1, 20), 20, 30)
    with pytest.raises(MotionError, match=r"9 frame.s. and root 8"):
        resampled(spinning(9, 1, 20), falling(8, 20), 20, 30)
