"""What the generate command tells at its end: what was understood, and what came of it."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims_env.commands.generate.order import Order
from claims_env.motion import Motion
from claims_env.motion_filter import Verdict
from claims_env.understanding import understanding_of

WIDEST = 120
"""Characters per line at the most: longer ones are hard to read, however wide the terminal."""

MOST_LETTERS = 400
"""Letters of a text that are told; the index keeps all of them."""

_LABEL = len("not understood")


@dataclass(frozen=True, slots=True)
class Made:
    """A clip that was made."""

    order: Order
    motion: Motion
    verdict: Verdict


FIGURES = (
    ("mean_speed", "speed\n[m/s]", "{:.2f}"),
    ("longest_flight_s", "flight\n[s]", "{:.2f}"),
    ("travel", "travel\n[m]", "{:.1f}"),
    ("turned", "turns", "{:.1f}"),
    ("slip", "slip\n[m/s]", "{:.2f}"),
    ("effort", "effort\n[W/kg]", "{:.1f}"),
    ("residual", "residual\n[weights]", "{:.2f}"),
)
"""Figures shown, their headings, and how they are written; what is not measured is left out."""


def show(made: Sequence[Made], *, width: int | None = None) -> None:
    """Write to standard output what became of each clip, then the figures of all in one table.

    Words and figures stand apart, since together they do not fit a terminal of 80 columns.

    Args:
        made: The clips.
        width: Characters per line; None takes the terminal's.
    """
    console = Console(file=sys.stdout, highlight=False)
    if width is None:
        width = console.width if console.is_terminal else WIDEST
    console = Console(file=sys.stdout, highlight=False, width=min(width, WIDEST))
    for number, clip in enumerate(made, 1):
        console.print(_card(number, clip))
    console.print(_table(made))
    passed = sum(clip.verdict.passed for clip in made)
    console.print(f"{passed} of {len(made)} pass the filter.")


def readable(text: str) -> str:
    """Return a text cut to what anyone reads, which a terminal shows and does not obey."""
    shown = text[:MOST_LETTERS]
    if len(text) > MOST_LETTERS:
        shown += f"... ({len(text) - MOST_LETTERS} more letters)"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in shown)


def _card(number: int, clip: Made) -> Table:
    """Return what was asked for, understood and found of a clip, one line or more for each."""
    card = Table.grid(padding=(0, 2))
    card.add_column(no_wrap=True, justify="right", min_width=_LABEL)
    card.add_column(overflow="fold")
    card.add_row(Text(f"{number}", style="bold"), Text(readable(clip.order.text), style="bold"))
    for name, told, style in _lines(clip):
        if told:
            card.add_row(Text(name, style="dim"), Text(readable(told), style=style))
    card.add_row()
    return card


def _lines(clip: Made) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the words and the colour of each line; without words it is not shown."""
    heard, verdict = understanding_of(clip.motion), clip.verdict
    yield "read as", f"{clip.order.kind}, {clip.order.drawn_by(clip.motion)}", ""
    yield "read up to", str(clip.motion.provenance.get("text_cut_after") or ""), "yellow"
    yield "attention", heard.remark, "bold red"
    yield "moves", ", ".join(heard.moves) or "the generator does not say", ""
    yield "style", heard.style, ""
    yield "timing", heard.timing, ""
    yield "not understood", ", ".join(heard.not_understood), "yellow"
    yield "left out", ", ".join(heard.left_out), "yellow"
    yield "filter", "passes" if verdict.passed else f"refused: {verdict.sentence}", _colour(verdict)
    yield "remarkable", " ".join(reason.sentence for reason in verdict.warnings), ""


def _colour(verdict: Verdict) -> str:
    return "" if verdict.passed else "red"


def _table(made: Sequence[Made]) -> Table:
    known = made[0].verdict.measures
    figures = [figure for figure in FIGURES if figure[0] in known]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("clip", justify="right")
    table.add_column("filter")
    for _, heading, _ in figures:
        table.add_column(Text(heading), justify="right")
    for number, clip in enumerate(made, 1):
        numbers = [text.format(clip.verdict.measures[name]) for name, _, text in figures]
        filtered = "passes" if clip.verdict.passed else "refused"
        table.add_row(*map(Text, (f"{number}", filtered, *numbers)))
    return table
