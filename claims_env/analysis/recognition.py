"""The part of the data sheet on distinctness: how well base actions are recognised, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims_env.analysis.distinctness import FIRST, Distinctness
from claims_env.analysis.markdown import table

MOST = 10
"""Confusions listed per way of looking at clips."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """One way of looking at clips, and how well base actions are told apart in it.

    Attributes:
        seen: What is looked at, such as 'said alone'.
        takes: How many takes of each base action were learnt from, and tried.
        found: Distinctness by domain.
    """

    seen: str
    takes: tuple[int, int]
    found: Mapping[str, Distinctness]

    @property
    def recognised(self) -> float:
        """Share recognised by the nearest clip, of all domains together."""
        tried = sum(told.clips for told in self.found.values())
        return sum(told.nearest * told.clips for told in self.found.values()) / tried


def section(rows: Sequence[Recognition], shown: float) -> list[str]:
    """Return the lines of the part.

    Args:
        rows: Ways of looking, the easiest first.
        shown: Share of clips of whole sentences that tell when their base action is performed.
    """
    (alone_learnt, alone_tried), (learnt, tried) = rows[0].takes, rows[-1].takes
    return [
        "## Distinctness",
        "",
        "Can the base action be told from the motion, among those of its domain? A held-out clip "
        "gets the base action of the single nearest learnt clip or mirror image, by z-scores of "
        "percentiles, spread and speed of the joints in the heading frame "
        "(`claims_env/analysis/signature.py`). *Said alone* the prompt is the base action and "
        f"nothing else: {alone_learnt} takes of each learnt, {alone_tried} tried. In *whole "
        "sentences* the template, the combo action, the detail and the rhythm are drawn anew for "
        f"every clip: {learnt} takes of each learnt, {tried} tried. *Its own window* is the part "
        "of the clip in which its provenance says that the base action is performed"
        f"{_told(rows, shown)}; *the whole clip* includes the combo action, which is made of the "
        "same moves, so that nobody could reach 100 %. In brackets: by the nearest class mean "
        f"along linear discriminants, and whether it is among the first {FIRST} of these.",
        "",
        *_recognised(rows),
        "",
        *_confused(rows),
    ]


def _told(rows: Sequence[Recognition], shown: float) -> str:
    return "" if len(rows) < 3 or shown == 1 else f" ({shown:.1%} have one, others count whole)"


def _recognised(rows: Sequence[Recognition]) -> list[str]:
    domains = list(rows[0].found)
    chance = [f"{1 / told.actions:.0%}" for told in rows[0].found.values()]
    lines = [
        [row.seen, *(_shares(row.found[d]) for d in domains), f"**{row.recognised:.0%}**"]
        for row in rows
    ]
    heading = ["looked at", *(domain.replace("_", " ") for domain in domains), "all"]
    return table(heading, [*lines, ["by chance", *chance, ""]])


def _shares(told: Distinctness) -> str:
    return f"**{told.nearest:.0%}** ({told.discriminant:.0%}, {told.among_first:.0%})"


def _confused(rows: Sequence[Recognition]) -> list[str]:
    """Return the most frequent mistakes of every way but the last, which sees too much."""
    kept: list[list[str]] = []
    for row in rows[:-1]:
        wrong = [(told, domain) for domain, d in row.found.items() for told in d.confusions]
        for told, domain in sorted(wrong, key=lambda w: -w[0].times)[:MOST]:
            place = domain.replace("_", " ")
            kept.append([row.seen, place, told.true, told.guessed, f"{told.times}"])
    if not kept:
        return ["No base action was taken for another."]
    title = f"Most frequently confused (at most {MOST} of each):"
    return [title, "", *table(["looked at", "domain", "was", "taken for", "times"], kept)]
