"""What a benchmark says in sentences: its headline, and what to read first."""

import numpy as np

from claims_env.benchmark.spending import MATCHED
from claims_env.benchmark_summary import BenchmarkSummary
from claims_env.statistics.pool import Pool
from claims_env.statistics.winner import Decision

FEW_SEEDS = 5
"""Below this, percentile intervals are much too narrow."""


def headline(summary: BenchmarkSummary) -> str:
    """Return what the benchmark settles, in one sentence per kind of world."""
    if summary.pools:
        return " ".join(_settles(pool) for pool in summary.pools)
    if all(facts.control for facts in summary.scores.worlds):
        return "Only controls were played."
    return "Nothing is settled: outside the controls nobody in competition has all cells."


def caveats(summary: BenchmarkSummary) -> list[str]:
    """Return what whoever reads the figures must know, a sentence each."""
    return [
        *_reality(summary),
        *summary.scores.missing,
        *(_unranked(pool, summary) for pool in summary.pools if _absent(pool, summary)),
        *(_control(n, decision) for n, decision in summary.controls if len(decision.names) > 1),
        *_unmatched(summary),
        *_few(summary),
        *(_method(pool) for pool in summary.pools if len(pool.decision.names) > 1),
    ]


def is_budget(kind: str) -> bool:
    """Say whether what was used must be alike for a fair comparison; seconds never are."""
    return not kind.startswith("seconds")


def _settles(pool: Pool) -> str:
    decision = pool.decision
    where = f"{pool.kind} worlds" if len(pool.worlds) > 1 else ", ".join([pool.kind, *pool.worlds])
    if len(decision.names) == 1:
        return f"No comparison ({where}): only {decision.best} is in competition."
    if decision.winner:
        return f"Winner ({where}): {decision.winner}, better than each of the others."
    if not decision.found:
        return f"No winner ({where}): no two schedulers can be told apart."
    others = [name for name in decision.leaders if name != decision.best]
    if not others:
        return f"No winner ({where})."
    named = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    return (
        f"No winner ({where}): {decision.best} has the best mean and cannot be told from {named}; "
        f"{len(decision.beaten)} of {len(decision.names)} are worse."
    )


def _reality(summary: BenchmarkSummary) -> list[str]:
    kinds = {facts.kind for facts in summary.scores.worlds}
    said = "Rankings in simulated worlds say nothing of humanoid control by themselves."
    if kinds == {"simulated"}:
        return [f"Everything here is simulated: no physics, no motion, no judge was real. {said}"]
    if "simulated" in kinds:
        return [f"Some worlds are simulated, some are physics; they are never pooled. {said}"]
    return []


def _unranked(pool: Pool, summary: BenchmarkSummary) -> str:
    named = ", ".join(_absent(pool, summary))
    return f"Not ranked over {pool.kind} worlds, for want of cells: {named}."


def _absent(pool: Pool, summary: BenchmarkSummary) -> list[str]:
    return [name for name in summary.scores.schedulers if name not in pool.aggregates]


def _control(name: str, decision: Decision) -> str:
    met = "although there is none: a false alarm" if decision.found else "as it should be"
    saw = "a difference was found" if decision.found else "no difference was found"
    return (
        f"Control '{name}', in which no scheduler has an effect: {saw}, {met} "
        f"(p = {decision.effect_p:.3f}, level {decision.alpha:g})."
    )


def _unmatched(summary: BenchmarkSummary) -> list[str]:
    """Return what was not used alike; whoever lacks cells has used less without being cheaper."""
    scores = summary.scores
    if scores.unmatched is not None:
        return list(scores.unmatched)
    finals = zip(scores.schedulers, scores.final, strict=True)
    names = [name for name, cells in finals if np.isfinite(cells).all()]
    budgets = {name: scores.budgets[name] for name in names if name in scores.budgets}
    kinds = dict.fromkeys(kind for used in budgets.values() for kind in used if is_budget(kind))
    found: list[str] = []
    for kind in kinds:
        used = {name: b.get(kind, 0.0) for name, b in budgets.items()}
        least, most = min(used, key=used.__getitem__), max(used, key=used.__getitem__)
        if used[most] - used[least] > MATCHED * used[most]:
            found.append(
                f"Budgets are not matched in {kind}: from {used[least]:,.0f} ({least}) to "
                f"{used[most]:,.0f} ({most})."
            )
    return found


def _few(summary: BenchmarkSummary) -> list[str]:
    runs = summary.scores.runs
    if runs >= FEW_SEEDS:
        return []
    return [f"With {runs} seed(s) intervals are much too narrow, where there are any."]


def _method(pool: Pool) -> str:
    told = f"{pool.kind.capitalize()} worlds: p-values come from {pool.decision.method}."
    if pool.visible is None:
        return told
    return (
        f"{told} So many seeds are likely (80 %) to see differences of about "
        f"{100 * pool.visible:.1f} points or more; smaller ones may be there unseen."
    )
