"""From joint positions to features.

Source: HumanML3D's `motion_representation` notebook (MIT), whose features these are to within its
single precision, but for one sign: see `smooth_heading`.
"""

import numpy as np

from claims_env.humanml3d.heading import smooth_heading, to_body
from claims_env.humanml3d.layout import (
    CONTACTS,
    FEATURES,
    HEIGHT,
    POSITIONS,
    ROTATIONS,
    STEP,
    TURN,
    VELOCITIES,
    check_joints,
)
from claims_env.humanml3d.placement import placed
from claims_env.humanml3d.swing import swings
from claims_env.rotation import Floats

_FEET = (7, 10, 8, 11)
"""Left ankle, left toe, right ankle, right toe."""

_STILL = 0.002
"""Below this squared way to the next frame a foot counts as in contact [m^2] (0.89 m/s)."""


def encode_joints(joints: Floats) -> Floats:
    """Return the features, shape (frames - 1, 263), of positions (frames, 22, 3) [m], y up.

    The clip may stand and face anywhere: it is `placed` first. Bones keep their lengths; bring a
    motion onto the skeleton of the data by `joints_of`. The last frame is lost to velocities, and
    the heading is smoothed over 80 frames to either side, so that leaving out a frame at the end
    turns those before it by up to half of what the body turned in it. For the same features again
    encode `decode_with_next`, not `decode_joints`.

    Raises:
        MotionError: Another shape, fewer than two frames, numbers that are not finite, or a bone
            without length.
    """
    check_joints(joints, least=2)
    joints = placed(joints.astype(np.float64))
    looks = smooth_heading(joints)
    ways = np.diff(joints, axis=0)
    out = np.empty((len(ways), FEATURES))
    # half the angle, and in the sense that undoes it: the y of a quaternion from world to body
    out[:, TURN] = -np.diff(looks)[:, None] / 2
    out[:, STEP] = to_body(ways[:, 0], looks[1:])[:, ::2]
    out[:, HEIGHT] = joints[:-1, 0, 1:2]
    out[:, POSITIONS] = _positions(joints[:-1], looks[:-1])
    out[:, ROTATIONS] = swings(joints[:-1], looks[:-1])
    out[:, VELOCITIES] = to_body(ways, looks[:-1]).reshape(len(ways), -1)
    out[:, CONTACTS] = (ways[:, _FEET] ** 2).sum(-1) < _STILL
    return out


def _positions(joints: Floats, looks: Floats) -> Floats:
    seen = joints[:, 1:] - joints[:, :1] * np.array([1.0, 0.0, 1.0])
    return to_body(seen, looks).reshape(len(joints), -1)
