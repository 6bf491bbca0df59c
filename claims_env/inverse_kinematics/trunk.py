"""The trunk: how pelvis, spine and chest are turned, from the joints they carry."""

import numpy as np

from claims_env.inverse_kinematics.shortest_arc import swung, unit
from claims_env.rotation import (
    Floats,
    conjugate,
    cross,
    from_rotvec,
    joined,
    multiply,
    rotate,
    to_rotvec,
)
from claims_env.skeleton import INDEX, OFFSETS

_CARRIED = [[INDEX[n] for n in ("L_Hip", "R_Hip", "Spine1")]]
_CARRIED += [[INDEX[n] for n in ("L_Collar", "R_Collar", "Neck")]]
"""Of pelvis and chest: the joints to the left, to the right and up the spine."""

_SPINE = [INDEX["Spine2"], INDEX["Spine3"]]
_SHARES = np.array([[1 / 3], [2 / 3]])


def turn_trunk(bones: Floats) -> Floats:
    """Return the orientations of pelvis, spine 1, spine 2 and chest, shape (T, 4, 4).

    Pelvis and chest stand as their joints say; what the chest is turned against the pelvis is
    shared among the three joints between, each of which then bends until its bone points right.

    Args:
        bones: Directions from each joint's parent to the joint, shape (T, 22, 3).
    """
    ends = _orient(bones[:, _CARRIED])
    pelvis, chest = ends[:, :1], ends[:, 1:]
    way = to_rotvec(multiply(conjugate(pelvis), chest))
    between = multiply(pelvis, from_rotvec(way * _SHARES))
    between = swung(between, unit(OFFSETS[_SPINE]), bones[:, _SPINE])
    return np.concatenate([pelvis, between, chest], axis=1)


def _orient(seen: Floats) -> Floats:
    """Return the orientations of pelvis and chest, (T, 2, 4), that fit best what they carry.

    That is Kabsch's problem (1976) with three directions (T, 2, 3, 3) that count alike, solved by
    one step of Gauss and Newton's, which in a part's own frame needs one matrix for all frames. Of
    a guess one degree off, as HumanML3D's proportions give, it leaves a hundredth of a degree; if
    the directions are the skeleton's own, the guess is exact already.
    """
    guess = multiply(_stand(seen), _START)
    off = cross(_REST, rotate(conjugate(guess)[:, :, None], seen)).sum(2)
    return multiply(guess, from_rotvec((off[:, :, None] @ _YIELD)[:, :, 0]))


def _stand(seen: Floats) -> Floats:
    """Return an orientation (..., 4) by the joints to the left, to the right and up, (..., 3, 3).

    x goes from the right one to the left one, y as far up as it can.
    """
    side = unit(seen[..., 0, :] - seen[..., 1, :])
    front = unit(cross(side, seen[..., 2, :]))
    return _quaternion(side, cross(front, side), front)


def _quaternion(x: Floats, y: Floats, z: Floats) -> Floats:
    """Return the quaternions (..., 4) whose matrices have these columns.

    By the best conditioned of the four rows of 4 q q^T, which the matrix gives directly.
    """
    (a, d, e), (f, b, g), (h, i, c) = (np.moveaxis(v, -1, 0) for v in (x, y, z))
    rows = [
        joined(1 + a + b + c, g - i, h - e, d - f),
        joined(g - i, 1 + a - b - c, d + f, e + h),
        joined(h - e, d + f, 1 - a + b - c, g + i),
        joined(d - f, e + h, g + i, 1 - a - b + c),
    ]
    best = np.stack([row[..., k] for k, row in enumerate(rows)]).argmax(0)
    row: Floats = np.select([(best == k)[..., None] for k in range(4)], rows)
    return np.asarray(row / np.sqrt((row * row).sum(-1, keepdims=True)))


_REST = unit(OFFSETS[_CARRIED])
_START = conjugate(_stand(_REST))
_YIELD = np.linalg.inv(3 * np.eye(3) - np.swapaxes(_REST, -1, -2) @ _REST)
"""How far to turn for what the directions are off by, shape (2, 3, 3)."""
