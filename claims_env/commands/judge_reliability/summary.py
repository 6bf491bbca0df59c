"""What the judge-reliability command tells: a table per question, and what is missing."""

import re
import sys
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims_env.bootstrap import Estimate
from claims_env.reliability import JudgeReliability, RankAgreement, Reliability

WIDTH = 120
"""Characters per line where the output is no terminal."""

NARROW = 100
"""Below so many characters per line names are broken and intervals stand under their figures."""

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
        console.print(_tiers(found.judges, narrow=width < NARROW))
    console.print(_correlations(found, narrow=width < NARROW))
    if found.agreements:
        console.print(_agreements(found, narrow=width < NARROW))
    for judge in found.judges:
        for line in _remarks(judge):
            console.print(Text(line))


def _tiers(judges: Sequence[JudgeReliability], *, narrow: bool) -> Table:
    table = _table("mean score", narrow=narrow)
    for tier in judges[0].tiers:
        _add(table, f"tier {tier.tier}\nn = {tier.clips}")
    _add(table, "falls")
    _add(table, "pairs in\nwrong order")
    for judge in judges:
        falls = ", ".join(f"{low} to {high}" for low, high in judge.falls) or "none"
        wrong = "-" if judge.misordered is None else f"{judge.misordered:.1%}"
        means = [told(tier.mean, within=True) for tier in judge.tiers]
        table.add_row(_named(judge.judge, narrow=narrow), *means, falls, wrong)
    return table


def _correlations(found: Reliability, *, narrow: bool) -> Table:
    """Return how scores rise with the tier, where there are tiers, and with the velocity."""
    table = _table("rank correlation of scores", narrow=narrow)
    has_tiers = bool(found.judges[0].tiers)
    for heading in (*(["tier"] if has_tiers else []), "velocity"):
        for figure in ("Spearman", "Kendall"):
            _add(table, f"with {heading}\n{figure}")
    for judge in found.judges:
        ranked = [*([judge.with_tier] if has_tiers else []), judge.with_speed]
        cells = [cell for one in ranked for cell in _both(one, narrow=narrow)]
        table.add_row(_named(judge.judge, narrow=narrow), *cells)
    if has_tiers:
        alone = _both(found.speed_with_tier, narrow=narrow)
        table.add_row(_named("mean velocity alone", narrow=narrow), *alone, "-", "-")
    return table


def _both(ranked: RankAgreement, *, narrow: bool) -> tuple[str, str]:
    return told(ranked.spearman, within=narrow), told(ranked.kendall, within=narrow)


def _agreements(found: Reliability, *, narrow: bool) -> Table:
    table = _table("agreement", narrow=narrow)
    for heading in ("clips", "kappa", "Spearman", "mean gap"):
        _add(table, heading)
    for pair in found.agreements:
        gap = "-" if pair.mean_gap is None else f"{pair.mean_gap:+.2f}"
        cells = (str(pair.clips), told(pair.kappa), told(pair.spearman), gap)
        table.add_row(_named(" and ".join(pair.judges), narrow=narrow), *cells)
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


def _table(title: str, *, narrow: bool) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), collapse_padding=narrow)
    # names keep the room they need: other columns have spaces to be folded at
    table.add_column(_named(title, narrow=narrow), no_wrap=True)
    return table


def _add(table: Table, heading: str) -> None:
    """Add a column of figures, folded where there is no room: one cut short would be another."""
    table.add_column(Text(heading), justify="right", overflow="fold")


def _named(name: str, *, narrow: bool) -> Text:
    """Return a name as a cell of a first column."""
    return Text(broken(name.replace(" (offline)", ""), 16) if narrow else broken(name, 44))


def broken(name: str, width: int) -> str:
    """Return a name on lines of so many characters, broken after spaces, colons, dashes, slashes.

    Where a part is longer than a line, it is cut.
    """
    lines = [""]
    for part in re.findall(rf"[^ :/-]{{1,{width - 1}}}[ :/-]?|[ :/-]", name):
        if len((lines[-1] + part).rstrip()) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(line.rstrip() for line in lines)


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
