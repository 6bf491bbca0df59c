"""The solution: SMPL's local rotations, from where its joints are."""

import numpy as np

from claims_env.errors import MotionError
from claims_env.inverse_kinematics.limb_twist import turn_limbs
from claims_env.inverse_kinematics.shortest_arc import swung, unit
from claims_env.inverse_kinematics.trunk import turn_trunk
from claims_env.rotation import Floats, conjugate, multiply
from claims_env.skeleton import INDEX, JOINTS, OFFSETS, PARENTS

SEEN = 22
"""Joints whose positions are read; SMPL's two hands come after them."""


def solve(joints: Floats, fps: float) -> Floats:
    """Return SMPL's local rotations (T, 24, 4), w x y z, whose bones point as the joints say.

    Args:
        joints: Positions, shape (T, 22 or 24, 3), in any right-handed frame and of any build; only
            directions count. The root's rotation is from SMPL's rest frame to that frame.
        fps: Frames per second.

    Raises:
        MotionError: Another shape, or NaN or infinite numbers.
    """
    _check(joints)
    bones = _bones(joints)
    world = np.moveaxis(np.empty((4, len(joints), len(JOINTS))), 0, -1)
    world[:, _TRUNK] = turn_trunk(bones)
    world[:, _BEARERS] = swung(world[:, _CHEST], _OFFSETS[_BORNE], bones[:, _BORNE])
    world[:, _UPPER], world[:, _LOWER] = turn_limbs(world[:, _ABOVE], bones, fps)
    world[:, _ANKLES] = swung(world[:, _KNEES], _OFFSETS[_TOES], bones[:, _TOES])
    for joint, parent in _QUIET:
        world[:, joint] = world[:, parent]
    world[:, 1:] = multiply(conjugate(world[:, _PARENTS]), world[:, 1:])
    return world


def _check(joints: Floats) -> None:
    if joints.ndim != 3 or joints.shape[1:] not in ((SEEN, 3), (len(JOINTS), 3)) or not len(joints):
        raise MotionError(
            "joint positions",
            f"they have shape {joints.shape}.",
            "Expected (frames, 22, 3) or (frames, 24, 3), joints in SMPL's order.",
        )
    if not np.isfinite(joints).all():
        raise MotionError(
            "joint positions", "they hold NaN or infinite numbers.", "Cut or repair those frames."
        )


def _bones(joints: Floats) -> Floats:
    """Return the directions from parents to joints, (T, 22, 3); of the pelvis there is none."""
    placed = np.moveaxis(np.asarray(joints, np.float64), -1, 0)
    bones = np.zeros((3, len(joints), SEEN))
    bones[..., 1:] = placed[..., 1:SEEN] - placed[..., _PARENTS[: SEEN - 1]]
    return unit(np.moveaxis(bones, 0, -1))


def _of(*names: str) -> list[int]:
    return [INDEX[name] for name in names]


_PARENTS = list(PARENTS[1:])
_OFFSETS = unit(OFFSETS)
_TRUNK = _of("Pelvis", "Spine1", "Spine2", "Spine3")
_CHEST = _of("Spine3")
_BEARERS = _of("Neck", "L_Collar", "R_Collar")
_BORNE = _of("Head", "L_Shoulder", "R_Shoulder")
_UPPER = _of("L_Hip", "R_Hip", "L_Shoulder", "R_Shoulder")
_ABOVE = [PARENTS[joint] for joint in _UPPER]
_LOWER = _of("L_Knee", "R_Knee", "L_Elbow", "R_Elbow")
_KNEES, _ANKLES, _TOES = _of("L_Knee", "R_Knee"), _of("L_Ankle", "R_Ankle"), _of("L_Foot", "R_Foot")
_QUIET = tuple((joint, PARENTS[joint]) for joint in (10, 11, 15, 20, 21, 22, 23))
"""Joints without a seen child: they keep to their parents."""
