"""Limb reach: arms and legs are bent just enough for their ends to be where they should.

All four limbs are solved at once: the elbow or knee turns about its hinge until the distance is
right, then shoulder or hip turns the whole limb along the shortest arc. Whatever else the limb did,
its twist for one, stays; and where an end already is where it should be, nothing changes.
"""

import numpy as np

from claims_env.rotation import Floats, conjugate, cross, from_rotvec, multiply, rotate
from claims_env.skeleton import INDEX, PARENTS, Pose
from claims_env.two_bone import ARMS, LEGS, STRAIGHTEST


def _joints(leg: str, arm: str) -> list[int]:
    return [INDEX[f"{side}_{name}"] for name in (leg, arm) for side in ("L", "R")]


ROOTS, HINGES, ENDS = (
    _joints("Hip", "Shoulder"),
    _joints("Knee", "Elbow"),
    _joints("Ankle", "Wrist"),
)
"""The joints of the four limbs, in the order left leg, right leg, left arm, right arm."""

_ABOVE = [PARENTS[joint] for joint in ROOTS]
_AXES = np.stack([limb.hinge for limb in (*LEGS, *ARMS)])


def reach(rotations: Floats, pose: Pose, targets: Floats, ends: Floats) -> Floats:
    """Return rotations (frames, 24, 4) with the four limbs' ends brought to their targets.

    Args:
        rotations: Local rotations, shape (frames, 24, 4).
        pose: Their forward kinematics.
        targets: Where ankles and wrists shall be, shape (frames, 4, 3) [m]; what is out of reach is
            reached for with an all but straight limb.
        ends: World orientations of ankles and wrists, shape (frames, 4, 4).
    """
    root, hinge, end = (pose.positions[:, joints] for joints in (ROOTS, HINGES, ENDS))
    upper, lower = pose.orientations[:, ROOTS], pose.orientations[:, HINGES]
    axis = rotate(upper, _AXES)
    wanted = targets - root
    distance = np.linalg.norm(wanted, axis=-1)
    angle = _bend(hinge - root, end - hinge, axis, distance)
    # a knee is not bent backwards, however far its foot is
    angle = np.maximum(angle, np.minimum(STRAIGHTEST - _bent(rotations[:, HINGES]), 0))
    bend = from_rotvec(axis * angle[..., None])
    turn = _shortest_arc(hinge - root + rotate(bend, end - hinge), wanted)
    upper, lower = multiply(turn, upper), multiply(turn, multiply(bend, lower))
    out = rotations.copy()
    out[:, ROOTS] = multiply(conjugate(pose.orientations[:, _ABOVE]), upper)
    out[:, HINGES] = multiply(conjugate(upper), lower)
    out[:, ENDS] = multiply(conjugate(lower), ends)
    return out


def _bend(a: Floats, b: Floats, axis: Floats, distance: Floats) -> Floats:
    """Return by how much b must turn about the axis for |a + b| to be the distance, (..., ) [rad].

    |a + R b|^2 is const + A cos + B sin of the angle; of its two solutions, the one on the side the
    limb is bent to already.
    """
    along = (axis * a).sum(-1) * (axis * b).sum(-1)
    cosine = (a * b).sum(-1) - along
    sine = (a * cross(axis, b)).sum(-1)
    straight = np.arctan2(sine, cosine)
    wanted = (distance**2 - (a * a).sum(-1) - (b * b).sum(-1)) / 2 - along
    most = np.maximum(np.cos(STRAIGHTEST), np.cos(straight))
    angle = np.arccos(np.clip(wanted / np.hypot(cosine, sine), -1, most))
    return np.asarray(straight + np.where(straight <= 0, angle, -angle))


def _bent(hinges: Floats) -> Floats:
    """Return how far knees and elbows, shape (frames, 4, 4), are bent about their hinges [rad]."""
    angle = 2 * np.arctan2((hinges[..., 1:] * _AXES).sum(-1), hinges[..., 0])
    return np.asarray((angle + np.pi) % (2 * np.pi) - np.pi)


def _shortest_arc(a: Floats, b: Floats) -> Floats:
    """Return the quaternions that turn directions a into directions b, shapes (..., 3)."""
    norms = np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1)
    q = np.concatenate([(norms + (a * b).sum(-1))[..., None], cross(a, b)], axis=-1)
    return np.asarray(q / np.maximum(np.linalg.norm(q, axis=-1, keepdims=True), 1e-12))
