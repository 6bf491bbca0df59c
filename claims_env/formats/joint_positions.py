"""Joint positions as a motion: of files that hold where SMPL's joints are, and not how turned.

Rotations come from inverse kinematics, so that head, wrists, hands and toes stay quiet.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from claims_env.errors import MotionError
from claims_env.formats.standing import standing
from claims_env.inverse_kinematics import joint_error, leg_ratio, solve
from claims_env.motion import Motion, motion_from_poses
from claims_env.rotation import Floats, to_rotvec


def motion_of_joints(
    joints: Floats, fps: float, name: str, provenance: Mapping[str, Any], source: str
) -> Motion:
    """Return the motion whose bones point as these joints say, on SMPL's own skeleton.

    The root's way is multiplied by how much longer SMPL's legs are; the provenance says so.

    Args:
        joints: Positions in SMPL's order, shape (frames, 24, 3) [m], z up.
        fps: Frames per second.
        name: The motion's.
        provenance: What is known of it.
        source: Named in errors.

    Raises:
        MotionError: The positions are not finite, or make no motion.
    """
    try:
        rotations = solve(joints, fps)
    except MotionError as error:
        raise MotionError(source, error.problem, error.cure) from None
    ratio = leg_ratio(joints)
    if not np.isfinite(ratio):
        raise MotionError(source, "its legs have no length.", "Give positions of all joints.")
    root = joints[:, 0] * ratio
    motion = motion_from_poses(
        to_rotvec(rotations).reshape(len(root), -1),
        root,
        fps,
        name=name,
        provenance=provenance,
        source=source,
    )
    return standing(motion).with_provenance(
        retargeting={
            "from": "joint positions, by inverse kinematics",
            "scale": round(ratio, 4),
            "mean_error_m": round(joint_error(rotations, joints), 4),
        }
    )
