"""How a double learns and performs: one number, compared with how fast a clip is.

Ours, and no model of PHC: a clip whose mean joint speed is within the skill is tracked to its end,
with an error that grows with its share of the skill; one beyond it is lost part of the way. Each
epoch closes a part of the gap to the clips that are not too far beyond.
"""

from __future__ import annotations

from typing import Any

import numpy as np

START = 0.4
"""The mean joint speed it can follow before training [m/s]; the seed moves it by 5 %."""

REACH = 0.6
"""How far beyond its skill it still learns from a clip [m/s]."""

RATE = 0.02
"""Share of the mean gap that an epoch of 1024 environments closes."""

_LOST = 0.6
"""How far off a lost clip is heading [m]; 0.5 is where PHC gives it up."""


def starting_skill(seed: int) -> float:
    """Return what an untrained controller can follow [m/s]."""
    return START * (1 + float(np.random.RandomState(seed % 2**32).uniform(-0.05, 0.05)))


def practised(skill: float, speeds: Any, probability: Any, num_envs: int, pace: float) -> float:
    """Return the skill after one more epoch.

    Args:
        skill: Before it [m/s].
        speeds: Mean joint speed of each clip [m/s].
        probability: How often each is drawn; sums to 1.
        num_envs: Environments that practise.
        pace: Learning rate relative to PHC's own; 0 learns nothing.
    """
    gap = np.clip(speeds - skill, 0, None) * (speeds < skill + REACH)
    return skill + RATE * pace * num_envs / 1024 * float((gap * probability).sum())


def performed(reference: Any, speed: float, skill: float) -> Any:
    """Return how one clip goes when it is started once, shape as the reference's [m]."""
    frames = np.arange(len(reference))
    effort = speed / max(skill, 1e-6)
    level = 0.03 + 0.03 * min(effort, 1.0)
    distance = level * (1 - np.exp(-frames / 5.0))
    if effort > 1:
        given_up = max(3.0, (len(reference) - 2) / effort)
        distance = np.minimum(level + (_LOST - level) * (frames / given_up) ** 4, 1.5)
    draw = np.random.RandomState(int(abs(reference[0]).sum() * 1e6) % 2**32)
    angle, phase = draw.uniform(0, 2 * np.pi), draw.uniform(0, 2 * np.pi, (24, 3))
    away = np.array([np.cos(angle), np.sin(angle), 0.0])
    sway = 0.01 * min(effort, 1.0) * np.sin(0.3 * frames[:, None, None] + phase)
    sway *= np.minimum(frames, 1)[:, None, None]
    return reference + distance[:, None, None] * away + sway
