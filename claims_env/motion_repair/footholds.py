"""Footholds: when a foot or hand bears on the floor, and how far it must move to stop sliding.

A foot rolls from heel to toe without sliding, so it is its pivot, the slowest of the points that
touch, that has to rest; what the pivot moved is taken back, and the foot is lifted or lowered until
its lowest point lies on the floor.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.contact import LEFT_SOLE, RIGHT_SOLE, Mask, soles, spells
from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, Pose

LOW = 0.035
"""A sole or palm lower than this may bear weight [m]; noisy mocap stands 0.015 m off the floor."""

SLOW = 0.45
"""A point that bears weight moves slower than this [m/s]; planted feet of mocap slide at 0.2."""

SHORTEST_S, GAP_S = 0.09, 0.07
"""The shortest foothold, and the longest flicker between two that are one [s]."""

EASE_S = 0.14
"""How long before and after a foothold its correction is faded [s]."""

_HANDS = [INDEX["L_Hand"], INDEX["R_Hand"]]
PALM = 0.03
"""Flesh below a hand's joint [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class Footholds:
    """What bears on the floor; limbs in the order left foot, right foot, left hand, right hand.

    Attributes:
        held: Which limb bears weight, shape (frames, 4).
        hold: The same, faded in and out over `EASE_S`, shape (frames, 4), 0 to 1.
        correction: How far each limb's end must move, shape (frames, 4, 3) [m].
    """

    held: Mask
    hold: Floats
    correction: Floats


def footholds(pose: Pose, fps: float) -> Footholds:
    """Return the footholds of a motion that stands on z = 0."""
    points = _points(pose)
    height, moved = points[..., 2], np.zeros(points.shape[:-1])
    step = np.linalg.norm(np.diff(points[..., :2], axis=0), axis=-1) * fps
    moved[:-1] = step
    moved[1:] = np.minimum(moved[1:], np.maximum(step, moved[:-1]))
    touching = (height < LOW) & (moved < SLOW)
    held = np.stack([_settled(np.asarray(touching[:, i].any(1)), fps) for i in range(4)], axis=1)
    correction = np.zeros((*held.shape, 3))
    hold = np.zeros(held.shape)
    for i in range(4):
        runs = list(spells(held[:, i]))
        fixes = [_fix(points[a:b, i], touching[a:b, i]) for a, b in runs]
        hold[:, i], correction[:, i] = _faded(runs, fixes, len(held), EASE_S * fps)
    return Footholds(held, hold, correction)


def _points(pose: Pose) -> Floats:
    """Return three points of each limb that may touch, shape (frames, 4, 3, 3) [m]."""
    sole = soles(pose)
    hands = pose.positions[:, _HANDS] - np.array([0.0, 0.0, PALM])
    feet = np.stack([sole[:, LEFT_SOLE], sole[:, RIGHT_SOLE]], axis=1)
    return np.concatenate([feet, np.repeat(hands[:, :, None], 3, axis=2)], axis=1)


def _settled(mask: Mask, fps: float) -> Mask:
    """Return the mask without flickers: short gaps filled, then short spells left out."""
    out = mask.copy()
    for a, b in list(spells(~mask)):
        if a > 0 and b < len(mask) and b - a <= GAP_S * fps:
            out[a:b] = True
    for a, b in list(spells(out)):
        if b - a < SHORTEST_S * fps:
            out[a:b] = False
    return out


def _fix(points: Floats, touching: Mask) -> Floats:
    """Return the correction over one foothold, shape (frames, 3) [m], from points (frames, 3, 3).

    The pivot's way is added up and taken back, centred, so that the foothold stays where it was.
    """
    steps = np.diff(points[..., :2], axis=0)
    both = touching[1:] & touching[:-1]
    length = np.where(both, np.linalg.norm(steps, axis=-1), np.inf)
    # where none touches in both frames, the lower one is taken for the pivot
    fallback = points[1:, :, 2].argmin(1)
    pivot = np.where(np.isfinite(length).any(1), length.argmin(1), fallback)
    way = np.take_along_axis(steps, pivot[:, None, None], axis=1)[:, 0]
    back = -np.concatenate([np.zeros((1, 2)), np.cumsum(way, axis=0)])
    down = -points[..., 2].min(1)
    return np.column_stack([back - back.mean(0), down])


def _faded(
    runs: list[tuple[int, int]], fixes: list[Floats], frames: int, ease: float
) -> tuple[Floats, Floats]:
    """Return (hold, correction) over all frames: between footholds each fades into the next."""
    weights, values = np.zeros(frames), np.zeros((frames, 3))
    hold = np.zeros(frames)
    index = np.arange(frames)
    for (a, b), fix in zip(runs, fixes, strict=True):
        away = np.maximum(np.maximum(a - index, index - (b - 1)), 0) / ease
        weight = _smooth(1 - away)
        hold = np.maximum(hold, weight)
        weights += weight
        values += weight[:, None] * fix[np.clip(index - a, 0, b - a - 1)]
    inside = weights > 1
    values[inside] /= weights[inside, None]
    for (a, b), fix in zip(runs, fixes, strict=True):
        values[a:b] = fix
    return hold, values


def _smooth(level: Floats) -> Floats:
    level = np.clip(level, 0, 1)
    return np.asarray(level * level * (3 - 2 * level))
