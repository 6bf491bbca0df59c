"""The six numbers per joint: by which swing a bone points where it does.

Source: HumanML3D's `paramUtil` and `Skeleton.inverse_kinematics_np` (MIT). These are no SMPL
rotations and know nothing that the positions do not: a bone is brought from its rest direction to
its own by the shortest turn, twist being left out, and kept with the joint it ends in. The rest
directions are axes: arms and legs straight down, toes and head straight ahead.
"""

import numpy as np

from claims_env.errors import MotionError
from claims_env.rotation import Floats, conjugate, cross, multiply, rotate
from claims_env.skeleton import PARENTS

REST = np.array(
    [
        (0, 0, 0), (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, -1, 0), (0, 1, 0), (0, -1, 0),
        (0, -1, 0), (0, 1, 0), (0, 0, 1), (0, 0, 1), (0, 1, 0), (1, 0, 0), (-1, 0, 0), (0, 0, 1),
        (0, -1, 0), (0, -1, 0), (0, -1, 0), (0, -1, 0), (0, -1, 0), (0, -1, 0),
    ],
    dtype=np.float64,
)  # fmt: skip
"""Rest direction of the bone that ends in each joint, shape (22, 3), y up, facing +z."""

_ABOVE = np.array([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 12, 13, 14, 16, 17, 18, 19])
"""Whose swing each one is relative to: the parent's, but the collars' is the root's."""

_HALF_TURNS = np.pad(np.roll(np.abs(REST), 1, axis=1), ((0, 0), (1, 0)))
"""Half turns about an axis square to each rest direction, for a bone that points opposite to it."""


def swings(joints: Floats, heading: Floats) -> Floats:
    """Return joints 1-21's numbers, (frames, 126): two columns of each swing's matrix in a row.

    The first bones' swings are relative to the turn that undoes the heading, where its inverse
    would be meant; that is how the data are. For a bone that points opposite to its rest direction
    there is no shortest turn: the original is not a number there, this takes a half turn about x,
    y or z.

    Args:
        joints: Shape (frames, 22, 3), y up.
        heading: As `smooth_heading` returns it, shape (frames,) [rad].

    Raises:
        MotionError: A bone has no length.
    """
    whole = _whole(joints)
    whole[:, 0] = 0
    whole[:, 0, 0], whole[:, 0, 2] = np.cos(heading / 2), -np.sin(heading / 2)
    local = multiply(conjugate(whole[:, _ABOVE[1:]]), whole[:, 1:])
    columns = [rotate(local, np.array(axis)) for axis in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))]
    return np.concatenate(columns, axis=-1).reshape(len(joints), -1)


def _whole(joints: Floats) -> Floats:
    """Return the turns of each bone from its rest direction, quaternions (frames, 22, 4)."""
    bones = joints - joints[:, np.maximum(PARENTS[:22], 0)]
    lengths = np.linalg.norm(bones, axis=-1, keepdims=True)
    if not lengths[:, 1:].all():
        joint = 1 + int(np.argmin(lengths[:, 1:].min(axis=0)))
        raise MotionError(
            "joints", f"joint {joint} lies on the joint above it.", "Give every bone a length."
        )
    directions = bones / np.where(lengths > 0, lengths, 1)
    return _shortest_turns(directions)


def _shortest_turns(directions: Floats) -> Floats:
    turns = np.empty((*directions.shape[:-1], 4))
    turns[..., 0] = 1 + (REST * directions).sum(-1)
    turns[..., 1:] = cross(REST, directions)
    lengths = np.linalg.norm(turns, axis=-1, keepdims=True)
    return np.where(lengths < 1e-9, _HALF_TURNS, turns / np.maximum(lengths, 1e-9))
