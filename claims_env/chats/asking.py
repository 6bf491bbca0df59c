"""How a question is put: within its time, again where that helps, without what a model refuses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from claims_env.chat import Answer, Question
from claims_env.chats.abilities import Abilities, abilities_of, amended
from claims_env.chats.masking import masked_answer
from claims_env.chats.refusal import Place, Refusal, refused
from claims_env.chats.request import Request
from claims_env.chats.retries import Clock, Leave, Patience, WallClock, persist
from claims_env.chats.setback import Setback, broken, malformed
from claims_env.chats.time_limit import within

_LONGEST_TOKEN = 16
"""Characters per token that no answer in words has on average; four are usual."""


@dataclass(frozen=True, slots=True)
class Wire:
    """What is a vendor's own.

    Attributes:
        send: Sends a request within so many seconds and returns the reply; raises what it likes.
        read: Makes the reply an answer; may stumble over one that is none.
        library: The vendor's, as it is installed by.
        refusal: The error status an exception stands for, or None if it is of another kind.
    """

    send: Callable[[Request, float], Any]
    read: Callable[[Any, Request], Answer | Refusal | Setback]
    refusal: Callable[[Exception], Refusal | None]
    library: str


class Asking:
    """Asks one model; what it learns about the model's parameters it keeps.

    Args:
        who: The chat's name.
        place: Where it asks.
        abilities: What the model takes; None goes by its name.
        extra: Fields the user adds to every request.
        timeout_s: Longest one request may take [s].
        patience: When to give up; None is the usual.
        clock: Whose time counts between requests; None is the computer's.
    """

    def __init__(
        self,
        who: str,
        place: Place,
        *,
        abilities: Abilities | None,
        extra: Mapping[str, Any],
        timeout_s: float,
        patience: Patience | None,
        clock: Clock | None,
    ) -> None:
        self.who, self.place, self._timeout_s = who, place, timeout_s
        self._abilities = abilities or abilities_of(place.model)
        self._extra = extra
        self._patience, self._clock = patience or Patience(), clock or WallClock()

    def ask(self, question: Question, wire: Wire, leave: Leave) -> Answer:
        """Return the answer.

        Args:
            question: What to ask.
            wire: How it is sent and read.
            leave: Asked before it is sent again.

        Raises:
            ChatError: There is none.
        """
        attempt = partial(self._attempt, question, wire)
        whose = _identity(question)
        return persist(self.who, attempt, self._patience, self._clock, whose, leave)

    def _attempt(self, question: Question, wire: Wire, left_s: float) -> Answer | Setback:
        request = Request(self.place, question, self._abilities, self._extra)
        seconds = min(left_s, self._timeout_s)
        outcome: Answer | Refusal | Setback
        try:
            reply = within(seconds, lambda: wire.send(request, seconds))
        except Exception as error:  # whatever it is, it may hold the key: only its meaning leaves
            outcome = wire.refusal(error) or broken(error)
        else:
            outcome = _read(wire, reply, request)
        return self._judged(outcome, request, wire.library)

    def _judged(
        self, outcome: Answer | Refusal | Setback, request: Request, library: str
    ) -> Answer | Setback:
        if not isinstance(outcome, Refusal):
            return outcome
        if outcome.withholds:
            facts = {**request.facts(library), "withheld": outcome.code}
            return Answer("", "blocked", self.place.model, facts=facts)
        setback = refused(outcome, self.place, request.question)
        if amended(request.abilities, outcome) is None:
            return setback
        # another thread may have learned the same meanwhile
        self._abilities = amended(self._abilities, outcome) or self._abilities
        return replace(setback, amended=True)


def _read(wire: Wire, reply: Any, request: Request) -> Answer | Refusal | Setback:
    """Return what a reply says; the libraries let through any JSON, whatever its fields hold."""
    try:
        answer = wire.read(reply, request)
        return _checked(answer, request) if isinstance(answer, Answer) else answer
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return malformed("The reply has not the form of an answer")


def _checked(answer: Answer, request: Request) -> Answer | Setback:
    """Return the answer unless it is longer than any tokens asked for, fit to be kept.

    Without half characters, which JSON lets through and no file takes, and without keys.
    """
    if len(answer.text) > _LONGEST_TOKEN * request.question.max_tokens:
        return malformed("The answer is longer than its tokens allow")
    written = answer.text.encode("utf-8", "replace").decode("utf-8")
    return masked_answer(replace(answer, text=written))


def _identity(question: Question) -> str:
    """Return what tells questions apart, so that those asked at once do not pause alike."""
    said = [part for m in question.messages for part in (m.text, *(p.digest for p in m.pictures))]
    return f"{question.purpose} {question.sample} {' '.join(said)}"
