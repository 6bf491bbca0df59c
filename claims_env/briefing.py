"""What schedulers that read are told of a round: one view of each set, whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from claims_env.judge import Difficulty
from claims_env.prompt import Prompt
from claims_env.rounds import PromptSet, Round


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a round is shown (Sec. 4.4, Tab. 3: the arms w/o metrics and w/o VLMs).

    Attributes:
        metrics: Whether the tracker's figures are.
        judges: Whether the judges' ratings are.
    """

    metrics: bool = True
    judges: bool = True


@dataclass(frozen=True, slots=True)
class Tracked:
    """How a set's clip was tracked.

    Attributes:
        success: Whether no frame was lost.
        g_mpjpe: Global mean joint error [mm].
        l_mpjpe: The same relative to the root [mm].
        vel_dist: Mean error of velocity [mm/frame].
        acc_dist: Mean error of acceleration [mm/frame^2].
    """

    success: bool
    g_mpjpe: float
    l_mpjpe: float
    vel_dist: float
    acc_dist: float


@dataclass(frozen=True, slots=True)
class SetView:
    """One set, as a scheduler may know it.

    Attributes:
        number: Its place in the round, from 0.
        prompt: What was asked for.
        rejected: Why its clip was not trained on, or None.
        tracked: How it was tracked; None if it was not, or is not shown.
        ratings: How hard each judge found it, by the judge's name; empty if nobody answered, or
            it is not shown.
    """

    number: int
    prompt: Prompt
    rejected: str | None
    tracked: Tracked | None
    ratings: Mapping[str, Difficulty]

    @property
    def difficulty(self) -> float | None:
        """The judges' mean difficulty, 1 to 10, or None if there is no rating."""
        scores = [rating.score for rating in self.ratings.values()]
        return sum(scores) / len(scores) if scores else None


def briefing(played: Round, sight: Sight | None = None) -> tuple[SetView, ...]:
    """Return what there is to know of each set of a round, in the order of the sets.

    Args:
        played: The round.
        sight: What is shown; None shows all.
    """
    sight = sight or Sight()
    return tuple(_view(number, s, sight) for number, s in enumerate(played.sets))


def _view(number: int, s: PromptSet, sight: Sight) -> SetView:
    ratings = {
        judge: rating for judge, rating in s.difficulties.items() if isinstance(rating, Difficulty)
    }
    return SetView(
        number=number,
        prompt=s.prompt,
        rejected=s.rejected,
        tracked=_tracked(s) if sight.metrics else None,
        ratings=ratings if sight.judges else {},
    )


def _tracked(s: PromptSet) -> Tracked | None:
    m = s.metrics
    if m is None:
        return None
    return Tracked(m.success, m.g_mpjpe, m.l_mpjpe, m.vel_dist, m.acc_dist)
