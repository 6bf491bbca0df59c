"""The summary of a benchmark: every figure its leaderboard shows, computed once.

`summarise` makes it from the scores; the page and the Markdown only write it down.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from claims_env.errors import ContractBroken
from claims_env.statistics.aggregate import Scores, iqm
from claims_env.statistics.benchmark_scores import BenchmarkScores, Kind
from claims_env.statistics.paired_difference import PairedDifference, paired_difference
from claims_env.statistics.pool import Pool, pool_of
from claims_env.statistics.rank_agreement import RankAgreement, agreement_matrix
from claims_env.statistics.stratified import DRAWS, Band, band, over_rounds
from claims_env.statistics.winner import ALPHA, Decision, decide

_CURVE_DRAWS = 2_000


@dataclass(frozen=True, slots=True)
class WorldSummary:
    """One world by itself.

    Attributes:
        curves: Interquartile mean of success after each round, by scheduler.
        decision: What this world settles among those in competition; None where nobody of them
            finished in it.
        head_room: By how much the first reference is ahead of the best of them; None where one of
            the two is missing.
    """

    curves: Mapping[str, Band]
    decision: Decision | None
    head_room: PairedDifference | None


@dataclass(frozen=True, slots=True)
class BenchmarkSummary:
    """What the leaderboard shows.

    Attributes:
        scores: What was measured.
        pools: The simulated worlds and the physics, as far as anybody finished there.
        worlds: Each world by itself, in the order of the scores'.
        agreement: How far worlds order schedulers alike, by rows and columns of
            `agreement_worlds`; empty with fewer than two worlds or three schedulers.
        agreement_worlds: Their names.
        seed: What all draws followed from.
        draws: Bootstrap draws of the aggregates.
    """

    scores: BenchmarkScores
    pools: tuple[Pool, ...]
    worlds: tuple[WorldSummary, ...]
    agreement: tuple[tuple[RankAgreement, ...], ...]
    agreement_worlds: tuple[str, ...]
    seed: int
    draws: int

    @property
    def controls(self) -> tuple[tuple[str, Decision], ...]:
        """What was found in worlds where there is nothing to find."""
        return tuple(
            (facts.name, world.decision)
            for facts, world in zip(self.scores.worlds, self.worlds, strict=True)
            if facts.control and world.decision is not None
        )


def summarise(
    scores: BenchmarkScores, *, seed: int = 0, draws: int = DRAWS, alpha: float = ALPHA
) -> BenchmarkSummary:
    """Return every figure of a benchmark; the same scores and seed give the same figures.

    Args:
        scores: What was measured.
        seed: Decides all draws.
        draws: Of the bootstrap of aggregates; curves and profiles take 2,000.
        alpha: Chance of any false finding, in each world and in each pool.

    Raises:
        ConfigError: A setting is out of range.
        ContractBroken: Nobody finished anywhere.
    """
    kinds: tuple[Kind, ...] = ("simulated", "physics")
    pools = [pool_of(scores, kind, seed=seed, draws=draws, alpha=alpha) for kind in kinds]
    worlds = tuple(_world(scores, k, seed, alpha) for k in range(len(scores.worlds)))
    if all(world.decision is None for world in worlds):
        raise ContractBroken(
            "No scheduler in competition finished all its runs in any world, so there is nothing "
            f"to compare ({', '.join(scores.references)} only show what is possible). Play the "
            "missing cells, or add schedulers."
        )
    names, agreement = _agreement(scores, seed)
    return BenchmarkSummary(
        scores, tuple(p for p in pools if p is not None), worlds, agreement, names, seed, draws
    )


def _world(scores: BenchmarkScores, place: int, seed: int, alpha: float) -> WorldSummary:
    matrices = scores.matrices((place,))
    curves = {
        name: band(over_rounds(iqm), cells[:, None, :], seed=seed, draws=_CURVE_DRAWS)
        for name, cells in zip(scores.schedulers, scores.held_out[:, place], strict=True)
        if np.isfinite(cells).all()
    }
    competing = scores.competing(matrices)
    decision = decide(competing, alpha=alpha, seed=seed) if competing else None
    return WorldSummary(curves, decision, _head_room(scores, matrices, decision, seed))


def _head_room(
    scores: BenchmarkScores, matrices: Mapping[str, Scores], decision: Decision | None, seed: int
) -> PairedDifference | None:
    played = [name for name in scores.references if name in matrices]
    if not played or decision is None:
        return None
    return paired_difference(matrices[played[0]], matrices[decision.best], seed=seed)


def _agreement(
    scores: BenchmarkScores, seed: int
) -> tuple[tuple[str, ...], tuple[tuple[RankAgreement, ...], ...]]:
    """Return how far worlds agree, over the schedulers that finished in all of them."""
    places = [k for k, w in enumerate(scores.worlds) if not w.control and scores.matrices((k,))]
    rows = np.isfinite(scores.final[:, places]).all((1, 2))
    if len(places) < 2 or rows.sum() < 3:
        return (), ()
    columns = [scores.final[rows, k].T for k in places]
    found = agreement_matrix(columns, seed=seed)
    return tuple(scores.worlds[k].name for k in places), tuple(map(tuple, found))
