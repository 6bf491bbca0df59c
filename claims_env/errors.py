"""Every error this package raises on purpose."""

import difflib
from collections.abc import Iterable
from pathlib import Path


class ClaimsError(Exception):
    """Base of all errors raised by claims_env."""


class UnknownName(ClaimsError):
    """Something was asked for by a name nobody registered."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        known = sorted(known)
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean '{close[0]}'? " if close else ""
        super().__init__(f"No {kind} is called '{name}'. {hint}Known: {', '.join(known)}.")


class LibraryError(ClaimsError):
    """The variable library, or something said in its words, is not usable."""


class ConfigError(ClaimsError):
    """A setting is unknown, of the wrong type or out of range."""


class MotionError(ClaimsError):
    """A motion, or the file it came from, breaks the motion format."""

    def __init__(self, source: str | Path, problem: str, cure: str) -> None:
        self.source, self.problem, self.cure = str(source), problem, cure
        super().__init__(f"{source}: {problem} {cure}")


class SuiteError(ClaimsError):
    """A suite names no usable clip."""


class NoMotionSurvived(ClaimsError):
    """Every motion of a round was rejected, so there is nothing to train on."""


class TrackerFailed(ClaimsError):
    """The tracker broke down; the round up to here is on disk."""


class LedgerError(ClaimsError):
    """A run directory cannot be written, read or continued."""


class BenchmarkError(ClaimsError):
    """A benchmark cannot be played, or its results cannot be read or do not hold."""


class OutputError(ClaimsError):
    """What was made cannot be written, or would replace what is there."""


class MissingDependency(ClaimsError):
    """An optional package is needed and absent."""

    def __init__(self, package: str, purpose: str, cure: str) -> None:
        super().__init__(f"{purpose} needs '{package}', which is not installed. Cure: {cure}")


class ContractBroken(ClaimsError):
    """A part does not do what its contract says."""


class CheckpointError(ClaimsError):
    """A checkpoint, or what lies beside it, is damaged or of another tracker or model."""


class ChatError(ClaimsError):
    """A language model gave no answer.

    It holds words alone: no key, header or payload, and it survives pickling.

    Attributes:
        kind: 'auth', 'request' (the provider refuses it as it is), 'rate', 'unavailable',
            'timeout', 'malformed' (what came back is no answer), 'budget', 'cassette' or
            'script'.
        who: The chat's name.
        attempts: Requests that were sent, as far as whoever raised it knows of them.
    """

    def __init__(
        self, kind: str, who: str, problem: str, cure: str = "", attempts: int = 0
    ) -> None:
        self.kind, self.who, self.problem, self.cure = kind, who, problem, cure
        self.attempts = attempts
        super().__init__(kind, who, problem, cure, attempts)

    def __str__(self) -> str:
        return f"{self.who}: {self.problem} {self.cure}".rstrip()

    @property
    def is_passing(self) -> bool:
        """Whether asking again later may help."""
        return self.kind in ("rate", "unavailable", "timeout", "malformed")
