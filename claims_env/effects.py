"""What phrases do, from a table of paired measurements: effects, a composite, tiers, agreement.

A table has one row per phrase and one column per context: the same template, other phrases and
seed for every row. What a context adds to a clip is the same in its whole column, so subtracting
the column's mean leaves what the phrases do.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from claims_env.domain_words import TIERS
from claims_env.evidence import Estimate
from claims_env.rotation import Floats

CONFIDENCE = 0.95
SUCCESS = "success"
"""The one measure that falls where difficulty rises."""

FEWEST = 5
"""Fewer phrases than tiers say nothing of agreement with them."""


def differences(table: Floats) -> Floats:
    """Return how far each clip lies from its context's mean over phrases, shape as given."""
    return np.asarray(table - table.mean(axis=0, keepdims=True))


def estimates(table: Floats) -> list[Estimate]:
    """Return each row's mean with its interval by Student's t over contexts.

    With a single context there is no interval; its bounds are infinite.
    """
    from scipy.stats import t

    count = table.shape[1]
    means = table.mean(axis=1)
    half = np.full(len(means), np.inf)
    if count > 1:
        spread = table.std(axis=1, ddof=1) / np.sqrt(count)
        half = float(t.ppf(0.5 + CONFIDENCE / 2, count - 1)) * spread
    return [
        Estimate(float(m), float(m - h), float(m + h)) for m, h in zip(means, half, strict=True)
    ]


def composite(tables: Mapping[str, Floats]) -> Floats:
    """Return one difficulty per clip, in standard deviations over phrases, shape as each table.

    Every measure is divided by the standard deviation of its phrases' mean effects, so that none
    counts for its unit, and the kinematic ones are averaged. Where a tracker was asked, its failure
    counts as much as all of them together: it is what difficulty means. A measure that no phrase
    changes counts as zero.
    """
    scaled = {name: _scaled(differences(table)) for name, table in tables.items()}
    kinematic = [table for name, table in scaled.items() if name != SUCCESS]
    moved = np.mean(kinematic, axis=0)
    if SUCCESS not in scaled:
        return np.asarray(moved)
    return np.asarray((moved - scaled[SUCCESS]) / 2)


def fifths(values: Sequence[float]) -> list[int]:
    """Return the fifth of the ranking each value lies in, 1 to 5; equal values keep their order."""
    ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return [1 + int((rank + 0.5) * len(TIERS) / len(values)) for rank in ranks]


def tier_of(value: float, values: Sequence[float]) -> int:
    """Return the tier a value would have among measured ones: how many borders lie below it.

    A border is the middle between the highest value of a tier and the lowest of the next.
    """
    ordered = sorted(values)
    tiers = fifths(ordered)
    ends = pairwise(zip(ordered, tiers, strict=True))
    below = [after for (a, before), (b, after) in ends if after > before and value > (a + b) / 2]
    return max(below, default=tiers[0])


def agreement(tiers: Sequence[int], values: Sequence[float]) -> Estimate | None:
    """Return Spearman's rank correlation with its interval, or None where there is none.

    The interval is Fisher's z with the standard error of Bonett and Wright (2000),
    sqrt((1 + r^2 / 2) / (n - 3)).
    """
    from scipy.stats import norm, rankdata

    if len(tiers) < FEWEST or len(set(tiers)) < 2 or len(set(values)) < 2:
        return None
    r = float(np.corrcoef(rankdata(tiers), rankdata(values))[0, 1])
    if abs(r) > 1 - 1e-12:
        return Estimate(r, r, r)
    error = np.sqrt((1 + r**2 / 2) / (len(tiers) - 3))
    half = float(norm.ppf(0.5 + CONFIDENCE / 2)) * error
    z = np.arctanh(r)
    return Estimate(r, float(np.tanh(z - half)), float(np.tanh(z + half)))


def _scaled(table: Floats) -> Floats:
    spread = float(table.mean(axis=1).std())
    # what is left of a column's mean after rounding is no effect
    return np.zeros_like(table) if spread < 1e-12 else table / spread
