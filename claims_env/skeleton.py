"""The 24-joint SMPL tree: names, parents, rest offsets and forward kinematics.

Rest frame (SMPL's): metres, y up, facing +z, left is +x. World frame: z up. An upright body that
has not turned has the root rotation `UPRIGHT` (a quarter turn about x) and faces world -y.
Offsets: the neutral SMPL skeleton as published in PHC's and SMPLSim's MJCF (facts, BSD-licensed).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats, about, multiply, rotate

JOINTS = (
    "Pelvis", "L_Hip", "R_Hip", "Spine1", "L_Knee", "R_Knee", "Spine2", "L_Ankle", "R_Ankle",
    "Spine3", "L_Foot", "R_Foot", "Neck", "L_Collar", "R_Collar", "Head", "L_Shoulder",
    "R_Shoulder", "L_Elbow", "R_Elbow", "L_Wrist", "R_Wrist", "L_Hand", "R_Hand",
)  # fmt: skip
"""SMPL's joints in SMPL's order."""

INDEX = {name: i for i, name in enumerate(JOINTS)}

PARENTS = (
    -1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21,
)  # fmt: skip

OFFSETS = np.array(
    [
        (0.0, 0.0, 0.0),
        (0.0695, -0.0914, -0.0068),
        (-0.0677, -0.0905, -0.0043),
        (-0.0025, 0.1090, -0.0267),
        (0.0343, -0.3752, -0.0045),
        (-0.0383, -0.3826, -0.0089),
        (0.0055, 0.1352, 0.0011),
        (-0.0136, -0.3980, -0.0437),
        (0.0158, -0.3984, -0.0423),
        (0.0015, 0.0529, 0.0254),
        (0.0264, -0.0558, 0.1193),
        (-0.0254, -0.0481, 0.1233),
        (-0.0028, 0.2139, -0.0429),
        (0.0788, 0.1217, -0.0341),
        (-0.0818, 0.1188, -0.0386),
        (0.0052, 0.0650, 0.0513),
        (0.0910, 0.0305, -0.0089),
        (-0.0960, 0.0326, -0.0091),
        (0.2596, -0.0128, -0.0275),
        (-0.2537, -0.0133, -0.0214),
        (0.2492, 0.0090, -0.0012),
        (-0.2553, 0.0078, -0.0056),
        (0.0840, -0.0082, -0.0149),
        (-0.0846, -0.0061, -0.0103),
    ]
)
"""Rest position of each joint relative to its parent, shape (24, 3) [m], in the rest frame."""

UPRIGHT = about("x", np.pi / 2)
"""Root rotation of an upright body that has not turned: rest frame (y up) to world (z up)."""

STANDING_HEIGHT = 0.937
"""Pelvis height above the soles of the neutral body in its rest pose [m] (measured on the MJCF)."""


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """World positions and orientations of the joints.

    Attributes:
        positions: Shape (..., 24, 3) [m].
        orientations: Shape (..., 24, 4), quaternions w, x, y, z.
    """

    positions: Floats
    orientations: Floats


def forward_kinematics(rotations: Floats, root: Floats) -> Pose:
    """Return where every joint is.

    Args:
        rotations: Local rotations, shape (..., 24, 4), quaternions w, x, y, z.
        root: World position of the pelvis, shape (..., 3) [m].
    """
    # component, then joint, then frame: every operation below reads memory in one piece
    lead = tuple(range(2, rotations.ndim))
    local = np.ascontiguousarray(rotations.transpose(-1, -2, *range(rotations.ndim - 2)))
    turned = np.empty_like(local)
    turned[:, 0] = local[:, 0]
    last, first = (1, *lead, 0), (rotations.ndim - 1, *range(rotations.ndim - 1))
    for parents, children in _LEVELS:
        above, own = turned[:, parents].transpose(last), local[:, children].transpose(last)
        turned[:, children] = multiply(above, own).transpose(first)
    offsets = OFFSETS.astype(rotations.dtype).reshape(len(JOINTS), *[1] * len(lead), 3)
    bones = rotate(turned[:, _ABOVE].transpose(last), offsets).transpose(first)
    placed = np.empty((3, *local.shape[1:]), dtype=rotations.dtype)
    placed[:, 0] = np.moveaxis(root, -1, 0)
    for parents, children in _LEVELS:
        placed[:, children] = placed[:, parents] + bones[:, children]
    return Pose(placed.transpose(*lead, 1, 0), turned.transpose(*lead, 1, 0))


def _levels() -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Group the joints by depth, as (parents, children), so that each depth is one operation."""
    depth = [0] * len(JOINTS)
    for joint in range(1, len(JOINTS)):
        depth[joint] = depth[PARENTS[joint]] + 1
    children = [[j for j, d in enumerate(depth) if d == k] for k in range(1, max(depth) + 1)]
    return [(_ABOVE[level], np.array(level)) for level in children]


_ABOVE = np.array([0, *PARENTS[1:]])
_LEVELS = _levels()
