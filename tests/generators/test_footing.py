"""Feet on their way: they roll, stand or are carried over the floor, and never drag."""

import numpy as np
import pytest

from claims_env.contact import slip, soles
from claims_env.generators.composer import compose
from claims_env.generators.composer.score import Move, Score, Style, Timing
from claims_env.motion import Motion

SLIPPING = 0.3
"""A planted foot that slides faster [m/s] is seen to slide: a centimetre a frame."""


def perform(name: str, seed: int = 0) -> Motion:
    return compose(Score((Move(name),), Style(), Timing()), seed)


def slides(motion: Motion) -> np.ndarray:
    speed = slip(soles(motion.pose), motion.fps)
    return speed[np.isfinite(speed)]


@pytest.mark.parametrize("name", ["step", "jab", "cross", "pirouette", "pivot", "leg_swing"])
def test_a_foot_that_travels_is_off_the_floor(name: str) -> None:
    planted = np.concatenate([slides(perform(name, seed)) for seed in range(3)])
    assert np.mean(planted > SLIPPING) < 0.05


def test_a_step_rises_at_least_two_centimetres() -> None:
    motion = perform("step")
    height = soles(motion.pose)[..., 2].reshape(motion.frames, 2, 3).min(-1)
    assert (height.max(0) > 0.02).all()


def test_clearance_leaves_a_standing_foot_on_the_floor() -> None:
    motion = perform("stand")
    height = soles(motion.pose)[..., 2].reshape(motion.frames, 2, 3).min(-1)
    assert np.abs(height).max() < 0.003
