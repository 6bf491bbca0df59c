"""Hands on the floor: set where they were keyed, and never below it."""

import numpy as np

from claims_env.generators.composer.limbs import SIDES
from claims_env.generators.composer.sampling import soft
from claims_env.rotation import Floats, about, conjugate, from_rotvec, multiply, rotate
from claims_env.skeleton import INDEX, Pose
from claims_env.two_bone import ARMS, reach_for

REACH = 0.26
"""How long a hand takes to be set on the floor or taken off [s]."""

WRIST = 0.05
"""Height of the wrist of a hand flat on the floor [m]."""

CLEAR = 0.03
"""A hand whose joint is lower than this [m] is kept out of the floor."""


def solve_hand(q: Floats, pose: Pose, spots: Floats, pin: Floats, ahead: Floats, i: int) -> None:
    """Write shoulder, elbow and wrist rotations into q, shape (frames, 24, 4).

    Args:
        q: Rotations with the arm as keyed.
        pose: Their forward kinematics.
        spots: Where the wrist is set, shape (frames, 3) [m].
        pin: How far it is, 0 to 1, shape (frames,).
        ahead: Where its fingers point on the floor, shape (frames, 3).
        i: 0 left, 1 right.
    """
    collar, shoulder, elbow, wrist = (
        INDEX[f"{'LR'[i]}_{name}"] for name in ("Collar", "Shoulder", "Elbow", "Wrist")
    )
    joints, turned = pose.positions, pose.orientations
    spot = joints[:, wrist] + pin[:, None] * (spots - joints[:, wrist])
    # until the hand lies flat, its fingers hang below the wrist
    spot[:, 2] = np.maximum(spot[:, 2], WRIST + 0.08 * (1 - pin))
    hinge = rotate(turned[:, shoulder], np.broadcast_to(ARMS[i].hinge, spot.shape))
    upper, bend = reach_for(ARMS[i], spot - joints[:, shoulder], hinge)
    q[:, shoulder] = multiply(conjugate(turned[:, collar]), upper)
    q[:, elbow] = about("y", -SIDES[i] * bend)
    q[:, wrist] = _flat(multiply(upper, q[:, elbow]), pin, ahead, SIDES[i])


def _flat(forearm: Floats, pin: Floats, ahead: Floats, side: float) -> Floats:
    """Return the wrist's rotation that lays a hand set on the floor flat on it."""
    along = rotate(forearm, np.broadcast_to(np.array([side, 0.0, 0.0]), ahead.shape))
    axis = np.cross(along, ahead)
    sine = np.linalg.norm(axis, axis=1)
    angle = soft(np.minimum(np.arctan2(sine, (along * ahead).sum(1)), 1.4) * pin**2, 2)
    turn = from_rotvec(axis * (angle / np.maximum(sine, 1e-6))[:, None])
    return multiply(conjugate(forearm), multiply(turn, forearm))
