"""Caps on calls, tokens and money that stop before the call that would exceed them."""

import threading
from dataclasses import dataclass

from claims_env.errors import ChatError, ConfigError

_DUST = 1e-9
"""Money that sums of many small amounts may be off by [USD]."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What a call takes from a budget, or all calls so far.

    Attributes:
        calls: Times a provider is asked; one is reserved at a time.
        tokens: Input and output together.
        usd: [USD].
    """

    calls: int = 0
    tokens: int = 0
    usd: float = 0.0

    def __add__(self, other: "Spending") -> "Spending":
        return Spending(self.calls + other.calls, self.tokens + other.tokens, self.usd + other.usd)

    def __sub__(self, other: "Spending") -> "Spending":
        return self + Spending(-other.calls, -other.tokens, -other.usd)


class Budget:
    """What may be spent; one budget may serve several chats and threads.

    A call first reserves the most it may take and afterwards settles what it took. A call that fits
    only if calls under way take less than they reserved waits for them.

    Attributes:
        calls: Most calls, or None for any number.
        tokens: Most tokens, input and output together, or None.
        usd: Most money [USD], or None.
    """

    def __init__(
        self,
        calls: int | None = None,
        tokens: int | None = None,
        usd: float | None = None,
    ) -> None:
        """Set the caps.

        Args:
            calls: Most calls, or None.
            tokens: Most tokens, or None.
            usd: Most money [USD], or None.

        Raises:
            ConfigError: A cap is negative or not a number.
        """
        self.calls, self.tokens, self.usd = calls, tokens, usd
        for name, cap in (("calls", calls), ("tokens", tokens), ("usd", usd)):
            if cap is not None and not cap >= 0:
                raise ConfigError(f"The budget's {name} is {cap}. Expected 0 or more, or none.")
        self._spent = Spending()
        self._reserved = Spending()
        self._changed = threading.Condition()

    @property
    def spent(self) -> Spending:
        """What is settled."""
        with self._changed:
            return self._spent

    def reserve(self, most: Spending, who: str) -> None:
        """Set the most that a call may take aside; `settle` must follow.

        Args:
            most: What the call may take.
            who: The chat, for the error.

        Raises:
            ChatError: It would exceed a cap (kind 'budget'); nothing is set aside.
        """
        with self._changed:
            while not self._excess(self._spent + most) and self._excess(self._held() + most):
                self._changed.wait()
            if problem := self._excess(self._spent + most):
                raise ChatError(
                    "budget",
                    who,
                    f"The budget is used up: {problem}.",
                    "Raise the cap, or go on without this call.",
                )
            self._reserved += most

    def settle(self, most: Spending, took: Spending) -> None:
        """Book what a call took in place of what was reserved for it."""
        with self._changed:
            self._reserved -= most
            self._spent += took
            self._changed.notify_all()

    def _held(self) -> Spending:
        return self._spent + self._reserved

    def _excess(self, total: Spending) -> str:
        """Return which cap a total would exceed, in words; empty if none."""
        if self.calls is not None and total.calls > self.calls:
            return f"this would be call {total.calls} of {self.calls}"
        if self.tokens is not None and total.tokens > self.tokens:
            return f"after this call up to {total.tokens} tokens of {self.tokens} would be used"
        if self.usd is not None and total.usd > self.usd + _DUST:
            return f"after this call up to {total.usd:.4f} USD of {self.usd:.4f} would be spent"
        return ""
