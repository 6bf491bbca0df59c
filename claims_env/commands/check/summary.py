"""What the check command tells: of each clip what it is, its checks, and what to do."""

import math
import sys
from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claims_env.clip_format import READABLE
from claims_env.commands.check.checked_clip import CheckedClip
from claims_env.commands.check.cures import CURES
from claims_env.motion_filter import Measured
from claims_env.suite import Refusal

WIDTH = 100
"""Characters per line where the output is no terminal."""

_LEAST = 1e-4
"""What is smaller is shown as 0: rounding leaves that much."""

_COLOURS = {"fine": "green", "remarkable": "yellow", "refused": "red"}
_MARKS = {"fine": "", "remarkable": "(!)", "refused": "!!!"}
"""What is seen where there are no colours."""


def show(
    clips: Sequence[CheckedClip],
    refused: Sequence[Refusal],
    *,
    brief: bool = False,
    width: int | None = None,
) -> None:
    """Write what was found to standard output.

    Args:
        clips: The clips.
        refused: What could not be read.
        brief: Show only the checks that are not fine.
        width: Characters per line; None takes the terminal's.
    """
    console = Console(file=sys.stdout, highlight=False)
    if width is None:
        width = console.width if console.is_terminal else WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    for clip in clips:
        _show_clip(console, clip, brief=brief)
    for refusal in refused:
        console.print(Text(f"Cannot be used: {refusal.reason}", style="red"))
    console.print(Text(_total(clips, refused), style="bold"))


def _show_clip(console: Console, clip: CheckedClip, *, brief: bool) -> None:
    heading = Text.assemble(
        (clip.motion.name, "bold"), ": ", (clip.verdict, f"bold {_COLOURS[clip.verdict]}")
    )
    console.print(heading)
    for line in _facts(clip):
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    for note in clip.notes:
        console.print(Padding(Text(note, style="dim"), (0, 0, 0, 2)))
    shown = [check for check in clip.checks if not brief or check.verdict != "fine"]
    if shown:
        console.print(_table(shown))
    for check in clip.checks:
        if check.verdict != "fine":
            console.print(Padding(_advice(check), (0, 0, 0, 2)))
    console.print()


def _advice(check: Measured) -> Text:
    """Return what is wrong and what to do; what is remarkable may be meant so."""
    cure = CURES[check.name]
    if check.verdict == "remarkable":
        cure = f"If it is not meant: {cure[0].lower()}{cure[1:]}"
    beginning = (f"{check.verdict}: ", _COLOURS[check.verdict])
    return Text.assemble(beginning, f"{check.reason.sentence} {cure}")


def _facts(clip: CheckedClip) -> Iterator[str]:
    motion, features = clip.motion, clip.features
    yield f"{clip.kind}: {READABLE[clip.kind]}"
    yield f"{motion.frames} frames at {motion.fps:g} Hz: {motion.seconds:.2f} s"
    yield (
        f"joints: {features.mean_speed:.2f} m/s on average, {features.top_speed:.1f} m/s at most; "
        f"pelvis: {features.travel:.1f} m over the floor"
    )


def _table(checks: Sequence[Measured]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("check", overflow="fold")
    for heading in ("measured", "remarkable", "refused"):
        table.add_column(heading, justify="right", overflow="fold")
    table.add_column("unit", overflow="fold")
    table.add_column("verdict", overflow="fold")
    for check in checks:
        verdict = Text(f"{check.verdict} {_MARKS[check.verdict]}", _COLOURS[check.verdict])
        table.add_row(
            check.name.replace("_", " "),
            _number(check.value, check.unit),
            _limit(check, check.limit.warn),
            _limit(check, check.limit.hard),
            check.unit,
            verdict,
        )
    return table


def _limit(check: Measured, limit: float) -> str:
    if not math.isfinite(limit):
        return "\N{EN DASH}"
    return f"{'<' if check.below else '>'} {_number(limit, check.unit)}"


def _number(value: float, unit: str) -> str:
    if unit == "%":
        return f"{100 * value:.0f}"
    return f"{value:.3g}" if abs(value) >= _LEAST else "0"


def _total(clips: Sequence[CheckedClip], refused: Sequence[Refusal]) -> str:
    counts = [
        f"{sum(c.verdict == v for c in clips)} {v}" for v in ("fine", "remarkable", "refused")
    ]
    if refused:
        counts.append(f"{len(refused)} not readable")
    count = len(clips) + len(refused)
    return f"{'1 clip' if count == 1 else f'{count} clips'}: {', '.join(counts)}."
