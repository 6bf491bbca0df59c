"""Spreads and rates of figures over many clips, with the uncertainty that belongs to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959964
"""Standard deviations that hold 95 % of a normal distribution on both sides."""

RESAMPLES = 1000
"""Times a sample is drawn again from itself."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The 5th, 50th and 95th percentile of a figure over clips."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


def spread_of(values: Sequence[float]) -> Spread:
    """Return the percentiles of a figure."""
    low, middle, high = np.percentile(values, [5, 50, 95]).tolist()
    return Spread(low, middle, high)


def rate(hits: int, trials: int) -> Estimate:
    """Return a share with Wilson's score interval (1927), which holds near 0 and 1 too."""
    share, z2 = hits / trials, Z95**2 / trials
    centre = (share + z2 / 2) / (1 + z2)
    half = Z95 / (1 + z2) * np.sqrt(share * (1 - share) / trials + z2 / (4 * trials))
    low, high = float(max(centre - half, 0)), float(min(centre + half, 1))
    return Estimate(share, low if hits else 0.0, high if hits < trials else 1.0)


def mean(values: Sequence[float]) -> Estimate:
    """Return a mean with its bootstrap interval, which stays within what the values allow.

    Efron's percentile interval (1979) over `RESAMPLES` draws of a fixed seed.
    """
    array = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(0).integers(len(array), size=(RESAMPLES, len(array)))
    low, high = np.percentile(array[drawn].mean(1), [2.5, 97.5]).tolist()
    return Estimate(float(array.mean()), low, high)


def rank_correlation(a: Sequence[float], b: Sequence[float]) -> Estimate:
    """Return Spearman's correlation with the interval of Bonett and Wright (2000).

    Equal values share their mean rank. The interval is Fisher's, with variance
    (1 + r^2 / 2) / (n - 3). Of what does not vary nothing is known: 0, between -1 and 1.
    """
    if min(a) == max(a) or min(b) == max(b):
        return Estimate(0.0, -1.0, 1.0)
    r = float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])
    half = Z95 * float(np.sqrt((1 + r**2 / 2) / max(len(a) - 3, 1)))
    z = float(np.arctanh(np.clip(r, -0.999999, 0.999999)))
    return Estimate(r, float(np.tanh(z - half)), float(np.tanh(z + half)))


def _ranks(values: Sequence[float]) -> list[float]:
    array = np.asarray(values, dtype=float)
    below = (array[None] < array[:, None]).sum(1)
    same = (array[None] == array[:, None]).sum(1)
    return [float(rank) for rank in below + (same + 1) / 2]
