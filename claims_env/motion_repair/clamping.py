"""Clamping: no joint turns faster than a joint can."""

from dataclasses import replace

import numpy as np

from claims_env.motion import Motion
from claims_env.rotation import Floats, conjugate, from_rotvec, multiply, to_rotvec

TURN_RATE = 35.0
"""Fastest a joint is let turn [rad/s]; the motion filter refuses 40."""


def clamp(motion: Motion, rate: float = TURN_RATE) -> Motion:
    """Return the motion with no joint turning faster than `rate` [rad/s].

    A joint too fast lags behind and catches up as soon as it can; a motion within the limit is
    returned unchanged. The root turns as it did: spinning is not a joint's doing.
    """
    most = rate / motion.fps
    q = motion.rotations
    step = np.linalg.norm(to_rotvec(multiply(conjugate(q[:-1]), q[1:])), axis=-1)
    joints = [j for j in range(1, q.shape[1]) if step[:, j].max() > most]
    if not joints:
        return motion
    out = q.copy()
    for frame in range(1, motion.frames):
        out[frame, joints] = _towards(out[frame - 1, joints], q[frame, joints], most)
    return replace(motion, rotations=out)


def _towards(here: Floats, there: Floats, most: float) -> Floats:
    """Return `there`, or as far towards it as `most` [rad] reaches, shapes (joints, 4)."""
    way = to_rotvec(multiply(conjugate(here), there))
    angle = np.linalg.norm(way, axis=-1, keepdims=True)
    near = multiply(here, from_rotvec(way * np.minimum(1, most / np.maximum(angle, 1e-9))))
    return np.where(angle > most, near, there)
