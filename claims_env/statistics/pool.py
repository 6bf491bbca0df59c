"""Worlds of one kind taken together: what their scores say of every scheduler."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from claims_env.bootstrap import Estimate
from claims_env.statistics.aggregate import AGGREGATES, Scores
from claims_env.statistics.benchmark_scores import BenchmarkScores, Kind
from claims_env.statistics.improvement import ImprovementMatrix, improvement_matrix
from claims_env.statistics.normalised import normalised
from claims_env.statistics.performance_profile import performance_profile
from claims_env.statistics.power import effect_seen
from claims_env.statistics.robust_matrix import RobustMatrix, robust_matrix
from claims_env.statistics.sign_flips import sign_flip_p
from claims_env.statistics.stratified import Band, estimates
from claims_env.statistics.winner import Decision, decide

THRESHOLDS = 41
"""Levels a performance profile is drawn at."""

YARDSTICKS = ("random", "oracle")
"""Who stands for 0 and for 1 on the common scale, where both were played."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The worlds of one kind together, controls apart.

    Attributes:
        kind: 'simulated' or 'physics'.
        worlds: Their names.
        aggregates: Of success after the last round, 0 to 1, by scheduler and by aggregate; only of
            schedulers without a missing cell. Best interquartile mean first.
        gain: The mean share of the way from random to oracle, by scheduler; empty where they were
            not both played or some world has no such way that the seeds can tell from none.
        thresholds: Levels of success at which profiles were taken.
        profiles: Share of runs above each level, by scheduler.
        decision: What the worlds together settle among those in competition.
        robust: Each of them in every world.
        improvement: Who beats whom how often.
        visible: The difference between two in competition that so many seeds are likely to see,
            see `visible_effect`; None where their spread is not known.
    """

    kind: Kind
    worlds: tuple[str, ...]
    aggregates: Mapping[str, Mapping[str, Estimate]]
    gain: Mapping[str, Estimate]
    thresholds: tuple[float, ...]
    profiles: Mapping[str, Band]
    decision: Decision
    robust: RobustMatrix
    improvement: ImprovementMatrix
    visible: float | None


def pool_of(
    scores: BenchmarkScores, kind: Kind, *, seed: int, draws: int, alpha: float
) -> Pool | None:
    """Return the worlds of a kind together, or None where nobody in competition finished them.

    Args:
        scores: What was measured.
        kind: Which worlds.
        seed: Decides all draws.
        draws: Of the bootstrap of aggregates.
        alpha: Chance of any false finding.
    """
    places = scores.pooled(kind)
    matrices = scores.matrices(places) if places else {}
    competing = scores.competing(matrices)
    if not competing:
        return None
    worlds = tuple(scores.worlds[k].name for k in places)
    figures = {name: estimates(m, seed=seed, draws=draws) for name, m in matrices.items()}
    best_first = sorted(figures, key=lambda name: -figures[name]["IQM"].value)
    cells = np.stack(list(matrices.values()))
    thresholds = np.linspace(cells.min(), cells.max(), THRESHOLDS)
    return Pool(
        kind=kind,
        worlds=worlds,
        aggregates={name: figures[name] for name in best_first},
        gain=_gain(matrices, seed, draws, alpha),
        thresholds=tuple(thresholds.tolist()),
        profiles={n: performance_profile(m, thresholds, seed=seed) for n, m in matrices.items()},
        decision=decide(competing, alpha=alpha, seed=seed),
        robust=robust_matrix(competing, worlds, alpha=alpha, seed=seed),
        improvement=improvement_matrix({n: matrices[n] for n in best_first}, seed=seed),
        visible=visible_effect(competing, alpha),
    )


def visible_effect(scores: Mapping[str, Scores], alpha: float) -> float | None:
    """Return the difference two schedulers must have to be told apart in 4 of 5 benchmarks.

    From the median over all pairs of how much their difference scatters over seeds, alpha split
    among the pairs, by the normal approximation: with few seeds a little more is needed.

    Args:
        scores: Shape (runs, tasks) each; row k of all is the same seed.
        alpha: Chance of any false finding.
    """
    by_run = [matrix.mean(1) for matrix in scores.values()]
    spreads = [float((a - b).std(ddof=1)) for a, b in combinations(by_run, 2) if len(a) > 1]
    spread = float(np.median(spreads)) if spreads else 0.0
    if spread == 0.0:
        return None
    pairs, runs = len(spreads), len(by_run[0])
    # a correlation of one half makes the spread of a run that of a difference
    return effect_seen(runs, spread, alpha=alpha, comparisons=pairs, correlation=0.5)


def _gain(
    matrices: Mapping[str, Scores], seed: int, draws: int, alpha: float
) -> dict[str, Estimate]:
    floor, ceiling = YARDSTICKS
    if floor not in matrices or ceiling not in matrices:
        return {}
    ways = (matrices[ceiling] - matrices[floor]).T
    # a way that may be none at all makes shares of it that are all noise
    if max(sign_flip_p(way, "greater", seed=seed) for way in ways) > alpha:
        return {}
    scaled = normalised(matrices, floor, ceiling)
    only = {"mean": AGGREGATES["mean"]}
    return {n: estimates(m, only, seed=seed, draws=draws)["mean"] for n, m in scaled.items()}
