"""The real rung: schedulers on a tracker of real physics, and which simulated world foretold it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.benchmark.row import Row
from claims_env.benchmark.world_order import WorldOrder
from claims_env.bootstrap import Estimate
from claims_env.errors import BenchmarkError
from claims_env.statistics.aggregate import Scores
from claims_env.statistics.benchmark_scores import BenchmarkScores, WorldFacts
from claims_env.statistics.multiplicity import holm
from claims_env.statistics.paired_difference import PairedDifference, paired_difference
from claims_env.statistics.rank_agreement import RankAgreement, rank_agreement
from claims_env.statistics.ranking_reliability import RankingReliability, ranking_reliability

UNTESTED = {
    "emulator": "not tested: fitted to such runs",
    "null": "not tested: has no order",
}
"""Worlds whose agreement is shown and not tested, and why."""

BASELINE = "random"


@dataclass(frozen=True, slots=True, eq=False)
class RealRung:
    """What was measured on physics, as far as everybody was played on the same seeds.

    Attributes:
        schedulers: Who, in the order of their names.
        seeds: Which seeds everybody finished.
        figures: By name, shape (schedulers, seeds, rounds).
        assist: Helping wrench of the tracker [share of body weight].
        left_out: Rows of other seeds, as told.
        rows: Those that count.
    """

    schedulers: tuple[str, ...]
    seeds: tuple[int, ...]
    figures: dict[str, Scores]
    assist: float
    left_out: tuple[str, ...]
    rows: tuple[Row, ...]

    def final(self, figure: str = "held_out_success") -> Scores:
        """Return a figure after the last round, shape (seeds, schedulers)."""
        return np.asarray(self.figures[figure][..., -1].T)

    @property
    def scores(self) -> BenchmarkScores:
        """What the statistics of a benchmark begin with."""
        facts = self.rows[0].facts
        world = WorldFacts(self.rows[0].tracker, "physics", False, str(facts.get("told", "")))
        used = {name: [r for r in self.rows if r.scheduler == name] for name in self.schedulers}
        budgets = {
            name: {
                "clips asked for": sum(r.budget["clips"] for r in rows),
                "clips trained on": sum(r.budget["trained"] for r in rows),
                "training samples": sum(r.budget["samples"] for r in rows),
            }
            for name, rows in used.items()
        }
        held_out = self.figures["held_out_success"][:, None]
        return BenchmarkScores(self.schedulers, (world,), held_out, budgets, self.left_out)


@dataclass(frozen=True, slots=True)
class Foretelling:
    """How far a simulated world foretold the order found on physics.

    Attributes:
        world: Which.
        agreement: Of its order with that on physics.
        holm: The p-value adjusted for all worlds that were tested; None for one that was not.
        reliability: Of the world's own order.
        best: Whom the world puts first.
        followed: Kendall's tau with the order on physics by `held_out_followed`, for comparison;
            None where a world tells no two schedulers apart.
    """

    world: str
    agreement: RankAgreement
    holm: float | None
    reliability: RankingReliability
    best: str
    followed: Estimate | None


def real_rung(rows: Sequence[Row]) -> RealRung:
    """Return what rows of runs come to, seeds that somebody lacks left out.

    Raises:
        BenchmarkError: No seed was finished by all, or the runs differ in size or tracker.
    """
    done = [row for row in rows if row.is_done]
    _require_alike(done)
    schedulers = tuple(sorted({row.scheduler for row in done}))
    by_cell = {(row.scheduler, row.seed): row for row in done}
    seeds = sorted({row.seed for row in done})
    full = tuple(s for s in seeds if all((name, s) in by_cell for name in schedulers))
    if not full:
        raise BenchmarkError("No seed was finished by every scheduler. Finish one for all of them.")
    counted = tuple(by_cell[name, seed] for name in schedulers for seed in full)
    figures = {
        figure: np.array(
            [[by_cell[name, seed].figures[figure] for seed in full] for name in schedulers]
        )
        for figure in counted[0].figures
    }
    rest = tuple(
        f"{row.scheduler}, seed {row.seed}, does not count: not everybody has finished that seed."
        for row in done
        if row.seed not in full
    )
    assist = float(counted[0].facts.get("assist", 0.0))
    return RealRung(schedulers, full, figures, assist, rest, counted)


def against_baseline(rung: RealRung, *, seed: int) -> dict[str, tuple[PairedDifference, float]]:
    """Return how far each scheduler is ahead of `BASELINE` on the same seeds, and Holm's p.

    Args:
        rung: What was measured.
        seed: Decides the draws.
    """
    final = rung.final()
    base = final[:, [rung.schedulers.index(BASELINE)]]
    found = {
        name: paired_difference(final[:, [k]], base, seed=seed)
        for k, name in enumerate(rung.schedulers)
        if name != BASELINE
    }
    adjusted = holm([difference.p for difference in found.values()])
    return {
        name: (difference, float(p))
        for (name, difference), p in zip(found.items(), adjusted, strict=True)
    }


def foretold(rung: RealRung, worlds: Sequence[WorldOrder], *, seed: int) -> tuple[Foretelling, ...]:
    """Return how far each world foretold the order on physics, in the order given.

    Args:
        rung: What was measured.
        worlds: Each with every scheduler of the rung.
        seed: Decides the draws.

    Raises:
        BenchmarkError: A scheduler was not played in a world.
    """
    orders = {world.world: world.of(rung.schedulers) for world in worlds}
    found = {name: rank_agreement(order, rung.final(), seed=seed) for name, order in orders.items()}
    tested = [name for name in found if name not in UNTESTED]
    adjusted = dict(zip(tested, holm([found[name].p for name in tested]).tolist(), strict=True))
    return tuple(
        Foretelling(
            name,
            found[name],
            adjusted.get(name),
            ranking_reliability(order),
            rung.schedulers[int(order.mean(0).argmax())],
            rank_agreement(order, rung.final("held_out_followed"), seed=seed).tau,
        )
        for name, order in orders.items()
    )


def _require_alike(rows: Sequence[Row]) -> None:
    kinds = {(r.tracker, r.sets, r.rounds, r.facts.get("assist"), r.library) for r in rows}
    if len(kinds) != 1:
        raise BenchmarkError(
            f"The rows are of {len(kinds)} kinds: {sorted(map(str, kinds))}. Expected one tracker, "
            "one assist, one library and one size for all."
        )
