"""How the double learns and how well it then follows: a law with one number.

Runs under Python 3.8 with numpy; copied into every checkout that the double writes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

BEGINNER = 0.3
"""Skill before any training: the mean joint speed that can be followed [m/s]."""

REACH = 0.8
"""How far beyond its skill it can learn from a clip [m/s]."""

RATE = 0.02
"""Share of the gap to the fastest clip within reach that an iteration closes, at the usual step."""

USUAL_STEP = 2e-5
"""Learning rate at which that holds."""

TAUGHT = 0.9
"""Share of its teacher's skill that a pupil can come to."""

_FALL = 15
"""Frames a fall takes."""

_LYING = 0.9
"""Error of a body that has fallen [m]."""


def beginner(seed: int) -> float:
    """Return the skill that random weights have [m/s]."""
    return BEGINNER * (1 + 0.05 * float(np.random.default_rng(seed).uniform(-1, 1)))


def practised(skill: float, speeds: Any, step: float) -> float:
    """Return the skill after an iteration on clips of these mean joint speeds [m/s]."""
    within = [speed for speed in speeds if speed < skill + REACH]
    gap = max(max(within) - skill, 0.0) if within else 0.0
    return skill + RATE * step / USUAL_STEP * gap


def taught(skill: float, expert: float, step: float) -> float:
    """Return a pupil's skill after an iteration of copying its expert."""
    return skill + RATE * step / USUAL_STEP * max(TAUGHT * expert - skill, 0.0)


def mean_speeds(library: dict[str, Any]) -> list[float]:
    """Return the mean joint speed of each clip of a library [m/s]."""
    speeds = np.linalg.norm(np.asarray(library["gvs"], np.float64), axis=-1).mean(-1)
    starts, frames = np.asarray(library["length_starts"]), np.asarray(library["motion_num_frames"])
    return [float(speeds[s : s + n].mean()) for s, n in zip(starts, frames)]


def strayed(frames: int, speed: float, skill: float, seed: int) -> Any:
    """Return how far each body is from its reference, shape (frames, 24, 3) [m].

    Within its skill some centimetres, the more the faster; beyond it the body goes down at the
    share of the clip that its skill is of the speed, and stays there.
    """
    draw = np.random.default_rng(seed)
    time = np.arange(frames)[:, None, None] / 30.0
    waves = draw.uniform(1.0, 4.0, (1, 24, 3))
    small = 0.02 * min(speed, skill) * np.sin(waves * time + 0.1 * draw.normal(size=(1, 24, 3)))
    apart = small * np.minimum(time * 3, 1.0)
    apart[..., 2] += 0.05 * np.exp(-10 * time[..., 0])  # set down too high
    if speed > skill:
        begins = max(2, int(frames * skill / speed))
        down = np.clip((np.arange(frames) - begins) / _FALL, 0.0, 1.0)
        apart[..., 0] += 0.5 * down[:, None]
        apart[..., 2] -= np.sqrt(_LYING**2 - 0.25) * down[:, None]
    return apart
