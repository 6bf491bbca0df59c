"""A sign: something a motion can visibly do, which words ask for it, and how clearly it shows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from claims_env.judge import Alignment, Missing, Verdict
from claims_env.prompt import Prompt

Measured = TypeVar("Measured")

ALIGNED, MISMATCHED = 0.55, 0.25
"""Scores from which a clip is aligned, and under which it is a mismatch.

The paper's judges are told to be lenient and to call a mismatch only when nothing is to be seen.
"""

PLAINLY = 0.9
"""Evidence from which something is there for anyone to see."""

_MOVES = ("base_action", "combo_action")
_MOVE = 2.0
"""How much more a move of the prompt counts than a word about its manner."""

FEWEST_SIGNS = 2
"""Nobody is called a mismatch over a single word."""


@dataclass(frozen=True, slots=True)
class Sign(Generic[Measured]):
    """One visible thing.

    Attributes:
        name: What it is called in rationales.
        words: Which words of a prompt ask for it.
        evidence: How clearly a motion shows it, 0 to 1.
        figure: The measurement behind the evidence, in words.
        weight: How well it tells motions that were asked for it from others, which show it as well:
            1 for a turn, less for a moving arm.
        explained: Set for what nobody does by the way, as one swings an arm: a motion that plainly
            shows it shows something else than its prompt, unless a word asks for it or one of
            these explains it, as running explains a flight.
    """

    name: str
    words: re.Pattern[str]
    evidence: Callable[[Measured], float]
    figure: Callable[[Measured], str]
    weight: float = 1.0
    explained: re.Pattern[str] | None = None


def words(stems: str) -> re.Pattern[str]:
    """Return a pattern that finds any word starting with one of these alternatives."""
    return re.compile(rf"\b(?:{stems})", re.IGNORECASE)


def ramp(value: float, nothing: float, everything: float) -> float:
    """Return 0 up to `nothing`, 1 from `everything` on, and the straight line between."""
    return min(1.0, max(0.0, (value - nothing) / (everything - nothing)))


def level(share: float) -> str:
    """Return a share of 0 to 1 in a word."""
    return "low" if share < 1 / 3 else "medium" if share < 2 / 3 else "high"


def visible(signs: Sequence[Sign[Measured]], measured: Measured) -> list[str]:
    """Return the names of what a motion shows, in the table's order."""
    return [sign.name for sign in signs if sign.evidence(measured) >= 0.5]


def align_signs(
    prompt: Prompt, signs: Sequence[Sign[Measured]], measured: Measured
) -> Alignment | Missing:
    """Return how much of what a prompt asks for a motion shows.

    What the base and combo actions name counts twice as much as what the other words do. A slot
    that says nothing asks for nothing, and neither do the template's own words: a karateka who
    "chains" two kicks need not turn. What shows plainly and unexplained
    counts as a move not shown.
    """
    moves, wording = _said(prompt, _MOVES), _said(prompt, prompt.said) or prompt.text
    asked = [(sign, _weight(sign, moves)) for sign in signs if sign.words.search(wording)]
    if not asked:
        return Missing("no word of the prompt names anything this judge can see")
    told = [f"{sign.name} {_shown(sign, measured)}" for sign, _ in asked]
    unasked = [sign for sign in signs if _surprises(sign, wording, measured)]
    told += [f"unasked {sign.name} ({sign.figure(measured)})" for sign in unasked]
    total = sum(weight for _, weight in asked) + sum(_MOVE * sign.weight for sign in unasked)
    score = sum(weight * sign.evidence(measured) for sign, weight in asked) / total
    return Alignment(round(score, 4), _verdict(score, len(told)), "; ".join(told) + ".")


def _surprises(sign: Sign[Measured], wording: str, measured: Measured) -> bool:
    if sign.explained is None or sign.words.search(wording) or sign.explained.search(wording):
        return False
    return sign.evidence(measured) >= PLAINLY


def _weight(sign: Sign[Measured], moves: str) -> float:
    return sign.weight * (_MOVE if sign.words.search(moves) else 1.0)


def _shown(sign: Sign[Measured], measured: Measured) -> str:
    return f"{sign.evidence(measured):.1f} ({sign.figure(measured)})"


def _said(prompt: Prompt, slots: Sequence[str]) -> str:
    # a mark between two phrases keeps a pattern from reading across them
    return "; ".join(prompt.slots[slot].text for slot in slots)


def _verdict(score: float, asked: int) -> Verdict:
    if score >= ALIGNED:
        return "aligned"
    return "mismatch" if score < MISMATCHED and asked >= FEWEST_SIGNS else "partial"
