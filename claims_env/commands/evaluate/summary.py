"""What the evaluate command tells: under which conditions, and a table for each suite."""

import sys

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claims_env.evaluation_record import POOLED, EvaluationRecord, counted, successes
from claims_env.proportion import wilson_interval
from claims_env.suite_evaluation import POLICIES
from claims_env.tracking_metrics import ERRORS, SuiteMetrics

WIDTH = 100
"""Characters per line where the output is no terminal."""

HEADINGS = {
    "g_mpjpe": "g-MPJPE\n[mm]",
    "l_mpjpe": "l-MPJPE\n[mm]",
    "pa_mpjpe": "PA-MPJPE\n[mm]",
    "vel_dist": "vel\n[mm/f]",
    "acc_dist": "accel\n[mm/f²]",
}
"""How each error is headed; per frame at 30 Hz, as PHC gives them."""

_LARGE = 100.0
"""From here on a decimal says nothing more [mm]."""


def show(record: EvaluationRecord, *, width: int | None = None) -> None:
    """Write the conditions and every table to standard output.

    Args:
        record: What to show.
        width: Characters per line; None takes the terminal's.
    """
    console = Console(file=sys.stdout, highlight=False)
    if width is None:
        width = console.width if console.is_terminal else WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    console.print(Text(_headline(record)))
    for sentence in record.reality:
        console.print(Padding(Text(sentence, style="dim"), (0, 0, 0, 2)))
    for group in record.groups:
        console.print(_table(record, group))
    _show_refused(console, record)


def _headline(record: EvaluationRecord) -> str:
    sha256 = record.checkpoint["sha256"]
    hashed = f" (sha256 {sha256[:12]})" if sha256 else ""
    return (
        f"checkpoint {record.checkpoint['asked']}{hashed}, body {record.tracker.get('body')}, "
        f"{record.help}, errors {record.errors}"
    )


def _table(record: EvaluationRecord, group: str) -> Table:
    """Return a group's table: for each policy a line over all clips, and one over its successes."""
    clips = record.metrics(group, record.policies[0], record.errors).clips
    pooled = ", pooled by clips" if group == POOLED else ""
    title = Text(f"{group}{pooled}: {counted(clips)}, {record.help}", style="bold")
    # narrow enough for a terminal of 80 columns
    table = Table(box=SIMPLE_HEAD, padding=0, title=title, title_justify="left")
    for heading in ("policy", "success", "over"):
        table.add_column(Text(heading), overflow="fold")
    for error in ERRORS:
        # folded where there is no room: a figure cut short would be another figure
        table.add_column(Text(HEADINGS[error]), justify="right", overflow="fold")
    for policy in record.policies:
        metrics = record.metrics(group, policy, record.errors)
        style = "bold" if policy == "trained" else ""
        share = f"{100 * metrics.success_rate:.1f}% ({successes(metrics)}/{metrics.clips})"
        table.add_row(POLICIES[policy], share, "all", *_errors(metrics.all), style=style)
        table.add_row("", _interval(metrics), "succ.", *_errors(metrics.succeeded), style="dim")
    return table


def _interval(metrics: SuiteMetrics) -> str:
    low, high = wilson_interval(successes(metrics), metrics.clips)
    return f"95%: {100 * low:.0f}-{100 * high:.0f}%"


def _errors(errors: dict[str, float | None]) -> list[str]:
    return [_number(errors[name]) for name in ERRORS]


def _number(value: float | None) -> str:
    if value is None:
        return "\N{EN DASH}"
    return f"{value:.0f}" if value >= _LARGE else f"{value:.1f}"


def _show_refused(console: Console, record: EvaluationRecord) -> None:
    for suite in record.suites:
        for refusal in suite.refused:
            console.print(Text(f"{suite.name} goes without {refusal.name}: {refusal.reason}"))
