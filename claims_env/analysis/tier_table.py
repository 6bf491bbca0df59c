"""What a tier promises and what its clips hold: pass rates, speed, airtime and effort per tier."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims_env.analysis.measured_clip import MeasuredClip
from claims_env.analysis.physics_table import Figure, shown
from claims_env.analysis.spread import Estimate, mean, rank_correlation, rate

TREND = (
    Figure("mean_speed", "mean joint speed", "m/s"),
    Figure("airborne", "in flight", "% of the time", 100),
    Figure("effort", "effort", "W/kg"),
)
"""Figures that should rise with the tier."""


@dataclass(frozen=True, slots=True)
class TierRow:
    """What the clips of one tier are like.

    Attributes:
        tier: 1 to 5.
        clips: How many.
        passed: Share the filter lets through.
        whole: Share in which every move of the sentence is shown.
        means: Mean of each figure of `TREND` that is measured, by name, in the figure's unit.
        refused_for: How many clips each reason refused, the most frequent first.
    """

    tier: int
    clips: int
    passed: Estimate
    whole: Estimate
    means: dict[str, Estimate]
    refused_for: tuple[tuple[str, int], ...]


def tier_rows(clips: Sequence[tuple[int, MeasuredClip]]) -> list[TierRow]:
    """Return one row per tier, in order."""
    return [
        _row(tier, [clip for other, clip in clips if other == tier])
        for tier in sorted({tier for tier, _ in clips})
    ]


def trends(clips: Sequence[tuple[int, MeasuredClip]]) -> dict[str, Estimate]:
    """Return Spearman's correlation of each figure of `TREND` with the tier, clip by clip."""
    tiers = [float(tier) for tier, _ in clips]
    return {
        figure.name: rank_correlation(tiers, [clip.figures[figure.name] for _, clip in clips])
        for figure in shown([clip for _, clip in clips], TREND)
    }


def _row(tier: int, clips: Sequence[MeasuredClip]) -> TierRow:
    reasons = Counter(reason for clip in clips for reason in clip.reasons)
    return TierRow(
        tier=tier,
        clips=len(clips),
        passed=rate(sum(clip.passed for clip in clips), len(clips)),
        whole=rate(sum(not clip.left_out for clip in clips), len(clips)),
        means={
            figure.name: mean([clip.figures[figure.name] * figure.factor for clip in clips])
            for figure in shown(clips, TREND)
        },
        refused_for=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
    )
