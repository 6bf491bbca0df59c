"""Agreement of two worlds on the order of schedulers: Kendall's tau-b, and how sure it is.

This is what a simulated student is worth: whether it puts schedulers in the order in which a real
tracker does. Few schedulers leave much to chance, so that the p-value is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from math import factorial

import numpy as np
import numpy.typing as npt

from claims_env.bootstrap import Estimate
from claims_env.errors import ContractBroken
from claims_env.rank_correlation import kendall, paired
from claims_env.statistics.aggregate import Scores
from claims_env.statistics.score_matrix import checked_level
from claims_env.statistics.stratified import LEVEL

DRAWS = 5_000

ENUMERATED = 8
"""Most schedulers all of whose orders are tried where some are tied: 40,320."""

SHUFFLES = 50_000
"""Orders tried of more schedulers with ties; the first is the one that was seen."""


@dataclass(frozen=True, slots=True)
class RankAgreement:
    """How far two worlds order schedulers alike.

    Attributes:
        tau: Kendall's tau-b of mean scores, -1 to 1, with its interval over seeds; None where a
            world tells no two schedulers apart.
        p: One-sided: how often orders dealt at random agree as well or better.
        schedulers: How many were ordered.
    """

    tau: Estimate | None
    p: float
    schedulers: int


def kendall_p(first: npt.ArrayLike, second: npt.ArrayLike, *, seed: int = 0) -> float:
    """Return the one-sided permutation p-value of Kendall's tau-b.

    Exact without ties, by counting orders with so many inversions (Kendall, 1938), and with ties up
    to `ENUMERATED` values; 6 values reach 0.05 at a tau of 11/15, 7 at 13/21, 8 at 16/28.

    Args:
        first: One value per scheduler, shape (schedulers,).
        second: Likewise, in the same order.
        seed: Decides the orders tried where there are too many.
    """
    a, b = _columns(first, second)
    seen = float(_signs(a) @ _signs(b))
    if len(np.unique(a)) == len(np.unique(b)) == len(a):
        return _untied_p(len(a), round((len(a) * (len(a) - 1) / 2 - seen) / 2))
    return float((_dealt(b, seed) @ _signs(a) >= seen).mean())


def rank_agreement(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    seed: int,
    draws: int = DRAWS,
    level: float = LEVEL,
) -> RankAgreement:
    """Return how far two worlds order the same schedulers alike.

    The interval draws the runs of each world again, all schedulers' together. It tells what other
    seeds would give with these schedulers; the p-value tells what chance would.

    Args:
        first: Scores in one world, shape (runs, schedulers).
        second: In the other, shape (other runs, schedulers).
        seed: Decides the draws.
        draws: How many.
        level: What the interval holds.

    Raises:
        ContractBroken: The worlds have different schedulers, or none.
    """
    made = (np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64))
    a, b = _columns(*(matrix.mean(0) for matrix in made))
    value = kendall(paired(a, b).table())
    p = kendall_p(a, b, seed=seed)
    if value is None or min(map(len, made)) < 2:
        return RankAgreement(None if value is None else Estimate(value, None, None), p, len(a))
    signs = [_signs(_drawn_means(m, draws, [seed, k])) for k, m in enumerate(made)]
    together = (signs[0] * signs[1]).sum(1)
    apart = np.sqrt(np.prod([np.abs(s).sum(1) for s in signs], axis=0))
    taus = together[apart > 0] / apart[apart > 0]
    tail = 50.0 * (1.0 - checked_level(level))
    low, high = np.percentile(taus, [tail, 100.0 - tail]).tolist() if len(taus) else (None, None)
    return RankAgreement(Estimate(value, low, high), p, len(a))


def agreement_matrix(
    worlds: Sequence[npt.ArrayLike], *, seed: int, draws: int = DRAWS
) -> list[list[RankAgreement]]:
    """Return the agreement of every world with every other, rows and columns as given.

    Args:
        worlds: Scores in each, shape (runs, schedulers).
        seed: Decides the draws.
        draws: How many.
    """
    found = [
        [
            rank_agreement(a, b, seed=seed, draws=draws) if i < j else None
            for j, b in enumerate(worlds)
        ]
        for i, a in enumerate(worlds)
    ]
    count = np.asarray(worlds[0]).shape[1] if len(worlds) else 0
    itself = RankAgreement(Estimate(1.0, None, None), 1.0 / factorial(count), count)
    return [
        [found[min(i, j)][max(i, j)] or itself for j in range(len(worlds))]
        for i in range(len(worlds))
    ]


def _columns(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[Scores, Scores]:
    a, b = (np.asarray(column, dtype=np.float64) for column in (first, second))
    if a.shape != b.shape or a.ndim != 1 or len(a) < 2 or not np.isfinite([a, b]).all():
        raise ContractBroken(
            f"Schedulers to order have scores of shapes {a.shape} and {b.shape}; expected the same "
            "2 or more in both worlds, each with a finite score."
        )
    return a, b


def _signs(values: Scores) -> Scores:
    """Return the order of every pair, shape (..., pairs): -1, 0 or 1."""
    i, j = np.triu_indices(values.shape[-1], 1)
    return np.asarray(np.sign(values[..., j] - values[..., i]))


def _untied_p(count: int, inversions: int) -> float:
    """Return the share of all orders with at most so many inversions."""
    ways = [1]
    for size in range(1, count + 1):
        ways = [sum(ways[max(0, k - size + 1) : k + 1]) for k in range(len(ways) + size - 1)]
    return sum(ways[: inversions + 1]) / factorial(count)


def _dealt(values: Scores, seed: int) -> Scores:
    """Return the signs of values in other orders, shape (orders, pairs)."""
    if len(values) <= ENUMERATED:
        return _signs(values[np.array(list(permutations(range(len(values)))))])
    orders = np.broadcast_to(values, (SHUFFLES, len(values))).copy()
    orders[1:] = np.random.default_rng(seed).permuted(orders[1:], axis=1)
    return _signs(orders)


def _drawn_means(scores: Scores, draws: int, seed: list[int]) -> Scores:
    """Return the mean scores of runs drawn together, shape (draws, schedulers)."""
    taken = np.random.default_rng(seed).integers(len(scores), size=(draws, len(scores)))
    return np.asarray(scores[taken].mean(1))
