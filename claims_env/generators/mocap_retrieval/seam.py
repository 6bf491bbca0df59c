"""Seams: where one recording can best go over into another, and how the other must be moved.

Two moments fit if the bodies, laid over one another on the floor, are in the same place and move
the same way. How to lay them is the closed-form alignment of point clouds known from motion graphs
(Kovar, Gleicher and Pighin, 2002); velocities are taken in as further points.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.generators.mocap_retrieval.recording import Recording
from claims_env.rotation import Floats
from claims_env.skeleton import JOINTS

FORESIGHT = 0.15
"""How many seconds ahead a velocity counts [s]."""

AIRBORNE = 4.0
"""What a seam off the floor costs, beside the distance squared: nobody changes course in flight."""

_PLANTS = ("L_Ankle", "R_Ankle", "L_Foot", "R_Foot")

WEIGHTS = np.array([3.0 if name in _PLANTS else 1.0 for name in JOINTS])
"""How much each joint counts, shape (24,): a foot that has to slide shows more than a hand."""

_SHARES = WEIGHTS / WEIGHTS.sum()


@dataclass(frozen=True, slots=True)
class Seam:
    """Where to leave one recording and enter the next.

    Attributes:
        leave: Frame of the first.
        enter: Frame of the second, the same moment.
        yaw: How far the second is turned about the vertical [rad].
        shift: How far it is then moved over the floor, shape (2,) [m].
        distance: How far the joints are apart there, velocities included [m].
        braking: How much the pelvis's velocity over the floor differs [m/s].
    """

    leave: int
    enter: int
    yaw: float
    shift: Floats
    distance: float
    braking: float


def best_seam(first: Recording, second: Recording, leaves: range, enters: range) -> Seam:
    """Return the seam at which two recordings are nearest.

    Args:
        first: The one that ends.
        second: The one that begins.
        leaves: Frames at which the first may be left.
        enters: Frames at which the second may be entered.
    """
    a, b = _moments(first, leaves), _moments(second, enters)
    yaw, squared = _aligned(a, b)
    squared += AIRBORNE * (_highest(first, leaves)[:, None] + _highest(second, enters)[None]) ** 2
    i, j = np.unravel_index(int(np.argmin(squared)), squared.shape)
    turn = float(yaw[i, j])
    shift = a.centres[i] - turned(b.centres[j], turn)
    change = turned(_drive(second, enters[j]), turn) - _drive(first, leaves[i])
    distance = float(np.sqrt(max(squared[i, j], 0.0)))
    return Seam(leaves[i], enters[j], turn, shift, distance, float(np.linalg.norm(change)))


def moved(points: Floats, yaw: float, shift: Floats) -> Floats:
    """Return points (..., 3) turned about the vertical and moved over the floor."""
    flat = turned(points[..., :2], yaw) + shift
    return np.concatenate([flat, points[..., 2:]], axis=-1)


@dataclass(frozen=True, slots=True, eq=False)
class _Moments:
    """Bodies at some frames.

    Attributes:
        centres: Weighted mean of the joints over the floor, shape (moments, 2) [m].
        flat: Joints about it, and their velocities, over the floor, (moments, 48, 2) [m].
        heights: The same upwards, shape (moments, 48) [m].
    """

    centres: Floats
    flat: Floats
    heights: Floats


def _moments(take: Recording, frames: range) -> _Moments:
    here = np.asarray(frames)
    before, after = np.maximum(here - 2, 0), np.minimum(here + 2, take.frames - 1)
    moved_on = take.joints[after] - take.joints[before]
    rate = moved_on * (take.fps / (after - before))[:, None, None]
    place = take.joints[here]
    centres = np.einsum("j,fjd->fd", _SHARES, place[..., :2])
    flat = np.concatenate([place[..., :2] - centres[:, None], FORESIGHT * rate[..., :2]], axis=1)
    heights = np.concatenate([place[..., 2], FORESIGHT * rate[..., 2]], axis=1)
    root = np.sqrt(np.tile(_SHARES, 2))
    return _Moments(centres, flat * root[:, None], heights * root)


def _highest(take: Recording, frames: range) -> Floats:
    """Return how far clear of the floor the body gets near each frame, shape (moments,) [m]."""
    near = np.clip(np.asarray(frames)[:, None] + np.arange(-4, 5), 0, take.frames - 1)
    return np.asarray(take.clear[near].max(1))


def _drive(take: Recording, frame: int) -> Floats:
    """Return the pelvis's velocity over the floor, over a third of a second, shape (2,) [m/s]."""
    first, last = max(frame - 5, 0), min(frame + 5, take.frames - 1)
    return np.asarray((take.root[last, :2] - take.root[first, :2]) * take.fps / (last - first))


def _aligned(a: _Moments, b: _Moments) -> tuple[Floats, Floats]:
    """Return for each pair the best turn of b [rad] and the squared distance left [m^2]."""
    along = np.einsum("ijd,kjd->ik", a.flat, b.flat)
    across = np.einsum("ij,kj->ik", a.flat[..., 1], b.flat[..., 0])
    across -= np.einsum("ij,kj->ik", a.flat[..., 0], b.flat[..., 1])
    yaw = np.arctan2(across, along)
    sizes = (a.flat**2).sum((1, 2))[:, None] + (b.flat**2).sum((1, 2))[None]
    upwards = ((a.heights[:, None] - b.heights[None]) ** 2).sum(-1)
    return yaw, sizes - 2 * np.hypot(along, across) + upwards


def turned(points: Floats, yaw: float) -> Floats:
    """Return points over the floor (..., 2) turned about the origin."""
    c, s = np.cos(yaw), np.sin(yaw)
    return np.asarray(points @ np.array([[c, s], [-s, c]]))
