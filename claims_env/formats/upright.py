"""PHC's way to write rotations: of bodies in the world, upright in rest, in MuJoCo's order.

PHC and ProtoMotions count a body's rotation from a rest pose that stands upright in a z-up world
and faces +x, and SMPL from one that stands in a y-up world and faces +z: right-multiplication by
`_TURN` goes from the one to the other. Components are x, y, z, w there and w, x, y, z here.
Sources: PHC's convert_data_mdm.py (CLAIMS's convert_data_mdm_hik.py has the same), ProtoMotions'
convert_amass_to_proto.py, the body order of SMPLSim's smpl_joint_names.
"""

import numpy as np

from claims_env.rotation import Floats, conjugate, multiply
from claims_env.skeleton import INDEX, PARENTS, forward_kinematics

BODIES = [
    INDEX[name]
    for name in (
        "Pelvis", "L_Hip", "L_Knee", "L_Ankle", "L_Foot", "R_Hip", "R_Knee", "R_Ankle", "R_Foot",
        "Spine1", "Spine2", "Spine3", "Neck", "Head", "L_Collar", "L_Shoulder", "L_Elbow",
        "L_Wrist", "L_Hand", "R_Collar", "R_Shoulder", "R_Elbow", "R_Wrist", "R_Hand",
    )
]  # fmt: skip
"""The SMPL joint of each of MuJoCo's bodies."""

_PLACES = np.argsort(BODIES)
"""The MuJoCo body of each of SMPL's joints."""

_TURN = np.array([0.5, 0.5, 0.5, 0.5])

_TO_XYZW, _TO_WXYZ = [1, 2, 3, 0], [3, 0, 1, 2]


def upright_of(rotations: Floats) -> Floats:
    """Return `pose_quat_global`, shape (frames, 24, 4), x y z w, in MuJoCo's order.

    Args:
        rotations: SMPL's local rotations, shape (frames, 24, 4), w x y z.
    """
    world = forward_kinematics(rotations, np.zeros((len(rotations), 3))).orientations
    return multiply(world[:, BODIES], conjugate(_TURN))[..., _TO_XYZW]


def local_of(upright: Floats) -> Floats:
    """Return SMPL's local rotations, shape (frames, 24, 4), w x y z, from `pose_quat_global`."""
    world = multiply(upright[..., _TO_WXYZ], _TURN)[:, _PLACES]
    local = world.copy()
    local[:, 1:] = multiply(conjugate(world[:, list(PARENTS[1:])]), world[:, 1:])
    return local
