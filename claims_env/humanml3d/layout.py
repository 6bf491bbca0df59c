"""What the 263 numbers of a frame are, and which of them belong together.

Source: HumanML3D's `motion_representation` notebook (MIT). Axes: metres, y up, +x to the left of a
body that faces +z: SMPL's rest frame. Per frame means per 1/20 s.
"""

import numpy as np

from claims_env.errors import MotionError
from claims_env.rotation import Floats

FPS = 20
"""Frames per second of every clip in this representation [Hz]."""

FEATURES = 263
"""Numbers per frame."""

BODY_JOINTS = 22
"""SMPL's joints without the two hands, in SMPL's order."""

TURN = slice(0, 1)
"""Half the turn to the next frame about the vertical [rad], in the sense that undoes it."""

STEP = slice(1, 3)
"""The root's way to the next frame, x and z [m], seen with the next frame's heading."""

HEIGHT = slice(3, 4)
"""Height of the root above the floor [m]."""

POSITIONS = slice(4, 67)
"""Positions of joints 1-21 [m]: x and z from the root, y from the floor, seen with the heading."""

ROTATIONS = slice(67, 193)
"""Swings of the bones that end in joints 1-21, six numbers each: see `swing`."""

VELOCITIES = slice(193, 259)
"""Ways of the 22 joints to the next frame [m], seen with this frame's heading."""

CONTACTS = slice(259, 263)
"""1 where the left ankle, left toe, right ankle, right toe hardly move; no height is asked."""

GROUPS = (TURN, STEP, HEIGHT, POSITIONS, ROTATIONS, VELOCITIES, CONTACTS)
"""The channels that share one standard deviation in the statistics."""


def check_features(features: Floats, source: str = "features") -> None:
    """Let pass features of one clip, shape (frames, 263).

    Raises:
        MotionError: Another shape, no frame, or numbers that are not finite; `source` is named.
    """
    if features.ndim != 2 or features.shape[1] != FEATURES or not len(features):
        raise MotionError(
            source,
            f"its features have shape {features.shape}.",
            f"Expected (frames, {FEATURES}): HumanML3D's features of one clip.",
        )
    if not np.isfinite(features).all():
        raise MotionError(source, "it holds NaN or infinite numbers.", "Leave that clip out.")


def check_joints(joints: Floats, least: int, source: str = "joints") -> None:
    """Let pass positions of one clip, shape (frames, 22, 3), of at least `least` frames.

    Raises:
        MotionError: Another shape, too few frames, or numbers that are not finite.
    """
    if joints.ndim != 3 or joints.shape[1:] != (BODY_JOINTS, 3) or len(joints) < least:
        raise MotionError(
            source,
            f"its positions have shape {joints.shape}.",
            f"Expected (frames, {BODY_JOINTS}, 3) with at least {least} frames.",
        )
    if not np.isfinite(joints).all():
        raise MotionError(source, "it holds NaN or infinite numbers.", "Leave that clip out.")
