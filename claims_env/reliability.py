"""Reliability of judges: do blind ratings follow the tiers clips were made for, and each other?

The paper's check of its judges (Sec. 4.4, Fig. 6): five tiers of prompts, so many clips each, rated
by who sees the clips alone; scores should rise with the tier and with the mean velocity.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from claims_env.bootstrap import Estimate
from claims_env.judge import Difficulty, Missing

Rating = Difficulty | Missing


@dataclass(frozen=True, slots=True)
class RatedClip:
    """A clip and what every judge said of it.

    Attributes:
        name: The clip's; judges do not see it.
        tier: What its prompt was drawn for, 1 (easy) to 5 (hard), or None if nobody says.
        text: Its prompt, or nothing; judges do not see it.
        mean_speed: Of its joints [m/s].
        ratings: For each judge, one rating per time it was asked.
    """

    name: str
    tier: int | None
    text: str
    mean_speed: float
    ratings: Mapping[str, tuple[Rating, ...]]

    def score(self, judge: str, asking: int = 0) -> int | None:
        """Return a judge's score, the first one unless told otherwise, or None if it is missing."""
        rating = self.ratings[judge][asking]
        return rating.score if isinstance(rating, Difficulty) else None


@dataclass(frozen=True, slots=True)
class TierMean:
    """A judge's scores of one tier.

    Attributes:
        tier: Which.
        clips: How many there are.
        missing: Of them, those without a score.
        mean: Their mean score with its bootstrap interval, or None if there is none.
        spread: Standard deviation of the scores, or None for fewer than two.
    """

    tier: int
    clips: int
    missing: int
    mean: Estimate | None
    spread: float | None


@dataclass(frozen=True, slots=True)
class RankAgreement:
    """How well scores rise with something; None where one of the two does not vary.

    Attributes:
        spearman: With its bootstrap interval.
        kendall: Tau-b, likewise.
    """

    spearman: Estimate | None
    kendall: Estimate | None


@dataclass(frozen=True, slots=True)
class Repetition:
    """How a judge's second rating of a clip goes with its first.

    Attributes:
        clips: Rated both times.
        equal: Share that got the same score.
        mean_gap: Between the two scores, whatever its sign.
        kappa: Quadratically weighted, with its bootstrap interval.
    """

    clips: int
    equal: float
    mean_gap: float
    kappa: Estimate | None


@dataclass(frozen=True, slots=True)
class JudgeReliability:
    """What is found of one judge.

    Attributes:
        judge: Its name.
        asked: Ratings asked for, repetitions included.
        missing: Of them, those that were not had, counted by reason.
        tiers: The tiers in order.
        falls: Neighbouring tiers of which the higher one's mean is lower.
        misordered: Share of clips' pairs of different tiers of which the lower one's clip got the
            higher score; None without two tiers.
        with_tier: Of scores with the tier.
        with_speed: Of scores with the mean velocity.
        repetition: If it was asked twice.
    """

    judge: str
    asked: int
    missing: Mapping[str, int]
    tiers: tuple[TierMean, ...]
    falls: tuple[tuple[int, int], ...]
    misordered: float | None
    with_tier: RankAgreement
    with_speed: RankAgreement
    repetition: Repetition | None


@dataclass(frozen=True, slots=True)
class JudgeAgreement:
    """How two judges go together, on the clips both rated.

    Attributes:
        judges: Their names.
        clips: Rated by both.
        kappa: Quadratically weighted, with its bootstrap interval.
        spearman: Likewise.
        mean_gap: The first one's scores minus the second one's, on average.
    """

    judges: tuple[str, str]
    clips: int
    kappa: Estimate | None
    spearman: Estimate | None
    mean_gap: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """What is found of all judges.

    Attributes:
        clips: How many there are.
        speed_with_tier: Of the mean velocity with the tier: what a judge has to beat.
        judges: In the order they were named.
        agreements: Of every two.
    """

    clips: int
    speed_with_tier: RankAgreement
    judges: tuple[JudgeReliability, ...]
    agreements: tuple[JudgeAgreement, ...]
