"""Motion repair: the clean-up every generator's clips may pass: grounding, smoothing, clamping."""

from dataclasses import replace
from math import ceil

import numpy as np
from scipy.signal import butter, sosfiltfilt

from claims_env.contact import lowest, soles
from claims_env.errors import MotionError
from claims_env.motion import Motion
from claims_env.rotation import Floats, conjugate, continuous, from_rotvec, multiply, to_rotvec

CUTOFF = 7.0
"""Where smoothing sets in [Hz]: people's voluntary motion has little above it (Winter, 2009)."""

ORDER = 2
"""Of the filter; run forwards and backwards it is doubled and shifts nothing in time."""

TURN_RATE = 35.0
"""Fastest a joint is let turn [rad/s]; the motion filter refuses 40."""


def repair(motion: Motion) -> Motion:
    """Return the motion clamped, lightly smoothed and set on the floor."""
    return ground(smooth(clamp(motion)))


def ground(motion: Motion) -> Motion:
    """Return the motion with its lowest point, over all frames, on the floor."""
    height = float(lowest(motion.pose, soles(motion.pose)).min())
    return replace(motion, root=motion.root - np.array([0.0, 0.0, height]))


def smooth(motion: Motion, cutoff: float = CUTOFF) -> Motion:
    """Return the motion without what is faster than `cutoff` [Hz], nothing shifted in time.

    Raises:
        MotionError: The cutoff is not between 0 and half the frame rate.
    """
    if not 0 < cutoff < motion.fps / 2:
        raise MotionError(
            motion.name,
            f"it cannot be smoothed at {cutoff} Hz.",
            f"Choose a cutoff between 0 and half its frame rate, {motion.fps / 2} Hz.",
        )
    sections = butter(ORDER, cutoff, fs=motion.fps, output="sos")
    # long enough for the filter's memory to fade, as far as the clip has frames
    pad = min(ceil(3 * motion.fps / cutoff), motion.frames - 1)

    def low(values: Floats) -> Floats:
        return np.asarray(sosfiltfilt(sections, values, axis=0, padlen=pad))

    turned = low(continuous(motion.rotations))
    unit = turned / np.linalg.norm(turned, axis=-1, keepdims=True)
    return replace(motion, rotations=unit, root=low(motion.root))


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
