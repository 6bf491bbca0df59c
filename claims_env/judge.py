"""What the curriculum needs from a judge, and how several judges become one ensemble."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

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
        difficulty: How hard it looks, 1 to 10, to a judge who knows the prompt; None if not said.
        domain: Which domain it looks like, or 'other'; None if not said.
        inconsistent: Whether score and verdict contradict each other; both stand as they were said.
    """

    score: float
    verdict: Verdict
    rationale: str
    difficulty: int | None = None
    domain: str | None = None
    inconsistent: bool = False


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


ABSTAINED = "abstained"
"""The kind of a judgement its judge is not there to make."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A judgement that could not be had; never a zero that means 'unknown'.

    Attributes:
        reason: Why, in words.
        kind: The same in one word where asking failed (a `ChatError`'s kind, or 'answer' for one
            that cannot be used), or `ABSTAINED`; else empty.
    """

    reason: str
    kind: str = field(default="", compare=False)


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


@runtime_checkable
class StreamsJudgements(Protocol):
    """A judge so slow that people want to see how far it has come."""

    def stream_alignments(
        self, motions: Sequence[Motion], prompts: Sequence[Prompt]
    ) -> Iterator[Alignment | Missing]:
        """Yield what `Judge.align` returns, in its order, each answer as soon as it is there."""
        ...

    def stream_ratings(self, motions: Sequence[Motion]) -> Iterator[Difficulty | Missing]:
        """Yield what `Judge.rate` returns, likewise."""
        ...


def consensus(ratings: Sequence[Difficulty | Missing]) -> float | None:
    """Return the mean difficulty of the judges who answered, 1 to 10, or None if none did."""
    scores = [rating.score for rating in ratings if isinstance(rating, Difficulty)]
    return sum(scores) / len(scores) if scores else None


def disagreement(ratings: Sequence[Difficulty | Missing]) -> float | None:
    """Return the largest gap between two judges, or None where fewer than two answered."""
    scores = [rating.score for rating in ratings if isinstance(rating, Difficulty)]
    return float(max(scores) - min(scores)) if len(scores) > 1 else None


def mismatched_by(
    verdicts: Mapping[str, Alignment | Missing], keep_score: float | None = None
) -> str | None:
    """Return the judge that rules a clip out, or None if it may stay.

    The keep rule of the paper's filter and the official code: a clip goes only when its verdict is
    'mismatch'. With a score to reach, the scores decide instead and verdicts count for nothing, as
    in the accept lists the official code writes beside it. A missing answer rules nothing out.

    Args:
        verdicts: Each judge's answer.
        keep_score: The score every judge who answered has to give, 0 to 1; None is the rule of
            verdicts.
    """
    for judge, answer in verdicts.items():
        if isinstance(answer, Alignment) and not _is_kept(answer, keep_score):
            return judge
    return None


def _is_kept(answer: Alignment, keep_score: float | None) -> bool:
    if keep_score is None:
        return answer.verdict != "mismatch"
    return answer.score >= keep_score
