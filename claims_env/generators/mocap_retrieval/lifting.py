"""Lifting: a body that sinks into the floor is raised for that while, and no longer."""

import numpy as np

from claims_env.contact import lowest, soles
from claims_env.rotation import Floats
from claims_env.skeleton import forward_kinematics

REACH = 6
"""Frames before and after a dip over which the body rises and comes down again."""


def lift(rotations: Floats, root: Floats) -> Floats:
    """Return the root, shape (frames, 3) [m], raised wherever the body is under the floor.

    To set a whole clip by its lowest point would let it float everywhere else.
    """
    pose = forward_kinematics(rotations, root)
    depth = np.maximum(-lowest(pose, soles(pose)), 0.0)
    # the mean of the deepest nearby is nowhere less than the depth itself, and has no corners
    deepest = np.lib.stride_tricks.sliding_window_view(
        np.pad(depth, 2 * REACH, mode="edge"), 2 * REACH + 1
    ).max(1)
    rise = np.lib.stride_tricks.sliding_window_view(deepest, 2 * REACH + 1).mean(1)
    raised = root.copy()
    raised[:, 2] += rise
    return raised
