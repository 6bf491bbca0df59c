"""Two bones and a hinge: the closed-form solution of SMPL's arms and legs."""

from dataclasses import dataclass

import numpy as np

from claims_env.rotation import Floats, cross, from_rotvec, rotate
from claims_env.skeleton import INDEX, OFFSETS

STRAIGHTEST = 0.04
"""Least bend of a knee or elbow [rad]: a locked hinge flips its plane at the slightest error."""


@dataclass(frozen=True, slots=True, eq=False)
class Limb:
    """Two bones and a hinge, in the rest frame; or several limbs, along a leading axis.

    Attributes:
        upper: Offset of the hinge from the limb's root, shape (..., 3) [m].
        lower: Offset of the limb's end from the hinge, shape (..., 3) [m].
        hinge: Unit axis about which the bend is positive, shape (..., 3).
        length: Distance from root to end at the least bend, shape (...) [m].
    """

    upper: Floats
    lower: Floats
    hinge: Floats
    length: Floats

    def reach(self, bend: Floats) -> Floats:
        """Return the end relative to the root, shape (..., 3) [m], before the root joint turns.

        Rodrigues' formula for the lower bone about the hinge.
        """
        along = self.hinge * _dot(self.hinge, self.lower)[..., None]
        across = cross(self.hinge, self.lower)
        cosine, sine = np.cos(bend)[..., None], np.sin(bend)[..., None]
        return np.asarray(self.upper + along + (self.lower - along) * cosine + across * sine)

    def bend(self, distance: Floats) -> Floats:
        """Return the hinge angle [rad] at which root and end are `distance` [m] apart.

        |a + R b|^2 is const + A cos + B sin of the hinge angle; the larger root is the human one.
        """
        a, b, k = self.upper, self.lower, self.hinge
        along = _dot(k, a) * _dot(k, b)
        cosine, sine = _dot(a, b) - along, _dot(a, cross(k, b))
        wanted = (distance**2 - _dot(a, a) - _dot(b, b)) / 2 - along
        angle = np.arccos(np.clip(wanted / np.hypot(cosine, sine), -1, 1))
        return np.asarray(np.maximum(np.arctan2(sine, cosine) + angle, STRAIGHTEST))


def _dot(a: Floats, b: Floats) -> Floats:
    return np.asarray(np.einsum("...i,...i->...", a, b))


def _limb(first: str, second: str, hinge: tuple[float, float, float]) -> Limb:
    upper, lower, axis = OFFSETS[INDEX[first]], OFFSETS[INDEX[second]], np.array(hinge, float)
    straight = upper + rotate(from_rotvec(STRAIGHTEST * axis), lower)
    return Limb(upper, lower, axis, np.array(np.linalg.norm(straight)))


def _together(limbs: tuple[Limb, Limb]) -> Limb:
    columns = zip(*((m.upper, m.lower, m.hinge, m.length) for m in limbs), strict=True)
    return Limb(*(np.stack(column) for column in columns))


LEGS = (_limb("L_Knee", "L_Ankle", (1, 0, 0)), _limb("R_Knee", "R_Ankle", (1, 0, 0)))
ARMS = (_limb("L_Elbow", "L_Wrist", (0, -1, 0)), _limb("R_Elbow", "R_Wrist", (0, 1, 0)))
BOTH_LEGS = _together(LEGS)
"""Left and right in one, for arrays of shape (..., 2, 3)."""


def reach_for(limb: Limb, target: Floats, hinge: Floats) -> tuple[Floats, Floats]:
    """Return the root joint's orientation (..., 4) and the hinge's bend (...) [rad].

    Args:
        limb: Which limb, or limbs along the last but one axis of the targets.
        target: Its end relative to its root, shape (..., 3) [m], any frame.
        hinge: Wanted direction of the hinge's axis; only its part across the target counts.
    """
    bend = limb.bend(np.minimum(np.sqrt(_dot(target, target)), limb.length))
    source = _basis(limb.reach(bend), limb.hinge)
    return _quaternion(_basis(target, hinge) @ np.swapaxes(source, -1, -2)), bend


def _basis(first: Floats, second: Floats) -> Floats:
    """Return orthonormal columns: first, the part of second across it, their cross product."""
    x = _unit(first)
    y = _unit(second - _dot(second, x)[..., None] * x)
    out = np.empty((*x.shape, 3))
    out[..., 0], out[..., 1] = x, y
    for i, (j, k) in enumerate(((1, 2), (2, 0), (0, 1))):
        out[..., i, 2] = x[..., j] * y[..., k] - x[..., k] * y[..., j]
    return out


def _unit(v: Floats) -> Floats:
    return v / np.maximum(np.sqrt(_dot(v, v)), 1e-9)[..., None]


def _quaternion(m: Floats) -> Floats:
    """Return the quaternions (..., 4) of matrices, by the best conditioned of four forms.

    The forms are the columns of 4 q q^T, which is written down from the matrix directly.
    """
    x, y, z = (m[..., i, i] for i in range(3))
    square = np.empty((*m.shape[:-2], 4, 4))
    square[..., 0, 0] = 1 + x + y + z
    for i, own in enumerate((x, y, z), 1):
        square[..., i, i] = 1 + 2 * own - (x + y + z)
    for i, (j, k) in enumerate(((2, 1), (0, 2), (1, 0)), 1):
        square[..., 0, i] = square[..., i, 0] = m[..., j, k] - m[..., k, j]
        square[..., j + 1, k + 1] = square[..., k + 1, j + 1] = m[..., j, k] + m[..., k, j]
    best = np.einsum("...ii->...i", square).argmax(-1)
    return _unit(np.take_along_axis(square, best[..., None, None], axis=-2)[..., 0, :])
