"""Asking again: how often, how long apart, and when to give up."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from claims_env.chat import Answer
from claims_env.chats.setback import Setback
from claims_env.errors import ChatError, ConfigError


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

    Raises:
        ChatError: No answer came, and asking again cannot help or was tried.
    """
    dice, deadline = random.Random(f"{patience.seed} {whose}"), clock.now() + patience.total_s
    number = 1
    while isinstance(outcome := attempt(deadline - clock.now()), Setback):
        error, pause = _error(who, outcome, number), _pause(outcome, number, patience, dice)
        in_time = number < patience.attempts and clock.now() + pause < deadline
        if not (in_time and (outcome.amended or error.is_passing)):
            raise error
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
    return ChatError(setback.kind, who, setback.problem + tried, setback.cure)
