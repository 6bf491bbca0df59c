"""Paired differences: two schedulers on the same seeds, where what a seed does cancels out."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.bootstrap import Estimate
from claims_env.errors import ContractBroken
from claims_env.statistics.aggregate import Scores, Statistic, mean
from claims_env.statistics.score_matrix import score_matrix
from claims_env.statistics.sign_flips import sign_flip_p
from claims_env.statistics.stratified import LEVEL, band

DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """By how much one scheduler is ahead of another.

    Attributes:
        estimate: The difference of their aggregates, first minus second, with its interval.
        p: Exact two-sided p-value over runs, of the mean over tasks.
        runs: Seeds both were played on.
    """

    estimate: Estimate
    p: float
    runs: int


def paired_difference(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    statistic: Statistic = mean,
    *,
    seed: int,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> PairedDifference:
    """Return the difference of two schedulers played on the same seeds and tasks.

    The interval draws the same runs of both; the p-value flips the sign of whole runs, since what
    one seed gives on several tasks may hang together.

    Args:
        first: Shape (runs, tasks); row k of both is the same seed.
        second: Likewise.
        statistic: What is compared.
        seed: Decides the draws.
        draws: How many.
        level: What the interval holds.

    Raises:
        ContractBroken: The matrices are incomplete or of different shapes.
    """
    a, b = score_matrix(first, "the first"), score_matrix(second, "the second")
    if a.shape != b.shape:
        raise ContractBroken(
            f"Paired scores have shapes {a.shape} and {b.shape}; expected the same runs and tasks."
        )

    def gap(drawn: Scores) -> Scores:
        return statistic(drawn[..., 0])[:, None] - statistic(drawn[..., 1])[:, None]

    found = band(gap, np.stack([a, b], axis=-1), seed=seed, draws=draws, level=level)
    (estimate,) = found.estimates()
    return PairedDifference(estimate, sign_flip_p((a - b).mean(1), seed=seed), len(a))
