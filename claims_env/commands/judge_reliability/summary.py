"""What the judge-reliability command tells: a table per question, and what is missing."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims_env.bootstrap import Estimate
from claims_env.reliability import JudgeReliability, RankAgreement, Reliability

WIDTH = 120
"""Characters per line where the output is no terminal."""

MOST_REASONS = 3
"""Reasons of missing ratings that are told; the files hold all."""


def show(found: Reliability, *, width: int | None = None) -> None:
    """Write the tables to standard output.

    Args:
        found: The figures.
        width: Characters per line; None takes the terminal's.
    """
    console = Console(file=sys.stdout, highlight=False)
    if width is None:
        width = console.width if console.is_terminal else WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    if found.judges[0].tiers:
        console.print(_tiers(found.judges))
    console.print(_correlations(found))
    if found.agreements:
        console.print(_agreements(found))
    for judge in found.judges:
        for line in _remarks(judge):
            console.print(Text(line))


def show_usage(usage: Mapping[str, Any]) -> None:
    """Write what language models were asked, and what it cost, to standard output."""
    for chat in usage["chats"]:
        cost = "at a price nobody knows" if chat["usd"] is None else f"{chat['usd']:.4f} USD"
        tokens = chat["tokens"]["input"] + chat["tokens"]["output"]
        sys.stdout.write(f"{chat['model']}: {chat['calls']} calls, {tokens} tokens, {cost}\n")


def _tiers(judges: Sequence[JudgeReliability]) -> Table:
    table = _table("mean score")
    for tier in judges[0].tiers:
        table.add_column(Text(f"tier {tier.tier}\nn = {tier.clips}"), justify="right")
    table.add_column("falls", justify="right")
    table.add_column(Text("pairs in\nwrong order"), justify="right")
    for judge in judges:
        falls = ", ".join(f"{low} to {high}" for low, high in judge.falls) or "none"
        wrong = "-" if judge.misordered is None else f"{judge.misordered:.1%}"
        means = [told(tier.mean, within=True) for tier in judge.tiers]
        table.add_row(Text(judge.judge), *means, falls, wrong)
    return table


def _correlations(found: Reliability) -> Table:
    """Return how scores rise with the tier, where there are tiers, and with the velocity."""
    table = _table("rank correlation of scores")
    has_tiers = bool(found.judges[0].tiers)
    for heading in (*(["tier"] if has_tiers else []), "velocity"):
        for figure in ("Spearman", "Kendall"):
            table.add_column(Text(f"with {heading}\n{figure}"), justify="right")
    for judge in found.judges:
        ranked = [*([judge.with_tier] if has_tiers else []), judge.with_speed]
        table.add_row(Text(judge.judge), *(cell for one in ranked for cell in _both(one)))
    if has_tiers:
        table.add_row("mean velocity alone", *_both(found.speed_with_tier), "-", "-")
    return table


def _both(ranked: RankAgreement) -> tuple[str, str]:
    return told(ranked.spearman), told(ranked.kendall)


def _agreements(found: Reliability) -> Table:
    table = _table("agreement")
    for heading in ("clips", "kappa", "Spearman", "mean gap"):
        table.add_column(heading, justify="right")
    for pair in found.agreements:
        gap = "-" if pair.mean_gap is None else f"{pair.mean_gap:+.2f}"
        cells = (str(pair.clips), told(pair.kappa), told(pair.spearman), gap)
        table.add_row(Text(" and ".join(pair.judges)), *cells)
    return table


def _remarks(judge: JudgeReliability) -> list[str]:
    """Return what else there is to say of a judge."""
    lines: list[str] = []
    again = judge.repetition
    if again is not None:
        lines.append(
            f"{judge.judge}, asked twice about {again.clips} clips: {again.equal:.0%} got the same "
            f"score, the mean gap is {again.mean_gap:.2f}, kappa {told(again.kappa)}."
        )
    missing = sum(judge.missing.values())
    if missing:
        why = "; ".join(f"{n} x {reason}" for reason, n in _first(judge))
        lines.append(f"{judge.judge}: {missing} of {judge.asked} ratings are missing: {why}")
    return lines


def _first(judge: JudgeReliability) -> list[tuple[str, int]]:
    return list(judge.missing.items())[:MOST_REASONS]


def _table(title: str) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1))
    # folded where there is no room: a figure cut short would be another figure
    table.add_column(title, overflow="fold")
    return table


def told(figure: Estimate | None, *, within: bool = False) -> str:
    """Return a figure with its interval as text.

    Args:
        figure: Or None, where there is none.
        within: Put the interval below the figure, where columns are narrow.
    """
    if figure is None:
        return "-"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f}{chr(10) if within else ' '}[{figure.low:.2f}, {figure.high:.2f}]"
