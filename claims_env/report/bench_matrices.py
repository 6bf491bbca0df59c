"""The matrices of a benchmark: ranks by world, who beats whom, which worlds agree."""

from itertools import combinations

from claims_env.benchmark_summary import BenchmarkSummary
from claims_env.report.bench_words import FEW_SEEDS
from claims_env.report.table import NONE, Cell, Table
from claims_env.statistics.multiplicity import holm
from claims_env.statistics.pool import Pool
from claims_env.statistics.rank_agreement import RankAgreement


def rank_table(pool: Pool) -> Table:
    """Return ranks of schedulers by worlds, shaded; unbeaten ones are marked."""
    robust, count = pool.robust, len(pool.robust.schedulers)
    rows: list[tuple[Cell, ...]] = []
    for name in (name for name in pool.aggregates if name in robust.schedulers):
        i = robust.schedulers.index(name)
        cells = [
            Cell(
                f"{robust.ranks[i, k]:g}{'*' if name in robust.decisions[k].leaders else ''}",
                sort=float(robust.ranks[i, k]),
                hint=f"{100 * robust.means[i, k]:.1f} %, "
                f"{100 * robust.regret[i, k]:.1f} points below the best",
                heat=(count - float(robust.ranks[i, k])) / max(count - 1, 1),
            )
            for k in range(len(robust.worlds))
        ]
        mean_rank = float(robust.ranks[i].mean())
        rows.append((Cell(name), *cells, Cell(f"{mean_rank:.1f}", sort=mean_rank)))
    caption = f"Rank in each world, {pool.kind}; * cannot be told from the world's best"
    return Table(caption, ("scheduler", *robust.worlds, "mean rank"), tuple(rows))


def improvement_table(pool: Pool) -> Table:
    """Return how often a run of the row beats a run of the column."""
    found = pool.improvement
    rows = tuple(
        (
            Cell(name),
            *(
                Cell(NONE)
                if i == k
                else Cell(
                    f"{100 * found.value[i, k]:.0f}{'*' if _decided(pool, i, k) else ''}",
                    sort=float(found.value[i, k]),
                    hint=_spread(pool, i, k),
                    heat=float(found.value[i, k]),
                )
                for k, other in enumerate(found.names)
            ),
        )
        for i, name in enumerate(found.names)
    )
    caption = (
        f"How often a run of the row beats a run of the column [%], {pool.kind}; * its interval "
        f"leaves out 50, this pair alone considered (from {FEW_SEEDS} seeds on)"
    )
    return Table(caption, ("scheduler", *found.names), rows)


def agreement_table(summary: BenchmarkSummary) -> Table | None:
    """Return how far worlds order schedulers alike, or None where there is nothing to compare."""
    found = summary.agreement
    if not found:
        return None
    names = [_said(name, summary) for name in summary.agreement_worlds]
    pairs = list(combinations(range(len(names)), 2))
    adjusted = dict(zip(pairs, holm([found[i][k].p for i, k in pairs]).tolist(), strict=True))
    rows = tuple(
        (
            Cell(name),
            *(
                Cell(NONE) if i == k else _tau(found[i][k], adjusted[min(i, k), max(i, k)])
                for k in range(len(names))
            ),
        )
        for i, name in enumerate(names)
    )
    caption = (
        f"Kendall's tau-b between worlds over {found[0][0].schedulers} schedulers; * p < 0.05, "
        "one-sided, adjusted for all pairs of worlds (Holm)"
    )
    return Table(caption, ("world", *names), rows)


def _tau(found: RankAgreement, adjusted: float) -> Cell:
    if found.tau is None:
        return Cell(NONE)
    tau = found.tau
    spread = "" if tau.low is None else f"95 % interval {tau.low:.2f} to {tau.high:.2f}; "
    return Cell(
        f"{tau.value:.2f}{'*' if adjusted < 0.05 else ''}",
        sort=tau.value,
        hint=f"{spread}p = {found.p:.3f}, adjusted {adjusted:.3f}",
        heat=max(tau.value, 0.0),
    )


def _spread(pool: Pool, i: int, k: int) -> str:
    found = pool.improvement
    told = f"{found.names[i]} beats {found.names[k]}"
    if pool.decision.runs < 2:
        return f"{told}: of a single run nothing is known of the spread"
    return f"{told}: 95 % interval {100 * found.low[i, k]:.0f} to {100 * found.high[i, k]:.0f} %"


def _decided(pool: Pool, i: int, k: int) -> bool:
    # runs drawn again out of three or four are too much alike to leave anything out
    if pool.decision.runs < FEW_SEEDS:
        return False
    return bool(pool.improvement.low[i, k] > 0.5 or pool.improvement.high[i, k] < 0.5)


def _said(world: str, summary: BenchmarkSummary) -> str:
    kinds = {facts.name: facts.kind for facts in summary.scores.worlds}
    return f"{world} ({kinds[world]})"
