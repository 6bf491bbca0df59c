"""From features to a motion of our skeleton."""

from claims_env.humanml3d.decoding import decode_joints
from claims_env.humanml3d.layout import FPS
from claims_env.inverse_kinematics import leg_ratio, solve
from claims_env.motion import Motion
from claims_env.resampling import resampled
from claims_env.rotation import Floats

OUT_FPS = 30.0
"""Frames per second of the loop's clips [Hz]: what PHC is trained on."""


def motion_of(features: Floats, name: str) -> Motion:
    """Return the motion that features describe, on the SMPL skeleton at 30 Hz.

    Joint positions, then rotations by closed-form inverse kinematics, then three frames for every
    two, on exact times; the last of 180 comes 17 ms after the last of 120 and continues the motion.
    The root's path is scaled with the legs, so that feet neither slide nor hover. (The official
    release interpolates positions, which shortens bones by up to 16 %, and fits rotations by
    minutes of optimisation per clip.)

    Args:
        features: Not normalised, shape (frames, 263), 20 Hz; 2 frames or more.
        name: The motion's name.

    Raises:
        MotionError: Another shape, too few frames, or numbers that are not finite.
    """
    joints = decode_joints(features)
    # y up to z up, a quarter turn about x: what faced +z then faces -y
    upright = joints[..., (0, 2, 1)] * (1.0, -1.0, 1.0)
    rotations = solve(upright, FPS)
    root = upright[:, 0] * leg_ratio(joints)
    frames = len(features) * 3 // 2
    rotations, root = resampled(rotations, root, FPS, OUT_FPS, frames)
    return Motion(rotations, root, OUT_FPS, name)
