"""The summary of the data sheet: what is claimed, what was measured, what real clips give."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from claims_env.analysis.markdown import interval, number, percent
from claims_env.analysis.measured_clip import MeasuredClip
from claims_env.analysis.physics_table import FIGURES, spreads
from claims_env.analysis.recognition import Recognition
from claims_env.analysis.spread import Estimate, rate
from claims_env.analysis.tier_table import TREND, TierRow

Columns = Mapping[str, Sequence[MeasuredClip]]
"""Clips by the heading of their column: the generator's first, then real ones."""

_PLAUSIBLE = ("slip", "deepest", "residual", "gravity_fit", "self_penetration", "beyond_limits")
"""Figures a summary of plausibility shows; the table further down shows all."""


def summary(
    columns: Columns,
    tiers: Sequence[TierRow],
    trends: Mapping[str, Estimate],
    recognition: Sequence[Recognition],
    domains: float,
) -> list[list[str]]:
    """Return rows of claim, what was measured, and the same of real clips.

    Args:
        columns: Clips of prompts drawn from the whole library, and real ones.
        tiers: One row per tier.
        trends: Rank correlation with the tier, by figure.
        recognition: How well base actions are recognised.
        domains: Share of clips whose domain is recognised.
    """
    return [
        ["clips pass the physical filter", *_both(columns, lambda clip: clip.passed)],
        ["and so they do at every tier", _each(tiers, lambda row: row.passed.value), "-"],
        ["every move of a sentence is shown", _each(tiers, lambda row: row.whole.value), "-"],
        *_rising(tiers, trends),
        *_plausible(columns),
        *(
            [f"the base action can be told: {row.seen}", f"{row.recognised:.0%}", "-"]
            for row in recognition
        ),
        ["the domain can be told", f"{domains:.0%}", "-"],
    ]


def _both(columns: Columns, holds: Callable[[MeasuredClip], bool]) -> tuple[str, str]:
    shares = [percent(rate(sum(map(holds, clips)), len(clips))) for clips in columns.values()]
    return shares[0], shares[1] if len(shares) > 1 else "-"


def _each(tiers: Sequence[TierRow], share: Callable[[TierRow], float]) -> str:
    told = ", ".join(f"{100 * share(row):.3g}" for row in tiers)
    return f"{told} % (tiers {tiers[0].tier} to {tiers[-1].tier})"


def _rising(tiers: Sequence[TierRow], trends: Mapping[str, Estimate]) -> list[list[str]]:
    rows: list[list[str]] = []
    for figure in (f for f in TREND if f.name in trends):
        means = [row.means[figure.name].value for row in tiers]
        rises = all(a < b for a, b in pairwise(means))
        claim = f"{figure.label} {'rises' if rises else 'should rise'} with the tier"
        told = ", ".join(map(number, means))
        spearman = interval(trends[figure.name])
        rows.append([claim, f"{told} {figure.unit}; Spearman {spearman}", "-"])
    return rows


def _plausible(columns: Columns) -> list[list[str]]:
    """Return what speaks against a clip: the median over clips, and the 95th percentile."""
    figures = [figure for figure in FIGURES if figure.name in _PLAUSIBLE]
    rows: list[list[str]] = []
    for figure, cells in spreads(columns, figures):
        told = [f"{number(c.middle)} ({number(c.high)})" if c else "-" for c in cells.values()]
        rows.append([f"{figure.label} [{figure.unit}]: median (95 %)", *(*told, "-")[:2]])
    return rows
