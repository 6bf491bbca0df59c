"""Joint limits: how far people's joints go, and by how much a pose goes farther.

A joint's rotation is split into the twist about its bone and the swing that turns the bone to where
it points; the swing's rotation vector has no part along the bone, so three angles about the rest
frame's axes (x left, y up, z forward) say it all. Twist first, then swing. The ranges are ours:
textbook ranges of healthy people (Kapandji, 2007), widened where performed sport, dance and
acrobatics in public motion capture go farther, so that of its frames hardly one in a thousand is
beyond.
"""

import numpy as np

from claims_env.rotation import Floats, from_rotvec, multiply
from claims_env.skeleton import JOINTS

_DEGREES = {
    "Hip": ((-155, 50), (-60, 105), (-40, 125)),
    "Knee": ((-15, 158), (-30, 35), (-20, 20)),
    "Ankle": ((-72, 68), (-58, 62), (-52, 42)),
    "Foot": ((-50, 60), (-15, 15), (-15, 15)),
    "Spine1": ((-30, 60), (-40, 40), (-30, 30)),
    "Spine2": ((-30, 40), (-32, 32), (-25, 25)),
    "Spine3": ((-30, 40), (-32, 32), (-25, 25)),
    "Neck": ((-45, 55), (-68, 68), (-45, 45)),
    "Head": ((-75, 62), (-58, 58), (-50, 50)),
    "Collar": ((-20, 20), (-30, 20), (-20, 40)),
    "Shoulder": ((-170, 150), (-140, 80), (-108, 118)),
    "Elbow": ((-25, 40), (-155, 18), (-28, 72)),
    "Wrist": ((-90, 90), (-80, 80), (-40, 70)),
    "Hand": ((-20, 20), (-95, 20), (-30, 95)),
}
"""Least and most turn about x, y and z [deg]; of the left side, and of the middle.

The shoulder's twist is counted along the shortest swing from the stretched arm, and an arm that was
raised forward and one that was raised sideways come overhead a quarter turn apart: hence its width.
"""

_TWIST = {"Ankle": 2, "Foot": 2, "Collar": 0, "Shoulder": 0, "Elbow": 0, "Wrist": 0, "Hand": 0}
"""The rest axis nearest to the bone; where none is named, it is y."""


def joint_angles(rotations: Floats) -> Floats:
    """Return twist and swing of every joint but the root.

    Args:
        rotations: Local rotations, shape (frames, 24, 4), quaternions w, x, y, z.

    Returns:
        Turns about the rest axes x, y, z, shape (frames, 23, 3), each from -pi to pi [rad].
    """
    q = rotations[:, 1:]
    q = np.where(q[..., :1] < 0, -q, q)
    scalar, along = q[..., 0], q[:, _EACH, 1 + _TWISTS]
    one, other = q[:, _EACH, 1 + _ASIDE], q[:, _EACH, 1 + _UP]
    size = np.maximum(np.hypot(scalar, along), 1e-12)
    # q times the inverse twist, written out, and its rotation vector
    length = np.maximum(np.hypot(one, other), 1e-12)
    stretch = 2 * np.arctan2(length, size) / (length * size)
    angles = np.empty((*scalar.shape, 3))
    angles[:, _EACH, _TWISTS] = 2 * np.arctan2(along, scalar)
    angles[:, _EACH, _ASIDE] = stretch * (one * scalar - other * along)
    angles[:, _EACH, _UP] = stretch * (other * scalar + one * along)
    return angles


def beyond(rotations: Floats) -> Floats:
    """Return by how much joints leave their ranges, shape (frames, 23) [rad]; 0 within.

    Args:
        rotations: Local rotations, shape (frames, 24, 4), quaternions w, x, y, z.
    """
    angles = joint_angles(rotations)
    out = np.maximum(np.maximum(angles - MOST, LEAST - angles), 0)
    return np.asarray(np.sqrt(np.einsum("tjx,tjx->tj", out, out)))


def within(rotations: Floats) -> Floats:
    """Return the rotations with every joint turned back to the nearest angles of its range.

    Args:
        rotations: Local rotations, shape (frames, 24, 4), quaternions w, x, y, z.
    """
    angles = joint_angles(rotations)
    allowed = np.clip(angles, LEAST, MOST)
    frames, joints = np.nonzero((allowed != angles).any(-1))
    if not len(frames):
        return rotations
    kept = allowed[frames, joints]
    axis = np.eye(3)[_TWISTS[joints]]
    twist = from_rotvec(kept * axis)
    out = rotations.copy()
    out[frames, joints + 1] = multiply(from_rotvec(kept * (1 - axis)), twist)
    return out


def _plain(name: str) -> str:
    return name.removeprefix("L_").removeprefix("R_")


def _ranges() -> tuple[Floats, Floats]:
    left = np.radians([_DEGREES[_plain(name)] for name in JOINTS[1:]])
    right = np.array([name.startswith("R_") for name in JOINTS[1:]])
    # the mirror image turns the other way about y and z
    left[right, 1:] = -left[right, 1:, ::-1]
    return left[..., 0], left[..., 1]


LEAST, MOST = _ranges()
"""Least and most turn of every joint but the root, shape (23, 3) [rad]."""

_EACH = np.arange(len(JOINTS) - 1)
_TWISTS = np.array([_TWIST.get(_plain(name), 1) for name in JOINTS[1:]])
_ASIDE, _UP = (_TWISTS + 1) % 3, (_TWISTS + 2) % 3
