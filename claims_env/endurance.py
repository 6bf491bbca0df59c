"""How long to keep asking language models where nothing comes of it."""

import threading

from claims_env.errors import ChatError

ENOUGH = 10
"""Questions in a row without an answer after which no more are asked.

A provider that is down is waited for on every question, up to minutes each; one question in ten
that fails by chance comes to ten in a row once in ten thousand million.
"""

_HOPELESS = ("auth", "budget")
"""Kinds of errors that no further question escapes."""

_LOCAL = ("cassette",)
"""Kinds of errors that cost nothing, and say nothing about other questions."""


class Endurance:
    """Hears of answers and failures, from several threads, and says when to give up.

    Args:
        enough: Failures before the first answer that are enough.
    """

    def __init__(self, enough: int = ENOUGH) -> None:
        self._lock = threading.Lock()
        self._enough, self._failures = enough, 0
        self._reason: str | None = None
        self._kind = ""

    @property
    def reason(self) -> str | None:
        """Why nobody should be asked any more, or None."""
        return self._reason

    @property
    def kind(self) -> str:
        """The kind of the error that was the last straw; empty where there is none."""
        return self._kind

    def succeed(self) -> None:
        """Hear of an answer."""
        with self._lock:
            self._enough, self._failures = ENOUGH, 0

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
            if self._reason is None and (why := self._why(kind)):
                self._reason, self._kind = f"{why}: {told}", kind

    def _why(self, kind: str) -> str:
        """Return why to give up after another failure, or nothing."""
        if kind in _HOPELESS:
            return "not asked any more"
        if self._failures < self._enough:
            return ""
        if self._enough < ENOUGH:
            return "not asked any more, as it failed before and again"
        return f"not asked any more after {ENOUGH} failures in a row"
