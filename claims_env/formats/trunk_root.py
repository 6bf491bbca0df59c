"""The trunk's root: the joint that carries legs and arms, where exporters put others above it.

Many write the pelvis below a joint that stands for the scene ('Reference', 'root', 'Armature'),
which may move, and may turn the whole body from one world into another.
"""

from collections.abc import Sequence

import numpy as np

from claims_env.formats.joint_names import find_limbs
from claims_env.rotation import Floats, multiply, rotate

_BEARERS = ("L_Hip", "R_Hip", "L_Shoulder", "R_Shoulder")


def trunk_root(names: Sequence[str], parents: Sequence[int]) -> int:
    """Return the joint below which hips and shoulders are; the first where they are not known."""
    limbs = find_limbs(names)
    ways = [_way(place, parents) for joint in _BEARERS if (place := limbs.get(joint)) is not None]
    if len(ways) < len(_BEARERS):
        return 0
    return next(joint for joint in ways[0] if all(joint in way for way in ways))


def branch(root: int, parents: Sequence[int]) -> list[int]:
    """Return a joint and all below it, in their order."""
    return [joint for joint in range(len(parents)) if root in _way(joint, parents)]


def above(root: int, parents: Sequence[int]) -> list[int]:
    """Return a joint and all above it."""
    return _way(root, parents)


def placed(
    root: int, parents: Sequence[int], rotations: Floats, positions: Floats
) -> tuple[Floats, Floats]:
    """Return how a joint is turned in the world, (frames, 4), and where it is, (frames, 3).

    Args:
        root: The joint.
        parents: Of each joint; the first one's is -1.
        rotations: Of every joint from its parent, shape (frames, joints, 4), w x y z.
        positions: Of every joint from its parent, shape (frames, joints, 3).
    """
    turned, at = np.array([1.0, 0.0, 0.0, 0.0]), np.zeros(3)
    for joint in reversed(_way(root, parents)):
        at = at + rotate(turned, positions[:, joint])
        turned = multiply(turned, rotations[:, joint])
    return turned, at


def _way(joint: int, parents: Sequence[int]) -> list[int]:
    """Return the joints from this one up to the first, both included."""
    way = [joint]
    while parents[way[-1]] >= 0:
        way.append(parents[way[-1]])
    return way
