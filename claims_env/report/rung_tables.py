"""The tables of the real rung; every success in them is one with the tracker's assist."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from claims_env.benchmark.real_rung import UNTESTED, Foretelling, RealRung, against_baseline
from claims_env.bootstrap import Estimate
from claims_env.errors import ConfigError
from claims_env.report.bench_tables import percent
from claims_env.report.table import NONE, Cell, Table
from claims_env.statistics.pool import Pool
from claims_env.statistics.power import seeds_needed
from claims_env.statistics.ranking_reliability import (
    RankingReliability,
    agreement_power,
    ranking_reliability,
    spearman_brown,
    split_half_tau,
    tau_ceiling,
)

FIGURES = {
    "held_out_success": "success on held-out clips (what is ranked)",
    "held_out_followed": "share of a held-out clip's frames before it is lost",
    "held_out_g_mpjpe": "g-MPJPE on held-out clips [mm]",
    "corpus_success": "success on all clips trained on (each scheduler's own clips)",
}
"""Figures whose order is looked at, in words."""

SEEDS = (3, 5, 10, 20, 40, 80)
"""How many seeds are thought through."""

EFFECTS = (0.02, 0.05, 0.10)
"""Differences of success that somebody may want to see, 0 to 1."""


def assisted(rung: RealRung) -> str:
    """Return what every caption ends with."""
    return f"assist {rung.assist:g}"


def result_table(rung: RealRung, pool: Pool, *, seed: int) -> Table:
    """Return each scheduler's final figures, best interquartile mean first."""
    against = against_baseline(rung, seed=seed)
    rows = []
    for name, figures in pool.aggregates.items():
        place = rung.schedulers.index(name)
        difference = against.get(name)
        corpus = float(rung.final("corpus_success")[:, place].mean())
        tier = float(rung.figures["tier"][place, :, 1:].mean())
        rows.append(
            (
                Cell(name),
                percent(figures["IQM"]),
                percent(figures["mean"]),
                Cell(NONE) if difference is None else percent(difference[0].estimate),
                Cell(NONE) if difference is None else Cell(f"{difference[0].p:.3f}"),
                Cell(NONE) if difference is None else Cell(f"{difference[1]:.3f}"),
                Cell(f"{100 * corpus:.0f}"),
                Cell(f"{tier:.1f}"),
            )
        )
    headings = (
        "scheduler",
        "IQM [%]",
        "mean [%]",
        "mean above random [points]",
        "p",
        "p (Holm)",
        "success on its own clips [%]",
        "mean tier it asked for [1-5]",
    )
    caption = (
        f"Success on held-out clips after the last round, {len(rung.seeds)} seeds, 95 % intervals "
        f"over seeds, paired by seed ({assisted(rung)})"
    )
    return Table(caption, headings, tuple(rows))


def reliability_table(rung: RealRung) -> Table:
    """Return how reliable the order of schedulers is, by several figures."""
    rows = [_reliable(told, rung.final(figure)) for figure, told in FIGURES.items()]
    headings = (
        "figure after the last round",
        "reliable share of the means' variance [%]",
        "p that all are alike",
        "sd between schedulers",
        "sd of a run",
        "tau between halves of the seeds",
        "most tau to expect of a perfect surrogate",
    )
    return Table(f"How far this order is one ({assisted(rung)})", headings, tuple(rows), prose=True)


def foretelling_table(rung: RealRung, found: Sequence[Foretelling]) -> Table:
    """Return how each world's order agrees with that on physics."""
    rows = tuple(
        (
            Cell(f.world),
            Cell(_interval(f.agreement.tau)),
            Cell(f"{f.agreement.p:.3f}"),
            Cell(UNTESTED.get(f.world, NONE) if f.holm is None else f"{f.holm:.3f}"),
            Cell(_interval(f.followed)),
            Cell(f.best),
            Cell(f"{100 * f.reliability.share.value:.0f}"),
        )
        for f in found
    )
    headings = (
        "simulated world",
        "Kendall's tau with physics",
        "p",
        "p (Holm)",
        "tau by frames followed, for comparison",
        "first in the world",
        "reliable share of its own order [%]",
    )
    caption = (
        f"Simulated order against the order on physics ({assisted(rung)}); one-sided exact p, "
        "95 % intervals over seeds and instances"
    )
    return Table(caption, headings, rows)


def power_table(rung: RealRung, tested: int) -> Table:
    """Return what more seeds would give, if the scatter is what it is here.

    Args:
        rung: What was measured.
        tested: How many worlds share the level of the test.
    """
    found = ranking_reliability(rung.final())
    shares = [found.share.value, found.share.high or found.share.value]
    rows = []
    for seeds in SEEDS:
        at = [spearman_brown(share, seeds / len(rung.seeds)) for share in shares]
        rows.append(
            (
                Cell(str(seeds)),
                *(Cell(f"{tau_ceiling(share):.2f}") for share in at),
                *(Cell(_chance(rung, share, 1)) for share in at),
                *(Cell(_chance(rung, share, tested)) for share in at),
            )
        )
    headings = (
        "seeds per scheduler",
        "most tau to expect, as measured",
        "at the upper bound",
        "chance that a perfect surrogate is found, as measured",
        "at the upper bound",
        f"the same among {tested} worlds, as measured",
        "at the upper bound",
    )
    return Table(f"What more seeds would give ({assisted(rung)})", headings, tuple(rows))


def effect_table(rung: RealRung) -> Table:
    """Return how many seeds tell two schedulers apart."""
    final = rung.final()
    pairs = list(combinations(range(len(rung.schedulers)), 2))
    spread = float(np.median([(final[:, a] - final[:, b]).std(ddof=1) for a, b in pairs]))
    rows = tuple(
        (
            Cell(f"{100 * effect:g}"),
            Cell(_seeds(effect, spread, 1)),
            Cell(_seeds(effect, spread, n)),
        )
        for n in (len(pairs),)
        for effect in EFFECTS
    )
    headings = ("difference [points]", "seeds, one pair", f"seeds, any of {len(pairs)} pairs")
    caption = (
        f"Seeds at which a difference is seen in 4 of 5 benchmarks; two schedulers on the same "
        f"seed differ by {100 * spread:.1f} points (sd, median over pairs) ({assisted(rung)})"
    )
    return Table(caption, headings, rows)


def _reliable(told: str, scores: "np.typing.NDArray[np.float64]") -> tuple[Cell, ...]:
    found: RankingReliability = ranking_reliability(scores)
    halves = split_half_tau(scores)
    digits = ".1f" if scores.max() > 1 else ".3f"
    return (
        Cell(told),
        percent(found.share),
        Cell(f"{found.p:.3f}"),
        Cell(f"{found.scheduler_sd:{digits}}"),
        Cell(f"{found.run_sd:{digits}}"),
        Cell(NONE if halves is None else f"{halves:.2f}"),
        Cell(_interval(_ceiling(found.share))),
    )


def _ceiling(share: Estimate) -> Estimate:
    bounds = (None if b is None else tau_ceiling(b) for b in (share.low, share.high))
    return Estimate(tau_ceiling(share.value), *bounds)


def _chance(rung: RealRung, share: float, comparisons: int) -> str:
    chance = agreement_power(len(rung.schedulers), share, comparisons=comparisons)
    return f"{100 * chance:.0f} %"


def _seeds(effect: float, spread: float, comparisons: int) -> str:
    try:
        # a correlation of one half makes the spread of a run that of a difference
        return str(seeds_needed(effect, spread, comparisons=comparisons, correlation=0.5))
    except ConfigError:
        return NONE


def _interval(estimate: Estimate | None) -> str:
    if estimate is None:
        return NONE
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.2f}"
    return f"{estimate.value:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"
