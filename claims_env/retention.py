"""What stays learned: how the clips of earlier rounds fare after later ones.

Success on the clips of round j after the training of round i is the matrix by which continual
learning is measured (Lopez-Paz and Ranzato, "Gradient episodic memory for continual learning",
2017, section 3). Its entries just above the diagonal, a round's clips before its own training, are
in `Round.before`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims_env.tracker import TrackedClip
from claims_env.tracking_metrics import SuiteMetrics, pool


@dataclass(frozen=True, slots=True)
class Retention:
    """How every clip trained on so far fares after a round.

    Attributes:
        by_round: Metrics over the surviving clips of each round, from round 0 to this one.
        tracked: The names of the clips that are tracked now.
        forgotten: The names of the clips that were tracked after an earlier round and are lost now.
        once: How many clips were tracked after an earlier round, lost now or not.
    """

    by_round: tuple[SuiteMetrics, ...]
    tracked: tuple[str, ...]
    forgotten: tuple[str, ...]
    once: int


def retained(rounds: Sequence[Sequence[TrackedClip]], once: Iterable[str]) -> Retention:
    """Return how the clips of each round fare.

    Args:
        rounds: The clips of each round as they were just tracked, oldest round first; none empty.
        once: Names of the clips that were tracked after any earlier round.
    """
    clips = [clip for played in rounds for clip in played]
    tracked = tuple(clip.name for clip in clips if clip.metrics.success)
    lost = {clip.name for clip in clips} - set(tracked)
    before = set(once)
    return Retention(
        by_round=tuple(pool([clip.metrics for clip in played]) for played in rounds),
        tracked=tracked,
        forgotten=tuple(clip.name for clip in clips if clip.name in before & lost),
        once=len(before),
    )


def once_tracked(rounds: Iterable[Retention | None]) -> frozenset[str]:
    """Return the names of the clips that were tracked after any of these rounds."""
    return frozenset(name for played in rounds if played for name in played.tracked)
