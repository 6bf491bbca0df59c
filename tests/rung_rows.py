"""Rows of made-up runs on a tracker of physics, for whatever reads the real rung."""

from collections.abc import Mapping, Sequence

import numpy as np

from claims_env.benchmark.real_rung import RealRung, real_rung
from claims_env.benchmark.row import Row
from claims_env.benchmark.world_order import WorldOrder

SCHEDULERS = ("edit", "random", "rule")


def rung_row(scheduler: str, seed: int, final: float, *, assist: float = 0.25) -> Row:
    """Return a run of two rounds that ends with so much held-out success."""
    figures = {
        "held_out_success": (0.1, final),
        "held_out_followed": (0.4, 0.5 + final / 2),
        "held_out_g_mpjpe": (120.0, 100.0 - 50.0 * final),
        "corpus_success": (0.1, 0.5),
        "tier": (3.0, 2.0),
    }
    return Row(
        tracker="mujoco",
        scheduler=scheduler,
        index=seed,
        seed=seed,
        status="done",
        kind="physics",
        library="words",
        sets=15,
        rounds=2,
        facts={"kind": "physics", "assist": assist},
        figures=figures,
        budget={"clips": 30.0, "trained": 30.0, "samples": 1000.0},
    )


def made_rung(finals: Mapping[str, Sequence[float]]) -> RealRung:
    """Return a rung in which these are the final scores by scheduler and seed."""
    return real_rung([rung_row(n, s, f) for n, fs in finals.items() for s, f in enumerate(fs)])


def made_world(name: str, finals: Sequence[Sequence[float]]) -> WorldOrder:
    """Return a world with these scores of `SCHEDULERS`, shape (instances, schedulers)."""
    return WorldOrder(name, "facts", SCHEDULERS, 15, 2, np.array(finals))
