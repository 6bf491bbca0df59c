"""Hands on the floor: set where they were keyed, and never below it."""

import numpy as np

from claims_env.generators.composer.limbs import SIDES
from claims_env.generators.composer.sampling import soft
from claims_env.rotation import Floats, about, conjugate, cross, from_rotvec, multiply, rotate
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
    free = joints[:, wrist] - joints[:, shoulder]
    spot = joints[:, shoulder] + _swung(free, spots - joints[:, shoulder], pin[:, None])
    # until the hand lies flat, its fingers hang below the wrist
    spot[:, 2] = np.maximum(spot[:, 2], WRIST + 0.08 * (1 - pin))
    target = spot - joints[:, shoulder]
    # carried along with the arm: a hinge that merely is as keyed may end up lying along it
    hinge = rotate(_shortest(free, target), rotate(turned[:, shoulder], ARMS[i].hinge))
    upper, bend = reach_for(ARMS[i], target, hinge)
    q[:, shoulder] = multiply(conjugate(turned[:, collar]), upper)
    q[:, elbow] = about("y", -SIDES[i] * bend)
    q[:, wrist] = _flat(multiply(upper, q[:, elbow]), pin, ahead, SIDES[i])


def _swung(free: Floats, fixed: Floats, pin: Floats) -> Floats:
    """Return the wrist from the shoulder between two places, shape (frames, 3) [m].

    An arm swings to the floor: the straight way from overhead would lead through the shoulder.
    """
    near, far = (np.linalg.norm(v, axis=1, keepdims=True) for v in (free, fixed))
    here, there = free / np.maximum(near, 1e-6), fixed / np.maximum(far, 1e-6)
    angle = np.arccos(np.clip((here * there).sum(1, keepdims=True), -0.999, 0.999999))
    towards = (np.sin((1 - pin) * angle) * here + np.sin(pin * angle) * there) / np.sin(angle)
    return np.asarray(towards * (near + pin * (far - near)))


def _shortest(here: Floats, there: Floats) -> Floats:
    """Return the shortest rotations (frames, 4) between directions, shapes (frames, 3)."""
    axis = cross(here, there)
    sine = np.linalg.norm(axis, axis=1)
    angle = np.arctan2(sine, (here * there).sum(1))
    return from_rotvec(axis * (angle / np.maximum(sine, 1e-9))[:, None])


def _flat(forearm: Floats, pin: Floats, ahead: Floats, side: float) -> Floats:
    """Return the wrist's rotation that lays a hand set on the floor flat on it."""
    along = rotate(forearm, np.array([side, 0.0, 0.0]))
    axis = cross(along, ahead)
    sine = np.linalg.norm(axis, axis=1)
    angle = soft(np.minimum(np.arctan2(sine, (along * ahead).sum(1)), 1.4) * pin**2, 2)
    turn = from_rotvec(axis * (angle / np.maximum(sine, 1e-6))[:, None])
    return multiply(conjugate(forearm), multiply(turn, forearm))
