"""Two bones and a hinge: the closed-form solution of SMPL's arms and legs."""

from dataclasses import dataclass

import numpy as np

from claims_env.rotation import Floats, from_rotvec, rotate
from claims_env.skeleton import INDEX, OFFSETS

STRAIGHTEST = 0.04
"""Least bend of a knee or elbow [rad]: a locked hinge flips its plane at the slightest error."""


@dataclass(frozen=True, slots=True, eq=False)
class Limb:
    """Two bones and a hinge, in the rest frame.

    Attributes:
        upper: Offset of the hinge from the limb's root [m].
        lower: Offset of the limb's end from the hinge [m].
        hinge: Unit axis about which the bend is positive.
        length: Distance from root to end at the least bend [m].
    """

    upper: Floats
    lower: Floats
    hinge: Floats
    length: float

    def reach(self, bend: Floats) -> Floats:
        """Return the end relative to the root, shape (..., 3) [m], before the root joint turns."""
        turn = from_rotvec(np.asarray(bend[..., None] * self.hinge))
        return self.upper + rotate(turn, np.broadcast_to(self.lower, (*bend.shape, 3)))

    def bend(self, distance: Floats) -> Floats:
        """Return the hinge angle [rad] at which root and end are `distance` [m] apart.

        |a + R b|^2 is const + A cos + B sin of the hinge angle; the larger root is the human one.
        """
        a, b, k = self.upper, self.lower, self.hinge
        along = (k @ a) * (k @ b)
        cosine, sine = a @ b - along, a @ np.cross(k, b)
        size = np.hypot(cosine, sine)
        wanted = (distance**2 - a @ a - b @ b) / 2 - along
        angle = np.arctan2(sine, cosine) + np.arccos(np.clip(wanted / size, -1, 1))
        return np.asarray(np.maximum(angle, STRAIGHTEST))


def _limb(first: str, second: str, hinge: tuple[float, float, float]) -> Limb:
    bones, axis = (OFFSETS[INDEX[first]], OFFSETS[INDEX[second]]), np.array(hinge)
    straight = bones[0] + rotate(from_rotvec(STRAIGHTEST * axis), bones[1])
    return Limb(*bones, axis, float(np.linalg.norm(straight)))


LEGS = (_limb("L_Knee", "L_Ankle", (1, 0, 0)), _limb("R_Knee", "R_Ankle", (1, 0, 0)))
ARMS = (_limb("L_Elbow", "L_Wrist", (0, -1, 0)), _limb("R_Elbow", "R_Wrist", (0, 1, 0)))


def reach_for(limb: Limb, target: Floats, hinge: Floats) -> tuple[Floats, Floats]:
    """Return the root joint's orientation (frames, 4) and the hinge's bend (frames,) [rad].

    Args:
        limb: Which limb.
        target: Its end relative to its root, shape (frames, 3) [m], any frame.
        hinge: Wanted direction of the hinge's axis; only its part across the target counts.
    """
    distance = np.linalg.norm(target, axis=-1)
    bend = limb.bend(np.minimum(distance, limb.length))
    own = limb.reach(bend)
    source = _basis(own, np.broadcast_to(limb.hinge, own.shape))
    return _quaternion(_basis(target, hinge) @ np.swapaxes(source, -1, -2)), bend


def _basis(first: Floats, second: Floats) -> Floats:
    """Return orthonormal columns: first, the part of second across it, their cross product."""
    x = first / np.maximum(np.linalg.norm(first, axis=-1, keepdims=True), 1e-9)
    y = second - (second * x).sum(-1, keepdims=True) * x
    y = y / np.maximum(np.linalg.norm(y, axis=-1, keepdims=True), 1e-9)
    return np.stack([x, y, np.cross(x, y)], axis=-1)


def _quaternion(m: Floats) -> Floats:
    """Return the quaternions (..., 4) of matrices, by the best conditioned of four forms."""
    d = np.stack([m[..., 0, 0], m[..., 1, 1], m[..., 2, 2]], axis=-1)
    trace = d.sum(-1)
    x, y, z = m[..., 2, 1], m[..., 0, 2], m[..., 1, 0]
    u, v, w = m[..., 1, 2], m[..., 2, 0], m[..., 0, 1]
    forms = np.stack(
        [
            np.stack([1 + trace, x - u, y - v, z - w], axis=-1),
            np.stack([x - u, 1 + 2 * d[..., 0] - trace, z + w, y + v], axis=-1),
            np.stack([y - v, z + w, 1 + 2 * d[..., 1] - trace, x + u], axis=-1),
            np.stack([z - w, y + v, x + u, 1 + 2 * d[..., 2] - trace], axis=-1),
        ],
        axis=-2,
    )
    best = np.concatenate([trace[..., None], d], axis=-1).argmax(-1)
    q = np.take_along_axis(forms, best[..., None, None], axis=-2)[..., 0, :]
    return np.asarray(q / np.linalg.norm(q, axis=-1, keepdims=True))
