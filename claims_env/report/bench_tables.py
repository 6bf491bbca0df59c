"""The tables of a benchmark's leaderboard, for the page and for Markdown alike."""

from collections.abc import Sequence

from claims_env.benchmark.spending import MATCHED
from claims_env.benchmark_summary import BenchmarkSummary, WorldSummary
from claims_env.bootstrap import Estimate
from claims_env.report.bench_words import is_budget
from claims_env.report.table import NONE, Cell, Table
from claims_env.statistics.pool import Pool


def leaderboard_table(pool: Pool, summary: BenchmarkSummary) -> Table:
    """Return schedulers, best interquartile mean first, with what can be told of each.

    The optimality gap is left out: of a share of success it is 1 minus the mean.
    """
    headings = (
        "scheduler",
        "IQM [%]",
        "mean [%]",
        "median [%]",
        "of the oracle's gain [%]",
        "p against the best mean",
        "leads in worlds",
        "unbeaten in worlds",
        "worst world [points]",
    )
    caption = (
        f"Held-out success after the last round, {pool.kind}: {_listed(pool.worlds)}; "
        f"{summary.scores.runs} seeds, 95 % intervals over seeds"
    )
    rows = tuple(_leaderboard_row(name, pool) for name in pool.aggregates)
    return _without_empty(Table(caption, headings, rows))


def world_table(summary: BenchmarkSummary) -> Table:
    """Return what each world settles by itself."""
    rows: list[tuple[Cell, ...]] = []
    for facts, world in zip(summary.scores.worlds, summary.worlds, strict=True):
        told = facts.told or ("no scheduler has an effect here" if facts.control else "")
        kind = f"{facts.kind}, control" if facts.control else facts.kind
        rows.append((Cell(facts.name), Cell(told or NONE), Cell(kind), *_settled(world)))
    headings = (
        "world",
        "what it is",
        "kind",
        "best mean",
        "winner",
        "not told from the best",
        "p",
        "head room [points]",
        "p of it",
    )
    caption = (
        "What each world settles by itself; p: that no scheduler matters; head room: by how much "
        "the reference is ahead of the best mean"
    )
    return Table(caption, headings, tuple(rows), prose=True)


def budget_table(summary: BenchmarkSummary) -> Table | None:
    """Return what each scheduler used; what differs from the others' median is marked."""
    budgets = summary.scores.budgets
    if not budgets:
        return None
    kinds = list(dict.fromkeys(kind for used in budgets.values() for kind in used))
    middle = {kind: sorted(b.get(kind, 0.0) for b in budgets.values()) for kind in kinds}
    rows = tuple(
        (
            Cell(name),
            *(_used(kind, used.get(kind), middle[kind][len(budgets) // 2]) for kind in kinds),
            Cell(summary.scores.replay.get(name, NONE)),
        )
        for name, used in budgets.items()
    )
    caption = "Budgets over all cells; coloured where a scheduler used more than 5 % beside most"
    return Table(caption, ("scheduler", *kinds, "plays its episodes again"), rows)


def percent(estimate: Estimate) -> Cell:
    """Return a share with its interval as percentages."""
    text = _points(estimate.value)
    if estimate.low is not None and estimate.high is not None:
        text += f" [{_points(estimate.low)}, {_points(estimate.high)}]"
    return Cell(text, sort=estimate.value)


def _leaderboard_row(name: str, pool: Pool) -> tuple[Cell, ...]:
    figures = pool.aggregates[name]
    return (
        Cell(name, tone="good" if name == pool.decision.winner else ""),
        *(percent(figures[key]) for key in ("IQM", "mean")),
        # in a single world it is the mean
        percent(figures["median"]) if len(pool.worlds) > 1 else Cell(NONE),
        percent(pool.gain[name]) if name in pool.gain else Cell(NONE),
        *(_standing(name, pool) if name in pool.decision.names else _OUT),
    )


_OUT = (Cell("out of competition"), Cell(NONE), Cell(NONE), Cell(NONE))


def _standing(name: str, pool: Pool) -> tuple[Cell, ...]:
    decision, robust, worlds = pool.decision, pool.robust, len(pool.worlds)
    p = decision.p[decision.names.index(name)]
    world, regret = robust.worst_world(name)
    leads, unbeaten = (round(worlds * f(name)) for f in (robust.leads, robust.unbeaten))
    worst = f"{world}, {100 * regret:.1f} below" if regret else NONE
    return (
        Cell("best", sort=1.0) if name == decision.best else _p(p, decision.alpha),
        Cell(f"{leads} of {worlds}", sort=leads),
        Cell(f"{unbeaten} of {worlds}", sort=unbeaten),
        Cell(worst, sort=regret),
    )


def _points(share: float) -> str:
    # what rounds to nothing has no sign
    return f"{round(100 * share, 1) or 0.0:.1f}"


def _p(p: float, alpha: float) -> Cell:
    return Cell(f"{p:.3f}", sort=p, tone="bad" if p <= alpha else "")


def _settled(world: WorldSummary) -> tuple[Cell, ...]:
    decision, room = world.decision, world.head_room
    if decision is None:
        return (Cell(NONE),) * 6
    others = [name for name in decision.leaders if name != decision.best]
    return (
        Cell(decision.best),
        Cell(decision.winner or "none", tone="good" if decision.winner else ""),
        Cell(_listed(others) or NONE),
        Cell(f"{decision.effect_p:.3f}", sort=decision.effect_p),
        Cell(NONE) if room is None else percent(room.estimate),
        Cell(NONE) if room is None else Cell(f"{room.p:.3f}", sort=room.p),
    )


def _used(kind: str, amount: float | None, most: float) -> Cell:
    if amount is None:
        return Cell(NONE)
    differs = is_budget(kind) and abs(amount - most) > MATCHED * most
    return Cell(f"{amount:,.0f}", sort=amount, tone="weak" if differs else "")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _without_empty(table: Table) -> Table:
    """Return the table without columns in which nobody has a value."""
    kept = [
        k
        for k in range(len(table.headings))
        if any(row[k].text != NONE for row in table.rows) or not table.rows
    ]
    rows = tuple(tuple(row[k] for k in kept) for row in table.rows)
    return Table(table.caption, tuple(table.headings[k] for k in kept), rows, table.prose)
