"""Asking again: how often, how long apart, and when to give up."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from claims_env.chat import Answer, Question
from claims_env.chats.setback import Setback
from claims_env.errors import ChatError, ConfigError

Leave = Callable[[str], None]
"""Asked before a question is sent again, with the kind of error the last request came to; raises a
`ChatError` where it may not be."""


class Clock(Protocol):
    """Tells the time and lets it pass."""

    def now(self) -> float:
        """Return a time that only grows [s]."""
        ...

    def sleep(self, seconds: float) -> None:
        """Come back after so many seconds."""
        ...


class WallClock:
    """The computer's. See `Clock`."""

    def now(self) -> float:
        """See `Clock`."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """See `Clock`."""
        time.sleep(seconds)


@runtime_checkable
class AsksWithLeave(Protocol):
    """A chat that sends a question again by itself, and asks for leave to."""

    def ask_with_leave(self, question: Question, leave: Leave) -> Answer:
        """Return the answer as `Chat.ask` does, having asked for leave before each repetition."""
        ...


def always(kind: str) -> None:
    """Give leave, whatever went wrong. See `Leave`."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer is worth asking for.

    Attributes:
        attempts: Most requests per question.
        total_s: Longest a question may take, all requests and pauses together [s].
        first_pause_s: Longest pause after the first failure [s]; it doubles with each.
        longest_pause_s: Where the doubling ends, and the longest we stay away because a provider
            asks us to [s].
        seed: Of the pauses; questions draw their own from it.
    """

    attempts: int = 4
    total_s: float = 180.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 30.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.attempts < 1 or min(self.total_s, self.first_pause_s, self.longest_pause_s) <= 0:
            raise ConfigError(f"{self}: attempts must be at least 1, and every time above 0 s.")


def persist(
    who: str,
    attempt: Callable[[float], Answer | Setback],
    patience: Patience,
    clock: Clock,
    whose: str = "",
    leave: Leave = always,
) -> Answer:
    """Return the first answer to come.

    Pauses are drawn evenly between nothing and a limit that doubles ("full jitter", M. Brooker, AWS
    Architecture Blog 2015).

    Args:
        who: The chat, as errors name it.
        attempt: Asks once, within the seconds it is given.
        patience: When to give up.
        clock: Whose time counts.
        whose: The question: those that failed together shall not come back together.
        leave: Asked before each further request.

    Raises:
        ChatError: No answer came, and asking again cannot help, was tried, or is not allowed.
    """
    dice, deadline = random.Random(f"{patience.seed} {whose}"), clock.now() + patience.total_s
    number = 1
    while isinstance(outcome := attempt(deadline - clock.now()), Setback):
        error, pause = _error(who, outcome, number), _pause(outcome, number, patience, dice)
        in_time = number < patience.attempts and clock.now() + pause < deadline
        if not (in_time and (outcome.amended or error.is_passing)):
            raise error
        _ask_leave(leave, error)
        clock.sleep(pause)
        number += 1
    return replace(outcome, attempts=number)


def _pause(setback: Setback, number: int, patience: Patience, dice: random.Random) -> float:
    if setback.amended:
        return 0.0
    limit = min(patience.first_pause_s * 2 ** (number - 1), patience.longest_pause_s)
    asked = min(max(setback.wait_s or 0.0, 0.0), patience.longest_pause_s)
    return asked + dice.uniform(0.0, limit)


def _error(who: str, setback: Setback, attempts: int) -> ChatError:
    tried = f" Asked {attempts} times." if attempts > 1 else ""
    return ChatError(setback.kind, who, setback.problem + tried, setback.cure, attempts)


def _ask_leave(leave: Leave, failed: ChatError) -> None:
    try:
        leave(failed.kind)
    except ChatError as refused:
        told = f"{failed.problem} It was not asked again: {refused.problem}"
        raise ChatError(refused.kind, failed.who, told, refused.cure, failed.attempts) from None
