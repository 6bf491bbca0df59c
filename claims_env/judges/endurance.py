"""How long a judge keeps asking where nothing comes of it."""

import threading

from claims_env.errors import ChatError

ENOUGH = 10
"""Motions in a row without an answer after which the rest is not asked about.

A provider that is down is waited for on every question, up to minutes each; one motion in ten that
fails by chance comes to ten in a row once in ten thousand million.
"""

_HOPELESS = ("auth", "budget")
"""Kinds of errors that no further question escapes."""

_LOCAL = ("cassette",)
"""Kinds of errors that cost nothing, and say nothing about other questions."""


class Endurance:
    """Hears of answers and failures, from several threads, and says when to give up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._reason: str | None = None

    @property
    def reason(self) -> str | None:
        """Why nobody should be asked any more, or None."""
        return self._reason

    def succeed(self) -> None:
        """Hear of an answer."""
        with self._lock:
            self._failures = 0

    def fail(self, error: Exception, told: str) -> None:
        """Hear of a failure.

        Args:
            error: What went wrong.
            told: The same in words.
        """
        kind = error.kind if isinstance(error, ChatError) else ""
        if kind in _LOCAL:
            return
        with self._lock:
            self._failures += 1
            if self._reason is None and kind in _HOPELESS:
                self._reason = f"not asked any more: {told}"
            elif self._reason is None and self._failures >= ENOUGH:
                self._reason = f"not asked any more after {ENOUGH} failures in a row: {told}"
