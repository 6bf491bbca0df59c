"""What ratings say of the judges who gave them: means per tier, correlations, agreement."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np

from claims_env.bootstrap import Estimate, estimate
from claims_env.judge import Missing
from claims_env.kappa import quadratic_kappa
from claims_env.rank_correlation import kendall, paired, spearman
from claims_env.reliability import (
    JudgeAgreement,
    JudgeReliability,
    RankAgreement,
    RatedClip,
    Reliability,
    Repetition,
    TierMean,
)


def reliability_of(clips: Sequence[RatedClip], *, seed: int) -> Reliability:
    """Return what the ratings of these clips say of their judges.

    A judge's score of a clip is the first one it gave. What is missing is counted and left out of
    the figures, never taken for a score.

    Args:
        clips: One or more, all rated by the same judges.
        seed: Decides the bootstrap's draws.
    """
    names = list(clips[0].ratings)
    speeds = [clip.mean_speed for clip in clips]
    return Reliability(
        clips=len(clips),
        speed_with_tier=_with_tier(clips, speeds, seed),
        judges=tuple(_judge(clips, name, seed) for name in names),
        agreements=tuple(_agreement(clips, pair, seed) for pair in combinations(names, 2)),
    )


def _judge(clips: Sequence[RatedClip], name: str, seed: int) -> JudgeReliability:
    ratings = [rating for clip in clips for rating in clip.ratings[name]]
    missing = Counter(rating.reason for rating in ratings if isinstance(rating, Missing))
    scored = [(clip, score) for clip in clips if (score := clip.score(name)) is not None]
    rated, scores = [clip for clip, _ in scored], [score for _, score in scored]
    tiers = sorted({clip.tier for clip in clips if clip.tier is not None})
    means = tuple(_tier(clips, name, tier, seed) for tier in tiers)
    return JudgeReliability(
        judge=name,
        asked=len(ratings),
        missing=dict(missing.most_common()),
        tiers=means,
        falls=_falls(means),
        misordered=_misordered([clip.tier for clip in rated], scores),
        with_tier=_with_tier(rated, scores, seed),
        with_speed=_ranked([clip.mean_speed for clip in rated], scores, _groups(rated), seed),
        repetition=_repetition(clips, name, seed),
    )


def _tier(clips: Sequence[RatedClip], name: str, tier: int, seed: int) -> TierMean:
    of_it = [clip.score(name) for clip in clips if clip.tier == tier]
    scores = np.array([score for score in of_it if score is not None], dtype=float)
    return TierMean(
        tier=tier,
        clips=len(of_it),
        missing=len(of_it) - len(scores),
        mean=estimate(lambda places: float(scores[places].mean()), [tier] * len(scores), seed=seed),
        spread=float(scores.std(ddof=1)) if len(scores) > 1 else None,
    )


def _falls(means: Sequence[TierMean]) -> tuple[tuple[int, int], ...]:
    known = [(tier.tier, tier.mean.value) for tier in means if tier.mean is not None]
    return tuple((low, high) for (low, a), (high, b) in pairwise(known) if b < a)


def _misordered(tiers: Sequence[int | None], scores: Sequence[int]) -> float | None:
    known = [(tier, score) for tier, score in zip(tiers, scores, strict=True) if tier is not None]
    if len({tier for tier, _ in known}) < 2:
        return None
    columns = np.array(known)
    step, rise = (np.sign(column[:, None] - column) for column in columns.T)
    return float((step * rise < 0).sum() / (step != 0).sum())


def _repetition(clips: Sequence[RatedClip], name: str, seed: int) -> Repetition | None:
    if len(clips[0].ratings[name]) < 2:
        return None
    rated, first, second = _both(clips, (name, 0), (name, 1))
    if not rated:
        return None
    gaps = np.abs(np.subtract(first, second))
    return Repetition(
        clips=len(rated),
        equal=float((gaps == 0).mean()),
        mean_gap=float(gaps.mean()),
        kappa=_kappa(first, second, _groups(rated), seed),
    )


def _agreement(clips: Sequence[RatedClip], names: tuple[str, str], seed: int) -> JudgeAgreement:
    rated, first, second = _both(clips, (names[0], 0), (names[1], 0))
    groups = _groups(rated)
    return JudgeAgreement(
        judges=names,
        clips=len(rated),
        kappa=_kappa(first, second, groups, seed),
        spearman=_ranked(first, second, groups, seed).spearman,
        mean_gap=float(np.subtract(first, second).mean()) if rated else None,
    )


def _both(
    clips: Sequence[RatedClip], a: tuple[str, int], b: tuple[str, int]
) -> tuple[list[RatedClip], list[int], list[int]]:
    """Return the clips two judges rated, or one in two askings, and both columns of scores."""
    rated: list[RatedClip] = []
    first: list[int] = []
    second: list[int] = []
    for clip in clips:
        scores = clip.score(*a), clip.score(*b)
        if scores[0] is not None and scores[1] is not None:
            rated.append(clip)
            first.append(scores[0])
            second.append(scores[1])
    return rated, first, second


def _with_tier(clips: Sequence[RatedClip], values: Sequence[float], seed: int) -> RankAgreement:
    """Return how figures rise with the tier, of the clips that have one."""
    pairs = [(clip.tier, value) for clip, value in zip(clips, values, strict=True)]
    known = [(tier, value) for tier, value in pairs if tier is not None]
    tiers = [tier for tier, _ in known]
    return _ranked(tiers, [value for _, value in known], tiers, seed)


def _ranked(
    a: Sequence[float], b: Sequence[float], groups: Sequence[object], seed: int
) -> RankAgreement:
    columns = paired(a, b)
    return RankAgreement(
        estimate(lambda places: spearman(columns.table(places)), groups, seed=seed),
        estimate(lambda places: kendall(columns.table(places)), groups, seed=seed),
    )


def _kappa(
    a: Sequence[int], b: Sequence[int], groups: Sequence[object], seed: int
) -> Estimate | None:
    first, second = np.array(a), np.array(b)
    return estimate(lambda at: quadratic_kappa(first[at], second[at]), groups, seed=seed)


def _groups(clips: Sequence[RatedClip]) -> list[object]:
    return [clip.tier for clip in clips]
