"""Fits a reference to the floor: the soles touch it where they come near it, and never sink in.

A clip whose feet hover two centimetres above the floor cannot be tracked by a body that stands on
it; one whose feet sink in is thrown out by the contact.
"""

from typing import Any

import mujoco
import numpy as np

from claims_env.rotation import Floats, conjugate, rotate
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.kinematics import Placement

_NEAR = 0.07
"""Height below which the lowest point is drawn to the floor [m]; above, the body flies."""

_DEPTH = 0.003
"""How deep the soles rest in the soft contact [m]."""


def lowest_points(placement: Placement, body: Humanoid) -> Floats:
    """Return the height of the body's lowest surface point in each state, shape (n,) [m]."""
    model = body.model
    heights = []
    for geom in range(1, model.ngeom):
        carrier = int(model.geom_bodyid[geom]) - 1
        turn = placement.orientations[:, carrier].astype(np.float64)
        centre = placement.positions[:, carrier] + rotate(turn, model.geom_pos[geom])
        # the world's up in the shape's own axes tells how far the shape reaches down
        up = rotate(conjugate(turn), np.array([0.0, 0, 1]))
        up = rotate(conjugate(np.array(model.geom_quat[geom])), up)
        heights.append(centre[:, 2] - _reach(int(model.geom_type[geom]), model.geom_size[geom], up))
    lowest: Floats = np.min(heights, axis=0)
    return lowest


def floor_offset(lowest: Floats) -> Floats:
    """Return by how much to raise the root in each frame, shape (frames,) [m].

    First the whole clip is set on the floor, then sinking frames are lifted and hovering ones drawn
    down, both smoothly over about a third of a second.
    """
    offset = np.full(len(lowest), -np.percentile(lowest, 5))
    offset += _smooth(-np.minimum(lowest + offset, 0), _BOX)
    height = lowest + offset
    near = np.exp(-((np.maximum(height, 0) / _NEAR) ** 4))
    return offset - _smooth(height * near, _BELL) - _DEPTH


def _reach(kind: int, size: Any, up: Floats) -> Floats:
    if kind == mujoco.mjtGeom.mjGEOM_SPHERE:
        return np.full(len(up), size[0])
    if kind == mujoco.mjtGeom.mjGEOM_CAPSULE:
        return np.asarray(size[0] + np.abs(up[:, 2]) * size[1])
    if kind == mujoco.mjtGeom.mjGEOM_CYLINDER:
        return np.asarray(size[0] * np.hypot(up[:, 0], up[:, 1]) + np.abs(up[:, 2]) * size[1])
    if kind == mujoco.mjtGeom.mjGEOM_ELLIPSOID:
        return np.asarray(np.linalg.norm(up * size, axis=1))
    return np.asarray((np.abs(up) * size).sum(1))


def _smooth(values: Floats, window: Floats) -> Floats:
    half = len(window) // 2
    smoothed: Floats = np.convolve(np.pad(values, half, mode="edge"), window, "valid")
    return smoothed


_BOX = np.full(9, 1 / 9)
_BELL = np.exp(-0.5 * (np.arange(-6, 7) / 2) ** 2)
_BELL /= _BELL.sum()
