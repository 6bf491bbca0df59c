"""The physically corrected clip: what the humanoid did when it performed a clip unassisted."""

import numpy as np

from claims_env.motion import Motion
from claims_env.rotation import Floats, conjugate, multiply
from claims_env.skeleton import INDEX, JOINTS
from claims_env.trackers.mujoco.humanoid import CONTROL_HZ, Humanoid
from claims_env.trackers.mujoco.planning.reconstruction import Reconstruction

CORRECTED = "physically corrected by planning"
"""What the provenance of a corrected clip says of itself."""


def corrected(reconstruction: Reconstruction, body: Humanoid) -> Motion:
    """Return the path of a reconstruction as a motion of the 24 joints, at 30 Hz.

    Joints that do not move on the body stay at rest: the clip shows what the body did and nothing
    it cannot do. Where the clip was lost, it ends there.

    Raises:
        MotionError: The path has fewer than two frames.
    """
    qpos = reconstruction.qpos
    local = _in_smpl_axes(body.kinematics.local(qpos.astype(np.float32)).astype(np.float64), body)
    rotations = np.zeros((len(qpos), len(JOINTS), 4))
    rotations[..., 0] = 1
    joints = [INDEX[name] for name in body.kinematics.bodies]
    rotations[:, joints] = local / np.linalg.norm(local, axis=-1, keepdims=True)
    return Motion(
        rotations=rotations,
        root=qpos[:, :3].astype(np.float64),
        fps=float(CONTROL_HZ),
        name=reconstruction.name,
        provenance={
            "generator": CORRECTED,
            "of": reconstruction.name,
            "body": body.name,
            "complete": reconstruction.complete,
            "mean_distance_m": round(float(reconstruction.distance.mean()), 4),
        },
    )


def _in_smpl_axes(local: Floats, body: Humanoid) -> Floats:
    """Return rotations relative to the parent, (frames, bodies, 4), in SMPL's rest frame."""
    if body.turned is None:
        return local
    turned = np.asarray(body.turned, np.float64)
    local = multiply(local, np.broadcast_to(turned, local.shape))
    # the root's parent is the world, whose axes are the same for both
    local[:, 1:] = multiply(np.broadcast_to(conjugate(turned), local[:, 1:].shape), local[:, 1:])
    return local
