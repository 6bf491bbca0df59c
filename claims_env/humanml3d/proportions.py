"""The one body all of HumanML3D's clips were brought onto, and how a motion gets there.

Directions of the bones stay, their lengths become this body's, and the root's way grows with the
legs (`uniform_skeleton` of HumanML3D's `motion_representation` notebook, MIT).
"""

import numpy as np

from claims_env.humanml3d.layout import BODY_JOINTS, FPS
from claims_env.motion import Motion
from claims_env.resampling import resampled
from claims_env.rotation import Floats
from claims_env.skeleton import OFFSETS, PARENTS, forward_kinematics

BONES = np.array(
    [
        0.0, 0.10307, 0.10988, 0.13157, 0.39362, 0.39019, 0.14319, 0.43243, 0.42564, 0.05737,
        0.14338, 0.14942, 0.21936, 0.13749, 0.14338, 0.10304, 0.13161, 0.12298, 0.25684, 0.26309,
        0.26601, 0.26988,
    ]
)  # fmt: skip
"""Length of the bone that ends in each joint, shape (22,) [m] (measured; constant over clips)."""

_LEGS = [4, 5, 7, 8]
"""The joints in which thighs and shanks end."""

LEG_RATIO = float(BONES[_LEGS].sum() / np.linalg.norm(OFFSETS[_LEGS], axis=1).sum())
"""How much longer the legs of that body are than the neutral SMPL body's: 1.0505."""


def joints_of(motion: Motion) -> Floats:
    """Return a motion as the positions HumanML3D would have, shape (frames, 22, 3) [m], y up.

    At 20 frames per second, on its body, where and as high above the floor as the scaled root puts
    it; `encode_joints` places it. As many frames as lie within the clip. The original scales the
    root by the first frame's right leg alone, which lets the longer left foot slip: here both legs
    count.

    Raises:
        MotionError: The clip is shorter than two frames at that rate, so that nothing moves in it.
    """
    rotations, root = resampled(motion.rotations, motion.root, motion.fps, FPS)
    positions = forward_kinematics(rotations, root).positions[:, :BODY_JOINTS]
    return with_bones(_y_up(positions), LEG_RATIO)


def with_bones(joints: Floats, ratio: float) -> Floats:
    """Return positions (frames, 22, 3) with `BONES` as lengths and the root's scaled by `ratio`."""
    out = np.empty(joints.shape)
    out[:, 0] = joints[:, 0] * ratio
    for joint in range(1, BODY_JOINTS):
        bone = joints[:, joint] - joints[:, PARENTS[joint]]
        scale = BONES[joint] / np.linalg.norm(bone, axis=-1, keepdims=True)
        out[:, joint] = out[:, PARENTS[joint]] + bone * scale
    return out


def _y_up(positions: Floats) -> Floats:
    """Return positions of the z-up world in SMPL's axes: y up, and world -y becomes +z."""
    turned: Floats = positions[..., [0, 2, 1]] * np.array([1.0, 1.0, -1.0])
    return turned
