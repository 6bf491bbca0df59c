"""What the feasible command tells: a line for each clip, and how many pass."""

import json
import sys
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims_env.feasibility import AssessedClip, Correction
from claims_env.records import to_json
from claims_env.suite import Refusal

WIDTH = 120
"""Characters per line where the output is no terminal."""

_COLUMNS = (
    ("score", "score", "{:.2f}"),
    ("lift", "lift\n[BW]", "{:.2f}"),
    ("jump", "jump\n[m]", "{:.2f}"),
    ("shift", "shift\n[m]", "{:.2f}"),
    ("off_floor", "floor\n[m]", "{:.2f}"),
    ("mean_distance", "error\n[m]", "{:.2f}"),
    ("worst_distance", "worst\n[m]", "{:.2f}"),
    ("effort", "effort\n[W/kg]", "{:.0f}"),
    ("core_seconds", "took\n[s]", "{:.1f}"),
)

_COLOURS = {"feasible": "green", "doubtful": "yellow", "against physics": "red"}


def show(
    assessed: Sequence[AssessedClip], refused: Sequence[Refusal], *, width: int | None = None
) -> None:
    """Write a table of the clips to standard output, and below it those that were refused.

    Args:
        assessed: The clips.
        refused: What could not be used.
        width: Characters per line; None takes the terminal's.
    """
    console = Console(file=sys.stdout, highlight=False)
    if width is None:
        width = console.width if console.is_terminal else WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    console.print(_table(assessed))
    feasible = sum(clip.feasibility.verdict == "feasible" for clip in assessed)
    console.print(f"{feasible} of {len(assessed)} are feasible.")
    searched = [clip.correction for clip in assessed if clip.correction]
    if searched:
        whole = sum(correction.complete for correction in searched)
        console.print(f"{whole} of {len(searched)} were performed to the end without help.")
    for refusal in refused:
        console.print(Text(f"Not used: {refusal.reason}", style="yellow"))


def write_json(
    assessed: Sequence[AssessedClip], refused: Sequence[Refusal], conditions: dict[str, Any]
) -> None:
    """Write the figures of the clips to standard output as one JSON document."""
    content = {
        **conditions,
        "clips": [
            {
                "name": clip.motion.name,
                "verdict": clip.feasibility.verdict,
                **to_json(clip.feasibility),
                "correction": _facts(clip.correction),
            }
            for clip in assessed
        ],
        "refused": to_json(tuple(refused)),
    }
    sys.stdout.write(json.dumps(content, indent=2) + "\n")


def _table(assessed: Sequence[AssessedClip]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=0)
    # folded where there is no room: a figure cut short would be another figure
    table.add_column("clip", overflow="fold")
    table.add_column("verdict", overflow="fold")
    for _, heading, _ in _COLUMNS:
        table.add_column(Text(heading), justify="right", overflow="fold")
    if any(clip.correction for clip in assessed):
        table.add_column(Text("without\nhelp"), overflow="fold")
    for clip in assessed:
        found = clip.feasibility
        verdict = Text(found.verdict, style=_COLOURS[found.verdict])
        figures = [text.format(getattr(found, name)) for name, _, text in _COLUMNS]
        table.add_row(Text(clip.motion.name), verdict, *figures, *_unassisted(clip))
    return table


def _unassisted(clip: AssessedClip) -> list[str]:
    """Return how far the humanoid got with no help, where that was asked."""
    found = clip.correction
    if found is None:
        return []
    return ["to the end" if found.complete else f"lost at {found.motion.seconds:.1f} s"]


def _facts(correction: Correction | None) -> dict[str, Any] | None:
    """Return the figures of a correction; its motion has a file of its own."""
    if correction is None:
        return None
    facts = {f.name: getattr(correction, f.name) for f in fields(correction) if f.name != "motion"}
    return {**facts, "seconds": correction.motion.seconds}
