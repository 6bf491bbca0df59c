"""Rhythm: how durations and rests vary along the moves of a clip."""

import numpy as np

from claims_env.generators.composer.score import Pattern, Timing
from claims_env.rotation import Floats

GATHERING = 0.35
"""The stillness in which a burst gathers force [s]."""


def paces(pattern: Pattern, moves: int) -> Floats:
    """Return the speed factor of each of so many moves, shape (moves,)."""
    index = np.arange(moves)
    share = (index + 0.5) / max(moves, 1)
    match pattern:
        case "syncopated":
            return np.where(index % 2 == 0, 0.78, 1.35)
        case "burst":
            return np.full(moves, 1.3)
        case "slow_fast":
            return 0.72 + 0.68 * share
        case "accelerating":
            return 0.66 + 0.8 * share
        case "sustained":
            return np.full(moves, 0.72)
        case _:
            return np.ones(moves)


def hurried(pattern: Pattern, moves: int, haste: float, most: float) -> Floats:
    """Return the speed factors of so many moves in haste, shape (moves,).

    None is hurried beyond `most`, so that in great haste the slow moves give way first.
    """
    pace = paces(pattern, moves)
    return np.asarray(np.minimum(pace * haste, np.maximum(pace, most)))


def sharpness(timing: Timing) -> float:
    """Return how sharply moves start and stop, 0 to 1: bursts snap, a sustained line never does."""
    if timing.pattern == "burst":
        return max(timing.sharpness, 0.85)
    return min(timing.sharpness, 0.1) if timing.pattern == "sustained" else timing.sharpness


def rest(timing: Timing) -> float:
    """Return the stillness after a move [s]: the timing's, and a burst's gathering of force."""
    return timing.pause + (GATHERING if timing.pattern == "burst" else 0.0)
