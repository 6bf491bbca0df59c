"""What the bench command tells at its end: who did how well, at what cost, and what is missing."""

import math
import sys
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims_env.assembly.bench_page import Leaderboard
from claims_env.benchmark.scores_of import absences
from claims_env.benchmark.spending import KINDS, together

WIDTH = 100
"""Characters per line where the output is no terminal."""

MOST_ABSENCES = 10
"""Missing and failed cells that are told one by one; the page has all of them."""


def show(board: Leaderboard, folder: Path) -> None:
    """Write the headline, a table of schedulers by trackers, warnings and absences.

    Args:
        board: What was written.
        folder: Where.
    """
    console = Console(file=sys.stdout, highlight=False)
    width = console.width if console.is_terminal else WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    console.print(Text(board.headline, style="bold"))
    console.print(_means(board))
    console.print(_budgets(board))
    for warning in board.warnings:
        console.print(Text(f"Warning: {warning}"))
    _show_absences(console, absences(board.board))
    for path in board.pages:
        console.print(Text(f"Look at {path}"), soft_wrap=True)
    console.print(Text(f"Check it with: claims-env validate {folder}"), soft_wrap=True)


def _means(board: Leaderboard) -> Table:
    plan = board.board.plan
    title = "Held-out success after the last round, mean over seeds [%]"
    table = Table(box=SIMPLE_HEAD, title=title)
    table.add_column("scheduler")
    for tracker in plan.trackers:
        table.add_column(f"{tracker}\n{board.board.kinds[tracker]}", justify="right")
    for scheduler in plan.schedulers:
        means = board.board.means(scheduler)
        table.add_row(scheduler, *("missing" if math.isnan(m) else f"{100 * m:.1f}" for m in means))
    return table


def _budgets(board: Leaderboard) -> Table:
    table = Table(box=SIMPLE_HEAD, title="Used per episode, mean over cells")
    table.add_column("scheduler")
    for name in (*KINDS, "seconds", "of them deciding"):
        table.add_column(name, justify="right")
    for scheduler in board.board.plan.schedulers:
        spent = together(board.spent, scheduler)
        if spent is not None:
            used = (_amount(spent.used.get(kind)) for kind in KINDS)
            table.add_row(scheduler, *used, _time(spent.seconds), _time(spent.deciding_s))
    return table


def _amount(used: float | None) -> str:
    return "not counted" if used is None else f"{used:,.0f}"


def _time(seconds: float) -> str:
    return "not kept" if math.isnan(seconds) else f"{seconds:.3g}"


def _show_absences(console: Console, told: tuple[str, ...]) -> None:
    if not told:
        return
    console.print(Text(f"ERROR: {len(told)} cell(s) have no figures:", style="bold red"))
    for sentence in told[:MOST_ABSENCES]:
        console.print(Text(f"  {sentence}"))
    if len(told) > MOST_ABSENCES:
        console.print(Text(f"  ... and {len(told) - MOST_ABSENCES} more; the page names them all."))
