"""Mean and standard deviation of a data set's features: what a network's numbers are scaled by.

Source: HumanML3D's `cal_mean_variance` notebook (MIT).
"""

from collections.abc import Iterable

import numpy as np

from claims_env.errors import MotionError
from claims_env.humanml3d.layout import FEATURES, GROUPS
from claims_env.rotation import Floats


def mean_and_std(clips: Iterable[Floats]) -> tuple[Floats, Floats]:
    """Return the mean and the standard deviation of every channel, each (263,), single precision.

    All frames of all clips count alike. Channels of a group share the mean of their deviations, so
    that no joint counts more for moving less. A group that never changes is not scaled: it gets 1.

    Args:
        clips: Features, each of shape (frames, 263). Read once.

    Raises:
        MotionError: There are none.
    """
    frames, total, squares = 0, np.zeros(FEATURES), np.zeros(FEATURES)
    for clip in clips:
        frames += len(clip)
        total += clip.sum(axis=0, dtype=np.float64)
        squares += (clip.astype(np.float64) ** 2).sum(axis=0)
    if not frames:
        raise MotionError("statistics", "there is no clip to take them of.", "Give at least one.")
    mean = total / frames
    std = _grouped(np.sqrt(np.maximum(squares / frames - mean**2, 0)))
    return mean.astype(np.float32), std.astype(np.float32)


def _grouped(std: Floats) -> Floats:
    out = np.empty(FEATURES)
    for group in GROUPS:
        shared = std[group].mean()
        # what is left of a constant by cancellation is no deviation
        out[group] = shared if shared > 1e-6 else 1
    return out
