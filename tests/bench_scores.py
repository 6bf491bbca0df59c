"""Scores of a made-up benchmark, in the shape the harness hands over."""

import numpy as np

from claims_env.statistics.benchmark_scores import BenchmarkScores, WorldFacts

SCHEDULERS = ("random", "edit", "plr", "greedy-easiest", "oracle")
WORLDS = (
    WorldFacts("rasch", "simulated", told="a student by formula"),
    WorldFacts("forgetting", "simulated"),
    WorldFacts("null", "simulated", control=True),
    WorldFacts("mujoco", "physics"),
)
SKILL = np.array([0.0, 0.3, 1.0, -0.7, 2.0])


def bench_scores(runs: int = 8, rounds: int = 4, *, lost: bool = False) -> BenchmarkScores:
    """Return scores in which plr is best but for the oracle, and nobody in the null world.

    Args:
        runs: Seeds.
        rounds: Rounds.
        lost: Whether a cell of 'edit' in 'mujoco' is missing.
    """
    rng = np.random.default_rng(0)
    effect = SKILL[:, None] * np.array([0.5, 1.0, 0.0, 0.4])
    start = rng.normal(-1.0, 0.2, size=(4, runs, 1))
    gain = np.log1p(np.arange(rounds)) * (0.6 + 0.5 * effect[:, :, None, None])
    logit = start + gain + rng.normal(0, 0.05, size=(5, 4, runs, rounds))
    held_out = 1 / (1 + np.exp(-logit))
    if lost:
        held_out[1, 3, 2] = np.nan
    used = {
        name: {"clips": 800.0, "trained": 640.0, "seconds": 3.0 + k}
        for k, name in enumerate(SCHEDULERS)
    }
    used["plr"]["trained"] = 700.0
    return BenchmarkScores(
        SCHEDULERS,
        WORLDS,
        held_out,
        used,
        ("Missing: edit on mujoco, seed 2 (<killed>).",) if lost else (),
        {"plr": "claims-env validate results.jsonl"},
    )
