"""A sign: something a motion can visibly do, which words ask for it, and how clearly it shows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from claims_env.judge import Alignment, Missing, Verdict
from claims_env.prompt import Prompt

Measured = TypeVar("Measured")

ALIGNED, MISMATCHED = 0.5, 0.15
"""Scores from which a clip is aligned, and under which it is a mismatch.

The paper's judges are told to be lenient and to call a mismatch only when nothing is to be seen.
"""

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
    """

    name: str
    words: re.Pattern[str]
    evidence: Callable[[Measured], float]
    figure: Callable[[Measured], str]
    weight: float = 1.0


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

    What the base and combo actions name counts twice as much as what the other words do.
    """
    moves = f"{prompt.base_action.text}; {prompt.combo_action.text}"
    asked = [
        (sign, sign.weight * (2 if sign.words.search(moves) else 1))
        for sign in signs
        if sign.words.search(prompt.text)
    ]
    if not asked:
        return Missing("no word of the prompt names anything this judge can see")
    total = sum(weight for _, weight in asked)
    score = sum(weight * sign.evidence(measured) for sign, weight in asked) / total
    told = [
        f"{sign.name} {sign.evidence(measured):.1f} ({sign.figure(measured)})" for sign, _ in asked
    ]
    return Alignment(round(score, 4), _verdict(score, len(asked)), "; ".join(told) + ".")


def _verdict(score: float, asked: int) -> Verdict:
    if score >= ALIGNED:
        return "aligned"
    return "mismatch" if score < MISMATCHED and asked >= FEWEST_SIGNS else "partial"
