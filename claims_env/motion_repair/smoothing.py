"""Smoothing: what is faster than a person can be is taken for noise."""

from dataclasses import replace
from math import ceil

import numpy as np
from scipy.signal import butter, sosfiltfilt

from claims_env.errors import MotionError
from claims_env.motion import Motion
from claims_env.rotation import Floats, continuous

CUTOFF = 7.0
"""Where smoothing sets in [Hz]: people's voluntary motion has little above it (Winter, 2009)."""

ORDER = 2
"""Of the filter; run forwards and backwards it is doubled and shifts nothing in time."""


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
