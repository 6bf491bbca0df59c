"""The requests one question takes: each within the budget before it is sent."""

from claims_env.chats.budget import Budget, Spending

_BILLED = ("timeout", "malformed")
"""Kinds of errors after which a provider may ask for money all the same."""


class Sendings:
    """Sets aside what each request of a question may take, and books what it took.

    Between two requests nothing is set aside: two questions that waited for each other's share
    would wait for ever.

    Args:
        budget: What may be spent.
        most: The most one request may take.
        who: The chat, for errors.

    Attributes:
        sent: Requests so far.
    """

    def __init__(self, budget: Budget, most: Spending, who: str) -> None:
        self.sent = 0
        self._budget, self._most, self._who = budget, most, who
        self._is_open = False

    def begin(self) -> None:
        """Set aside what a request may take.

        Raises:
            ChatError: It would exceed a cap (kind 'budget'); it must not be sent.
        """
        self._budget.reserve(self._most, self._who)
        self._is_open = True
        self.sent += 1

    def repeat(self, kind: str) -> None:
        """Book a request that failed and set aside another. See `Leave`.

        Raises:
            ChatError: As `begin` does.
        """
        self.fail(kind)
        self.begin()

    def fail(self, kind: str) -> None:
        """Book the request under way as failed with an error of this kind."""
        self.end(self._most if kind in _BILLED else Spending(calls=1))

    def end(self, took: Spending | None = None) -> None:
        """Book what the request under way took, if there is one; all it might, if nobody knows."""
        if self._is_open:
            self._is_open = False
            self._budget.settle(self._most, self._most if took is None else took)
