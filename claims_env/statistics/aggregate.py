"""Aggregates: one figure for a matrix of scores, whatever axes come before it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Statistic = Callable[[Scores], Scores]
"""Takes scores (..., runs, tasks) and returns one figure each, shape (...) or (..., more)."""


def iqm(scores: Scores) -> Scores:
    """Return the interquartile mean over runs and tasks, shape (...).

    The mean of what is left when a quarter of all cells, rounded down, is cut at either end: less
    moved by an outlier than the mean, less wasteful than the median (Agarwal et al., 2021,
    "Deep reinforcement learning at the edge of the statistical precipice").
    """
    cells = np.sort(scores.reshape(*scores.shape[:-2], -1), axis=-1)
    cut = cells.shape[-1] // 4
    return np.asarray(cells[..., cut : cells.shape[-1] - cut].mean(-1))


def mean(scores: Scores) -> Scores:
    """Return the mean over runs and tasks, shape (...)."""
    return np.asarray(scores.mean((-2, -1)))


def median(scores: Scores) -> Scores:
    """Return the median over tasks of the mean over runs, shape (...)."""
    return np.asarray(np.median(scores.mean(-2), axis=-1))


def optimality_gap(scores: Scores) -> Scores:
    """Return by how much scores fall short of 1 on average, shape (...); lower is better.

    What exceeds 1 does not make up for what falls short of it (Agarwal et al., 2021).
    """
    return np.asarray(1.0 - np.minimum(scores, 1.0).mean((-2, -1)))


AGGREGATES: Mapping[str, Statistic] = MappingProxyType(
    {"IQM": iqm, "mean": mean, "median": median, "optimality gap": optimality_gap}
)
"""By the name tables show."""
