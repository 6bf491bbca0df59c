"""How fast the clip of a prompt moves, as composed clips do."""

import numpy as np

from claims_env.trackers.simulated.noise import Luck
from claims_env.word_grid import Floats, Reading

AT_MIDDLE, PER_TIER, SPREAD, LEAST = 0.84, 0.26, 0.12, 0.05
"""Mean joint speed of composed clips at tier 3, per tier, and about it [m/s].

The first two are a straight line through the means of composed clips by tier, 0.345, 0.562, 0.849,
1.03 and 1.39 m/s (docs/composer.md).
"""


def speed_of(reading: Reading, luck: Luck) -> Floats:
    """Return the mean joint speed of every clip, shape (B, S) [m/s]."""
    drawn = AT_MIDDLE + PER_TIER * (reading.mean_tier - 3) + SPREAD * luck.normal[5]
    return np.asarray(np.maximum(drawn, LEAST), np.float32)
