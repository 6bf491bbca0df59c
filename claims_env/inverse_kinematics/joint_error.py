"""The joint error: how far solved joints are from the ones given."""

import numpy as np

from claims_env.inverse_kinematics.leg_ratio import leg_ratio
from claims_env.rotation import Floats
from claims_env.skeleton import forward_kinematics


def joint_error(rotations: Floats, joints: Floats) -> float:
    """Return the mean distance [m] of SMPL's joints from those given, both standing on one root.

    The given ones are brought to SMPL's size by their leg ratio; what then is left comes from other
    proportions, such as wider hips.

    Args:
        rotations: Local rotations, shape (T, 24, 4), such as `solve` returns.
        joints: The positions they were solved from, shape (T, 22 or 24, 3) [m].
    """
    wanted = joints * leg_ratio(joints)
    placed = forward_kinematics(rotations, wanted[:, 0]).positions
    seen = min(joints.shape[1], 22)
    return float(np.linalg.norm(placed[:, :seen] - wanted[:, :seen], axis=-1).mean())
