"""Answers that judges owe: how many are missing and why, and when that is no run to go on with."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims_env.errors import ChatError
from claims_env.judge import ABSTAINED, Alignment, Difficulty, Missing
from claims_env.rounds import Round

_LASTING = ("auth", "request", "cassette", "budget")
"""Kinds of errors that are no better a round later: no key, no such model, nothing recorded, or a
cap that not even the first question fits."""

_SHOWN = 300
"""Most characters of a reason."""

Said = Alignment | Difficulty | Missing


@dataclass(frozen=True, slots=True)
class Silence:
    """What a judge owes.

    Attributes:
        judge: Its name.
        missing: Answers it owes.
        asked: Answers it was asked for.
        reason: Why most of them are missing.
    """

    judge: str
    missing: int
    asked: int
    reason: str

    def __str__(self) -> str:
        reason = self.reason if len(self.reason) <= _SHOWN else f"{self.reason[: _SHOWN - 1]}…"
        return f"{self.judge}: {self.missing} of {self.asked} answers are missing: {reason}"


def silences(rounds: Iterable[Round]) -> list[Silence]:
    """Return what each judge owes whom something failed.

    Who abstains owes nothing, and where no kind is told the judge had nothing to say of a clip.
    """
    said: dict[str, list[Said]] = {}
    for played in rounds:
        for s in played.sets:
            for given in (s.alignments, s.difficulties):
                for judge, answer in given.items():
                    said.setdefault(judge, []).append(answer)
    found = [_silence(judge, answers) for judge, answers in said.items()]
    return [silence for silence in found if silence.missing]


def unseen_clips(rounds: Iterable[Round]) -> int:
    """Return how many clips were trained on though every judge of alignment failed to answer."""
    kept = [s for played in rounds for s in played.sets if s.rejected is None]
    return sum(_owed(list(s.alignments.values())) for s in kept)


def require_aligners(answers: Mapping[str, Sequence[Alignment | Missing]]) -> None:
    """See that the first clips of a run were looked at by somebody.

    A judge without a key, or whose cassette holds nothing of this run, is as silent in all rounds
    to come; a run would train on whatever was made, and look like one that was judged.

    Args:
        answers: By judge, of all clips of round 0.

    Raises:
        ChatError: Nobody who was asked judged a clip, for reasons that last; or all of a judge's
            answers are missing from the cassette.
    """
    asked = {judge: _owing(given) for judge, given in answers.items()}
    asked = {judge: given for judge, given in asked.items() if given}
    mute = {judge: why for judge, given in asked.items() if (why := _lasting(given))}
    unrecorded = [judge for judge, why in mute.items() if why.kind == "cassette"]
    if unrecorded or (mute and len(mute) == len(asked)):
        judge = (unrecorded or list(mute))[0]
        raise ChatError(
            mute[judge].kind,
            judge,
            f"No clip of round 0 was judged, and nothing was trained: {mute[judge].reason}",
            "Mend that, then resume the run; or leave the judge out.",
        )


def _owing(given: Sequence[Alignment | Missing]) -> list[Alignment | Missing]:
    return [a for a in given if not (isinstance(a, Missing) and a.kind == ABSTAINED)]


def _lasting(given: Sequence[Alignment | Missing]) -> Missing | None:
    """Return why all of these are missing, if it is a reason that lasts."""
    missing = [a for a in given if isinstance(a, Missing) and a.kind in _LASTING]
    return missing[0] if len(missing) == len(given) else None


def _owed(given: Sequence[Alignment | Missing]) -> bool:
    return any(map(_failed, given)) and all(isinstance(answer, Missing) for answer in given)


def _silence(judge: str, answers: Sequence[Said]) -> Silence:
    asked = [a for a in answers if not (isinstance(a, Missing) and a.kind == ABSTAINED)]
    reasons = Counter(a.reason for a in asked if isinstance(a, Missing) and _failed(a))
    ((reason, _),) = reasons.most_common(1) or [("", 0)]
    return Silence(judge, reasons.total(), len(asked), reason)


def _failed(answer: Said) -> bool:
    return isinstance(answer, Missing) and answer.kind not in ("", ABSTAINED)
