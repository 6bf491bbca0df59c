"""The probability of improvement: how often a run of one scheduler beats a run of another.

As Agarwal et al. (2021) define it: within a task, the share of all pairs of runs that the first
wins, ties counting half (Mann and Whitney, 1947); then the mean over tasks. It tells how reliable
an advantage is, not how large.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from claims_env.errors import ContractBroken
from claims_env.statistics.aggregate import Scores
from claims_env.statistics.score_matrix import checked_level, score_matrix
from claims_env.statistics.stratified import LEVEL, Places, blocks

DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class ImprovementMatrix:
    """How often the scheduler of a row beats that of a column.

    Attributes:
        names: Schedulers, in the order of rows and columns.
        value: Probabilities, shape (names, names); one half on the diagonal.
        low: Lower bounds, likewise.
        high: Upper bounds, likewise.
    """

    names: tuple[str, ...]
    value: Scores
    low: Scores
    high: Scores


def probability_of_improvement(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """Return how often the first beats the second, 0 to 1.

    Args:
        first: Shape (runs, tasks).
        second: Shape (other runs, tasks).
    """
    return float(_wins(score_matrix(first), score_matrix(second)).mean())


def improvement_distribution(
    first: Scores, second: Scores, first_places: Places, second_places: Places
) -> Scores:
    """Return the probability of improvement of drawn runs, shape (draws,).

    Args:
        first: Shape (runs, tasks).
        second: Shape (other runs, tasks).
        first_places: The runs taken of the first, shape (draws, runs, tasks).
        second_places: Likewise of the second.
    """
    counts = (_counts(first_places), _counts(second_places))
    return _expected(_wins(first, second), *counts)


def improvement_matrix(
    scores: Mapping[str, npt.ArrayLike], *, seed: int, draws: int = DRAWS, level: float = LEVEL
) -> ImprovementMatrix:
    """Return every scheduler against every other, with percentile intervals.

    The runs of each are drawn apart from the others', and the draws of a scheduler depend on its
    name and the seed alone: adding another changes nobody's interval.

    Raises:
        ConfigError: The level is no share, or no draw was asked for.
        ContractBroken: A matrix is incomplete, or they differ in their tasks.
    """
    made = {name: score_matrix(given, name) for name, given in scores.items()}
    if len({matrix.shape[1] for matrix in made.values()}) > 1:
        raise ContractBroken(
            f"Schedulers have {[m.shape[1] for m in made.values()]} tasks; expected the same tasks."
        )
    drawn = {name: _drawn(name, matrix, draws, seed) for name, matrix in made.items()}
    tail = 50.0 * (1.0 - checked_level(level))
    size = len(made)
    value, low, high = (np.full((size, size), 0.5) for _ in range(3))
    for (i, a), (j, b) in combinations(enumerate(made), 2):
        wins = _wins(made[a], made[b])
        found = _expected(wins, drawn[a], drawn[b])
        value[i, j], (low[i, j], high[i, j]) = wins.mean(), np.percentile(found, [tail, 100 - tail])
        value[j, i], low[j, i], high[j, i] = 1 - value[i, j], 1 - high[i, j], 1 - low[i, j]
    return ImprovementMatrix(tuple(made), value, low, high)


def _wins(first: Scores, second: Scores) -> Scores:
    """Return 1 for a win, one half for a tie, 0 for a loss, shape (tasks, runs, other runs)."""
    gap = first.T[:, :, None] - second.T[:, None, :]
    return np.asarray((np.sign(gap) + 1.0) / 2.0)


def _drawn(name: str, scores: Scores, draws: int, seed: int) -> npt.NDArray[np.float32]:
    runs, tasks = scores.shape
    each = blocks(runs, tasks, draws, [seed, _digest(name)])
    return np.concatenate([_counts(places) for places in each], axis=1)


def _counts(places: Places) -> npt.NDArray[np.float32]:
    """Return how often each run was taken, shape (tasks, draws, runs)."""
    draws, runs, tasks = places.shape
    cell = np.arange(draws)[:, None, None] + draws * np.arange(tasks)
    counted = np.bincount((cell * runs + places).ravel(), minlength=tasks * draws * runs)
    return counted.reshape(tasks, draws, runs).astype(np.float32)


def _expected(
    wins: Scores, first: npt.NDArray[np.float32], second: npt.NDArray[np.float32]
) -> Scores:
    # sums of halves below 2^23 are exact in single precision
    sums = ((first @ wins.astype(np.float32)) * second).sum(-1)
    return np.asarray(sums.astype(np.float64).mean(0) / (first.shape[-1] * second.shape[-1]))


def _digest(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
