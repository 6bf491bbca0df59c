"""The rest frame: which way a foreign skeleton stands in its rest pose, and in its world."""

from collections.abc import Mapping

import numpy as np

from claims_env.errors import MotionError
from claims_env.inverse_kinematics.shortest_arc import shortest_arc, unit
from claims_env.rotation import Floats, conjugate, multiply, rotate
from claims_env.skeleton import UPRIGHT

UPRIGHT_SHARE = 0.8
"""How far up the trunk points on average where a body is said to be always upright."""

_Y, _Z = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])

STANDING = 0.7
"""How far the trunk in rest may lean from an axis: cosine of 45 degrees."""


def rest_frame(rest: Mapping[str, Floats], source: str) -> Floats:
    """Return the rotation (4,), w x y z, from SMPL's rest frame to the foreign one.

    Up leads from the hips to the shoulders and left from hip to hip, each along the nearest axis: a
    body that leans a little in rest leans in every frame.

    Args:
        rest: Where hips and shoulders are, by SMPL's names, shape (3,) each.
        source: Named in errors.

    Raises:
        MotionError: It does not stand along the axes.
    """
    shoulders, hips = (rest["L_Shoulder"] + rest["R_Shoulder"]), (rest["L_Hip"] + rest["R_Hip"])
    up, left = unit(shoulders - hips), unit(rest["L_Hip"] - rest["R_Hip"])
    axes = [_axis(up), _axis(left)]
    if min(axes[0] @ up, axes[1] @ left) < STANDING or abs(axes[0] @ axes[1]) > 0.5:
        raise MotionError(
            source,
            "its rest pose is no body that stands along the axes.",
            "Export it with a T-pose as rest pose.",
        )
    return _quaternion(np.stack([axes[1], axes[0], np.cross(axes[1], axes[0])], axis=1))


def to_upright(frame: Floats, trunk: Floats) -> Floats:
    """Return the rotation (4,) from the foreign world to one that is z up.

    The world's up is the rest pose's, but where that cannot be: nobody's world is x up, and one
    whose body always stands along y is not z up. Then it is y, as BVH has it: such files turn the
    body out of its rest in every frame.

    Args:
        frame: From SMPL's rest frame to the foreign one, shape (4,).
        trunk: From hips to shoulders in every frame, shape (frames, 3).
    """
    up = rotate(frame, _Y)
    is_lying = abs(up[2]) > STANDING and unit(trunk).mean(0)[1] > UPRIGHT_SHARE
    if abs(up[0]) > STANDING or is_lying:
        return shortest_arc(_Y, _Z)
    return multiply(UPRIGHT, conjugate(frame))


def _axis(direction: Floats) -> Floats:
    axis = np.zeros(3)
    place = int(np.abs(direction).argmax())
    axis[place] = np.sign(direction[place])
    return axis


def _quaternion(matrix: Floats) -> Floats:
    """Return the quaternion of a rotation that carries axes to axes: x first, then y about it."""
    first = shortest_arc(np.array([1.0, 0.0, 0.0]), matrix[:, 0])
    angle = np.arctan2(
        np.cross(rotate(first, np.array([0.0, 1.0, 0.0])), matrix[:, 1]) @ matrix[:, 0],
        rotate(first, np.array([0.0, 1.0, 0.0])) @ matrix[:, 1],
    )
    twist = np.concatenate([[np.cos(angle / 2)], np.sin(angle / 2) * matrix[:, 0]])
    return multiply(twist, first)
