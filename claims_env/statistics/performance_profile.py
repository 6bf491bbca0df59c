"""Performance profiles: which share of the runs exceeds a score, for every score.

A curve that lies above another everywhere is better at any level (Dolan and Moré, 2002, for
optimisers; Agarwal et al., 2021, for runs). Where curves cross, one scheduler has the better good
runs and the other the better bad ones; no single figure tells that.
"""

import numpy as np
import numpy.typing as npt

from claims_env.statistics.aggregate import Scores, Statistic
from claims_env.statistics.stratified import LEVEL, Band, band

DRAWS = 2_000
"""Enough for a band that is only looked at."""


def above(thresholds: npt.ArrayLike) -> Statistic:
    """Return the statistic that gives the share of cells strictly above each threshold."""
    levels = np.asarray(thresholds, dtype=np.float64)

    def shares(scores: Scores) -> Scores:
        cells = scores.reshape(*scores.shape[:-2], -1)
        over = cells[..., None, :] > levels[:, None]
        return np.asarray(over.mean(-1))

    return shares


def performance_profile(
    scores: npt.ArrayLike,
    thresholds: npt.ArrayLike,
    *,
    seed: int,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Band:
    """Return the share of cells above each threshold, with pointwise bands, shape (thresholds,).

    Args:
        scores: Shape (runs, tasks).
        thresholds: Scores to exceed, shape (thresholds,).
        seed: Decides the draws.
        draws: How many.
        level: What each interval holds; all of them together hold less.
    """
    return band(above(thresholds), scores, seed=seed, draws=draws, level=level)
