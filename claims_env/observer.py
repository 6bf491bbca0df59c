"""Whoever watches a run: told of stages, progress and finished rounds."""

from collections.abc import Callable
from typing import Protocol

from claims_env.rounds import Round
from claims_env.tracker import Progress

STAGES = ("generate", "sift", "pretest", "train", "evaluate", "rate", "close")
"""The stages of a round, in order."""


class Observer(Protocol):
    """Watches a run; must not change it."""

    def stage(self, round_index: int, name: str) -> None:
        """Hear that a stage begins, or is read back from the record."""
        ...

    def progress(self, progress: Progress) -> None:
        """Hear how far the training stage has come."""
        ...

    def round_done(self, played: Round) -> None:
        """See a finished round."""
        ...


class NobodyWatches:
    """The observer of runs that nobody watches."""

    def stage(self, round_index: int, name: str) -> None:
        """See `Observer`."""

    def progress(self, progress: Progress) -> None:
        """See `Observer`."""

    def round_done(self, played: Round) -> None:
        """See `Observer`."""


def counts(observer: Observer, who: str, clips: int) -> Callable[[int], None]:
    """Return what tells an observer how many clips somebody is done with.

    Args:
        observer: Whom to tell.
        who: Whose work it is, such as a judge's name.
        clips: How many there are.
    """

    def tell(done: int) -> None:
        observer.progress(Progress(done / clips, f"{done} of {clips} clips by {who}"))

    return tell
