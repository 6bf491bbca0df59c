"""What the convert command tells: each clip, what was done to it, and what could not be used."""

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims_env.clip_format import PHC_SHORTEST, ReadClips
from claims_env.import_notes import notes_on

WIDTH = 100
"""Characters per line where the output is no terminal."""

MOST = 40
"""Clips that get a line of their own."""

MOST_NOTES = 12
"""Sentences about what was done."""


def show(clips: ReadClips, kind: str, target: Path, *, width: int | None = None) -> None:
    """Write to standard output what was converted.

    Args:
        clips: What was read.
        kind: The format it was written in.
        target: Where to.
        width: Characters per line; None takes the terminal's.
    """
    console = Console(file=sys.stdout, highlight=False)
    if width is None:
        width = console.width if console.is_terminal else WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    console.print(_table(clips))
    if len(clips.motions) > MOST:
        console.print(Text(f"... and {len(clips.motions) - MOST} more."))
    for told in _notes(clips):
        console.print(Text(told, style="dim"))
    for told in _warnings(clips, kind):
        console.print(Text(told, style="yellow"))
    for refusal in clips.refused:
        console.print(Text(f"Not used: {refusal.reason}", style="yellow"))
    count = len(clips.motions)
    clip = "1 clip" if count == 1 else f"{count} clips"
    # a path must stay whole, to be copied
    console.print(Text(f"{clip} written as {kind} to {target}"), soft_wrap=True)


def _warnings(clips: ReadClips, kind: str) -> Iterator[str]:
    """Yield what PHC would make of a library without a word."""
    short = [motion.name for motion in clips.motions if motion.frames < PHC_SHORTEST]
    if kind == "phc" and short:
        yield (
            f"PHC leaves out, without a word, clips under {PHC_SHORTEST} frames: "
            f"{', '.join(short[:MOST_NOTES])}{' and more' if len(short) > MOST_NOTES else ''}."
        )


def _table(clips: ReadClips) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=0)
    table.add_column("clip", overflow="fold")
    table.add_column("from", overflow="fold")
    for heading in ("frames", "Hz", "s"):
        table.add_column(heading, justify="right")
    for kind, motion in list(zip(clips.kinds, clips.motions, strict=True))[:MOST]:
        figures = (f"{motion.frames}", f"{motion.fps:g}", f"{motion.seconds:.2f}")
        table.add_row(Text(motion.name), kind, *figures)
    return table


def _notes(clips: ReadClips) -> Iterator[str]:
    """Yield what was done to clips, each sentence once, and to how many it applies."""
    counts: dict[str, int] = {}
    for motion in clips.motions:
        for note in notes_on(motion):
            counts[note] = counts.get(note, 0) + 1
    common = sorted(counts.items(), key=lambda told: -told[1])
    for note, count in common[:MOST_NOTES]:
        every = count == len(clips.motions)
        yield note if every else f"{note} ({count} of {len(clips.motions)} clips)"
    if len(common) > MOST_NOTES:
        yield "And more; claims-env check tells it of each clip."
