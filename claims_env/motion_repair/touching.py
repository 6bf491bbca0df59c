"""Touching: which points of a body lie on the floor, and when none does and it flies."""

from dataclasses import dataclass

import numpy as np

from claims_env.contact import RADII, Mask, soles, spells
from claims_env.dynamics.momentum import Momentum
from claims_env.flight import GRAVITY
from claims_env.motion_repair.footholds import Footholds
from claims_env.rotation import Floats
from claims_env.skeleton import JOINTS, Pose

SOLE_HEIGHT, FLESH_HEIGHT = 0.04, 0.08
"""A sole, and any other part, lower than this bears weight [m]; flesh gives way, soles do not."""

SLACK = 0.02
"""Whatever lies so little above the lowest point bears weight too [m]."""

SHORTEST_S, LONGEST_S = 0.08, 0.85
"""Of a flight; clear of the floor for longer is no jump, whoever recorded it."""

_FLESH = [i for i, name in enumerate(JOINTS) if "Ankle" not in name and "Foot" not in name]
_DOWN = RADII[_FLESH, None] * np.array([0.0, 0.0, 1.0])
_HEIGHTS = np.concatenate([np.full(6, SOLE_HEIGHT), np.full(len(_FLESH), FLESH_HEIGHT)])


@dataclass(frozen=True, slots=True, eq=False)
class Touching:
    """What of a body is on the floor.

    Attributes:
        points: Heel, ball and toe of both feet, then the undersides of the other joints, shape
            (frames, 26, 3) [m].
        mask: Which of them bear weight, shape (frames, 26); none in flight.
        aloft: Frames of flight, shape (frames,).
    """

    points: Floats
    mask: Mask
    aloft: Mask


def touching(pose: Pose, momentum: Momentum, holds: Footholds, fps: float) -> Touching:
    """Return what of a body is on the floor, z = 0; in every frame but those of flight, something.

    Args:
        pose: Of the frames.
        momentum: Of the same.
        holds: Feet and hands known to be planted.
        fps: Frames per second.
    """
    flesh = pose.positions[:, _FLESH] - _DOWN
    points = np.concatenate([soles(pose), flesh], axis=1)
    heights = points[..., 2]
    lowest = heights.min(1)
    clear = (lowest > SOLE_HEIGHT) & ~holds.held.any(1)
    aloft = _flown(clear, -momentum.acceleration[:, 2], fps)
    mask = heights < np.maximum(_HEIGHTS, lowest[:, None] + SLACK)
    return Touching(points, mask & ~aloft[:, None], aloft)


def _flown(clear: Mask, fall: Floats, fps: float) -> Mask:
    """Return the frames of those spells off the floor in which the body falls on the whole."""
    aloft = np.zeros(len(clear), dtype=bool)
    for a, b in spells(clear):
        if SHORTEST_S * fps <= b - a <= LONGEST_S * fps and fall[a:b].mean() > GRAVITY / 2:
            aloft[a:b] = True
    return aloft
