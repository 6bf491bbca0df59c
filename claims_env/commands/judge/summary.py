"""What the judge command tells: for each clip, what each judge said."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims_env.commands.judge.judged_clip import JudgedClip
from claims_env.judge import Alignment, Difficulty, Missing, consensus, disagreement

WIDTH = 110
"""Characters per line where the output is no terminal."""

_COLOURS = {"aligned": "green", "partial": "yellow", "mismatch": "red"}


def show(clips: Sequence[JudgedClip], *, width: int | None = None) -> None:
    """Write what was said of each clip to standard output.

    Args:
        clips: What was judged.
        width: Characters per line; None takes the terminal's.
    """
    console = Console(file=sys.stdout, highlight=False)
    if width is None:
        width = console.width if console.is_terminal else WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    for clip in clips:
        console.print(_card(clip))


def _card(clip: JudgedClip) -> Table:
    card = Table.grid(padding=(0, 2), expand=False)
    card.add_column(style="dim")
    card.add_column(overflow="fold")
    motion = clip.motion
    figures = f"{motion.seconds:.1f} s, {motion.mean_speed:.2f} m/s on average"
    card.add_row(Text("clip"), Text(f"{_readable(motion.name)}  ({figures})", style="bold"))
    card.add_row(Text("prompt"), Text(_readable(clip.prompt) if clip.prompt else "none known"))
    for judge, rating in clip.difficulties.items():
        card.add_row(Text(judge), Text())
        _add_difficulty(card, rating)
        if judge in clip.alignments:
            _add_alignment(card, clip.alignments[judge])
    _add_consensus(card, list(clip.difficulties.values()))
    card.add_row()
    return card


def _add_difficulty(card: Table, rating: Difficulty | Missing) -> None:
    if isinstance(rating, Missing):
        card.add_row(Text("  difficulty"), Text(f"missing: {_readable(rating.reason)}", "yellow"))
        return
    card.add_row(Text("  difficulty"), Text(f"{rating.score} of 10", style="bold"))
    card.add_row(Text("  because"), Text(_readable(rating.rationale)))
    for name, words in rating.descriptors.items():
        card.add_row(Text(f"  {name.replace('_', ' ')}"), Text(_readable(words)))


def _add_alignment(card: Table, answer: Alignment | Missing) -> None:
    if isinstance(answer, Missing):
        card.add_row(Text("  alignment"), Text(f"missing: {_readable(answer.reason)}", "yellow"))
        return
    told = f"{answer.verdict}, {100 * answer.score:.0f} of 100"
    if answer.inconsistent:
        told += " (verdict and score contradict each other)"
    card.add_row(Text("  alignment"), Text(told, style=_COLOURS[answer.verdict]))
    card.add_row(Text("  because"), Text(_readable(answer.rationale)))


def _add_consensus(card: Table, ratings: Sequence[Difficulty | Missing]) -> None:
    mean, gap = consensus(ratings), disagreement(ratings)
    if mean is not None and gap is not None:
        card.add_row(Text("together"), Text(f"{mean:.1f} of 10, {gap:.0f} apart", style="bold"))


def _readable(text: str) -> str:
    """Return a text which a terminal shows and does not obey."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
