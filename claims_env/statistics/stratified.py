"""The stratified bootstrap: how sure an aggregate is, told by drawing runs again within tasks.

Each task keeps its number of runs, and tasks are not drawn: what is asked is what other seeds would
give on the same tasks (Agarwal et al., 2021). Draws come in blocks, so that memory stays small
however many are asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.bootstrap import Estimate
from claims_env.errors import ConfigError
from claims_env.statistics.aggregate import AGGREGATES, Scores, Statistic
from claims_env.statistics.score_matrix import checked_level, score_matrix

Places = npt.NDArray[np.integer]

DRAWS = 50_000
"""As many as published intervals rest on; the error of a bound is then about 1 % of the width."""

LEVEL = 0.95

_BLOCK = 1 << 18
"""Cells drawn at a time: what a processor's cache holds."""


@dataclass(frozen=True, slots=True)
class Band:
    """Figures with their intervals.

    Attributes:
        value: What was measured, any shape.
        low: Lower bounds, or None where a single run tells nothing of the spread.
        high: Upper bounds, likewise.
    """

    value: Scores
    low: Scores | None
    high: Scores | None

    def estimates(self) -> tuple[Estimate, ...]:
        """Return the figures along the only axis one by one."""
        values = self.value.tolist()
        if self.low is None or self.high is None:
            return tuple(Estimate(value, None, None) for value in values)
        bounds = zip(values, self.low.tolist(), self.high.tolist(), strict=True)
        return tuple(Estimate(*each) for each in bounds)


def blocks(runs: int, tasks: int, draws: int, seed: int | list[int]) -> Iterator[Places]:
    """Yield the runs to take for each task, shape (draws in this block, runs, tasks).

    Raises:
        ConfigError: No draw was asked for.
    """
    if draws < 1:
        raise ConfigError(f"draws is {draws}; expected at least 1, such as {DRAWS}.")
    rng = np.random.default_rng(seed)
    most = max(1, _BLOCK // (runs * tasks))
    for done in range(0, draws, most):
        yield rng.integers(runs, size=(min(most, draws - done), runs, tasks), dtype=np.int32)


def distribution(statistic: Statistic, scores: Scores, drawn: Iterable[Places]) -> Scores:
    """Return a statistic of every drawn matrix, shape (draws, ...).

    Args:
        statistic: Takes scores (draws, runs, tasks, ...).
        scores: Shape (runs, tasks, ...).
        drawn: Blocks of runs to take, each (draws, runs, tasks).
    """
    tasks = scores.shape[1]
    cells = scores.reshape(-1, *scores.shape[2:])
    columns = np.arange(tasks)
    return np.concatenate(
        [statistic(cells.take(places * tasks + columns, axis=0)) for places in drawn]
    )


def band(
    statistic: Statistic,
    scores: npt.ArrayLike,
    *,
    seed: int | list[int],
    draws: int = DRAWS,
    level: float = LEVEL,
) -> Band:
    """Return a statistic with its percentile interval (Efron, 1979).

    Args:
        statistic: Takes scores (draws, runs, tasks, ...) and returns (draws, ...).
        scores: Shape (runs, tasks, ...).
        seed: Decides the draws.
        draws: How many.
        level: Share of the draws the interval holds.

    Raises:
        ConfigError: The level is no share, or no draw was asked for.
        ContractBroken: The scores are no complete matrix.
    """
    given = np.asarray(scores, dtype=np.float64)
    made = score_matrix(given, axes=max(2, given.ndim))
    value = statistic(made[None])[0]
    if len(made) < 2:
        return Band(value, None, None)
    found = distribution(statistic, made, blocks(len(made), made.shape[1], draws, seed))
    tail = 50.0 * (1.0 - checked_level(level))
    low, high = np.percentile(found, [tail, 100.0 - tail], axis=0)
    return Band(value, np.asarray(low), np.asarray(high))


def estimates(
    scores: npt.ArrayLike,
    statistics: Mapping[str, Statistic] = AGGREGATES,
    *,
    seed: int | list[int],
    draws: int = DRAWS,
    level: float = LEVEL,
) -> dict[str, Estimate]:
    """Return several aggregates of one matrix, all from the same draws; see `band`."""
    chosen = tuple(statistics.values())
    joint = band(
        lambda drawn: np.stack([each(drawn) for each in chosen], axis=-1),
        scores,
        seed=seed,
        draws=draws,
        level=level,
    )
    return dict(zip(statistics, joint.estimates(), strict=True))


def over_rounds(statistic: Statistic) -> Statistic:
    """Return a statistic of scores (..., runs, tasks, rounds) that gives one figure per round."""

    def each_round(scores: Scores) -> Scores:
        return statistic(np.moveaxis(scores, -1, -3))

    return each_round
