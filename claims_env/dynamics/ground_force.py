"""Ground forces: what the floor would have to push with for a motion to happen.

Wherever flesh is low enough the floor may push, within a cone of friction. Out of all such forces
those are taken that leave the least over of what the motion needs; what is left over, the residual,
is what only a hidden hand could supply. Newton's laws leave nothing over in a real performance; a
capture leaves its noise.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.contact import CLEARANCE, RADII, SOLE_JOINTS, SOLE_OFFSETS
from claims_env.dynamics.nonnegative import solve
from claims_env.dynamics.segment_motion import SegmentMotion
from claims_env.flight import GRAVITY
from claims_env.rotation import Floats, rotate
from claims_env.skeleton import Pose

Indices = npt.NDArray[np.intp]

FRICTION = 0.9
"""Tangential over normal force a sole can bear: a rubber sole on a dry sports floor."""

LEG = 0.9
"""Lever that moments are compared with forces by [m]: a leg's length."""

BEARING, FADING = 0.02, 0.02
"""A point lower than the first bears weight; above it every further step of the second [m] makes a
push ten times dearer, up to `contact.CLEARANCE`.

Captured feet float by centimetres, so a point in between may bear a body that nothing else bears,
but a planted foot never shares its load with one that swings past.
"""

_STIFFNESS = 1e3
"""How dear a push is against leaving something over: one body weight on a point leaves 1/1000."""

_HALF_WIDTHS = np.array([0.03, 0.04, 0.03])
"""Of the sole at heel, ball and toe [m]."""

_EDGE_JOINTS = np.repeat(SOLE_JOINTS, 2)
_EDGE_OFFSETS = np.repeat(SOLE_OFFSETS, 2, axis=0)
_EDGE_OFFSETS[:, 0] = np.tile(np.outer(_HALF_WIDTHS, (-1, 1)).ravel(), 2)
_FLESH = np.flatnonzero(RADII > 0)

JOINTS_PUSHED = np.concatenate([_EDGE_JOINTS, _FLESH])
"""The joint whose segment each point of `touch_points` belongs to, shape (points,)."""

_EDGES = np.array([(FRICTION, 0, 1), (-FRICTION, 0, 1), (0, FRICTION, 1), (0, -FRICTION, 1)])
"""The friction cone as a pyramid of four edges, each with a normal part of 1."""


@dataclass(frozen=True, slots=True, eq=False)
class GroundForces:
    """What the floor pushes with, per kilogram of body mass, and what it cannot.

    Attributes:
        joints: The joint whose segment each point belongs to, shape (points,).
        points: Where the floor pushes, shape (frames, points, 3) [m].
        forces: How hard, shape (frames, points, 3) [m/s^2].
        residual: What is left over: three forces in body weights, three moments about the centre of
            mass in body weights times `LEG`, shape (frames, 6).
    """

    joints: Indices
    points: Floats
    forces: Floats
    residual: Floats

    @property
    def total(self) -> Floats:
        """The floor's push in all, shape (frames, 3) [m/s^2]."""
        return np.asarray(self.forces.sum(1))

    @property
    def pressure_centre(self) -> Floats:
        """Where on the floor the push acts, shape (frames, 2) [m]; NaN where there is none."""
        up = self.forces[..., 2:]
        weight = up.sum(1)
        return np.where(
            weight > 1e-6, (up * self.points[..., :2]).sum(1) / np.maximum(weight, 1e-6), np.nan
        )


def ground_forces(pose: Pose, needed: SegmentMotion) -> GroundForces:
    """Return the forces at the floor, z = 0, that leave the least over.

    Args:
        pose: The whole clip's.
        needed: What its movement takes, from `segment_motion`.
    """
    points = touch_points(pose, needed.stride)
    ease = _ease(points[..., 2])
    near = np.flatnonzero((ease > 0).any(0))
    points, ease = points[:, near], ease[:, near]
    wrench = np.concatenate([needed.force, needed.moment / LEG], axis=1) / GRAVITY
    pushes, residual = solve(
        _effects(points - needed.com[:, None]), wrench, np.tile(ease, len(_EDGES))
    )
    edges = pushes.reshape(len(pushes), len(_EDGES), -1)
    forces = np.einsum("tek,ex->tkx", edges, _EDGES)
    return GroundForces(JOINTS_PUSHED[near], points, forces * GRAVITY, residual)


def touch_points(pose: Pose, stride: int = 1) -> Floats:
    """Return the points a floor can push at, every so many frames, shape (frames, points, 3) [m].

    Both edges of each sole at heel, ball and toe, then the lowest point of the flesh around every
    other joint.
    """
    positions, turned = pose.positions[::stride], pose.orientations[::stride]
    feet = positions[:, _EDGE_JOINTS] + rotate(turned[:, _EDGE_JOINTS], _EDGE_OFFSETS)
    flesh = positions[:, _FLESH] - RADII[_FLESH, None] * np.array([0.0, 0.0, 1.0])
    return np.concatenate([feet, flesh], axis=1)


def _ease(height: Floats) -> Floats:
    fading = 10.0 ** (-np.maximum(height - BEARING, 0) / FADING)
    return np.where(height < CLEARANCE, _STIFFNESS * fading, 0.0)


def _effects(arms: Floats) -> Floats:
    """Return the wrench of a unit push along each edge at each point.

    Args:
        arms: From the centre of mass to the points, shape (frames, points, 3) [m].

    Returns:
        Shape (frames, 6, edges * points).
    """
    frames, points, _ = arms.shape
    x, y, z = (arms[:, None, :, i] / LEG for i in range(3))
    along, aside, up = (_EDGES[:, i, None] for i in range(3))
    out = np.empty((frames, 6, len(_EDGES), points))
    out[:, 0], out[:, 1], out[:, 2] = along, aside, up
    out[:, 3] = y * up - z * aside
    out[:, 4] = z * along - x * up
    out[:, 5] = x * aside - y * along
    return out.reshape(frames, 6, -1)
