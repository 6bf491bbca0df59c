"""Max-T: p-values of many comparisons that share their runs, adjusted together.

The largest of many statistics is compared with the largest of as many under the null, so that what
the comparisons have in common costs nothing (Westfall and Young, 1993); Holm's rule would count
them as if they were strangers.
"""

import numpy as np

from claims_env.statistics.aggregate import Scores
from claims_env.statistics.sign_flips import TOLERANCE, flips

SHUFFLES = 4_096
"""Of names within runs; the first is none at all."""

_BLOCK = 1 << 21
"""Statistics held at a time."""


def by_flips(differences: Scores, *, seed: int = 0) -> Scores:
    """Return adjusted two-sided p-values, shape (comparisons,), by flipping the signs of runs.

    Strong control: also where some schedulers differ and some do not, the chance of any false
    finding stays at the level, if differences are symmetric under the null. Each comparison is
    measured by its own spread, so that a restless scheduler hides nobody else's advantage.

    Args:
        differences: Shape (comparisons, runs).
        seed: Decides the flips where there are too many to try all.
    """
    runs = differences.shape[1]
    # flips leave the sum of squares alone: this rises with t, and no spread of 0 divides by it
    size = np.sqrt(runs * (differences**2).sum(1))
    scaled = differences / np.where(size > 0, size, 1.0)[:, None]
    signs = flips(runs, seed)
    observed = np.abs(scaled.sum(1))
    order = np.argsort(observed, kind="stable")
    exceeded = np.zeros(len(order))
    most = max(1, _BLOCK // max(1, len(order)))
    for start in range(0, len(signs), most):
        some = signs[start : start + most]
        # largest among what is no more striking than the comparison itself: the step-down rule
        largest = np.maximum.accumulate(np.abs(some @ scaled[order].T), axis=1)
        exceeded += (largest >= observed[order] - TOLERANCE).sum(0)
    p = np.empty(len(order))
    p[order] = np.maximum.accumulate((exceeded / len(signs))[::-1])[::-1]
    return p


def by_shuffles(scores: Scores, pairs: Scores, *, seed: int = 0) -> Scores:
    """Return adjusted two-sided p-values, shape (comparisons,), by dealing names anew within runs.

    For so few runs that sign flips cannot tell anything. The widest gap among all schedulers is
    what each comparison is held against, as in Tukey's range test; the level is kept if all
    schedulers are alike or equally restless.

    Args:
        scores: Shape (schedulers, runs).
        pairs: One row per comparison, 1 for the first of it and -1 for the second, shape
            (comparisons, schedulers).
        seed: Decides the shuffles.
    """
    rng = np.random.default_rng(seed)
    dealt = np.broadcast_to(scores.T, (SHUFFLES, *scores.T.shape)).copy()
    dealt[1:] = rng.permuted(dealt[1:], axis=2)
    means = dealt.mean(1)
    widest = means.max(1) - means.min(1)
    observed = np.abs(pairs @ scores.mean(1))
    slack = TOLERANCE * np.abs(scores).max()
    return np.asarray((widest[:, None] >= observed - slack).mean(0))
