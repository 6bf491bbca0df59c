"""What an episode came to, round by round, in a handful of figures."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from claims_env.rounds import Round
from claims_env.world import SimulatedSuite, WorldRound

Figures = dict[str, tuple[float, ...]]
"""Each of `row.FIGURES`, an entry per round; NaN where a round has none."""


def round_figures(rounds: Sequence[Round]) -> Figures:
    """Return the figures of rounds that are there in full."""
    return {
        "held_out_success": tuple(_or_nan(r.held_out_success) for r in rounds),
        "trained_success": tuple(r.trained.success_rate for r in rounds),
        "tier": tuple(_or_nan(r.tier) for r in rounds),
        "reward": tuple(r.reward for r in rounds),
        "kept": tuple(float(len(r.kept)) for r in rounds),
    }


def world_figures(
    played: Sequence[WorldRound], suites: Sequence[SimulatedSuite], rewards: Sequence[float]
) -> Figures:
    """Return the same of the first instance of a world, without making its rounds.

    Args:
        played: Every round of the episode.
        suites: What the world's students are examined on.
        rewards: Of each round, 0 for round 0.
    """
    return {
        "held_out_success": tuple(_pooled(r, suites) for r in played),
        "trained_success": tuple(_trained(r) for r in played),
        "tier": tuple(_tier(r) for r in played),
        "reward": tuple(float(reward) for reward in rewards),
        "kept": tuple(float(r.kept[0].sum()) for r in played),
    }


def used(figures: Mapping[str, Sequence[float]], sets: int) -> dict[str, float]:
    """Return what any episode uses: clips asked for, and clips trained on."""
    kept = figures["kept"]
    return {"clips": float(sets * len(kept)), "trained": float(sum(kept))}


def _pooled(r: WorldRound, suites: Sequence[SimulatedSuite]) -> float:
    """Return success over all suites, each clip counting once (as in the paper's averages)."""
    clips = np.array([suite.clips for suite in suites], dtype=float)
    return float(r.suite_success[0] @ clips / clips.sum()) if len(suites) else math.nan


def _trained(r: WorldRound) -> float:
    kept = r.kept[0]
    return float(r.success[0][kept].mean()) if kept.any() else 0.0


def _tier(r: WorldRound) -> float:
    """Return the mean tier of the prompts: that of a prompt is the mean over what it says."""
    tiers = r.tiers[0].astype(float)
    said = np.maximum((tiers > 0).sum(axis=1), 1)
    return float((tiers.sum(axis=1) / said).mean())


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else float(value)
