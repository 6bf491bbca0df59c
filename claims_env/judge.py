"""What the curriculum needs from a judge, and how several judges become one ensemble."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from claims_env.motion import Motion
from claims_env.prompt import Prompt

Verdict = Literal["aligned", "partial", "mismatch"]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Whether a motion shows what its prompt says (App. D.3).

    Attributes:
        score: 0 (nothing of it) to 1 (all of it).
        verdict: The category the keep rule looks at.
        rationale: Why, in words.
    """

    score: float
    verdict: Verdict
    rationale: str


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How hard a motion looks, without knowing its prompt (Sec. 3.4).

    Attributes:
        score: 1 (trivial) to 10 (expert), an integer as in the paper.
        rationale: Why, in words.
        descriptors: The paper's five: action_sequence, technical_complexity, movement_intensity,
            balance_requirement, continuity.
    """

    score: int
    rationale: str
    descriptors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """A judgement that could not be had; never a zero that means 'unknown'."""

    reason: str


class Judge(Protocol):
    """Looks at motions and rates them."""

    @property
    def name(self) -> str:
        """What it is, as shown in records and reports; offline judges say so in it."""
        ...

    def align(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> list[Alignment | Missing]:
        """Return one answer per motion: does it show its prompt?"""
        ...

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        """Return one answer per motion: how hard is it? Blind to the prompt."""
        ...


def consensus(ratings: Sequence[Difficulty | Missing]) -> float | None:
    """Return the mean difficulty of the judges who answered, 1 to 10, or None if none did."""
    scores = [rating.score for rating in ratings if isinstance(rating, Difficulty)]
    return sum(scores) / len(scores) if scores else None


def disagreement(ratings: Sequence[Difficulty | Missing]) -> float | None:
    """Return the largest gap between two judges, or None where fewer than two answered."""
    scores = [rating.score for rating in ratings if isinstance(rating, Difficulty)]
    return float(max(scores) - min(scores)) if len(scores) > 1 else None


def mismatched_by(verdicts: dict[str, Alignment | Missing]) -> str | None:
    """Return the judge that rules a clip out, or None if it may stay.

    The keep rule of the paper's filter and the official code: a clip goes only when its verdict is
    'mismatch'. A missing verdict rules nothing out.
    """
    for judge, answer in verdicts.items():
        if isinstance(answer, Alignment) and answer.verdict == "mismatch":
            return judge
    return None
