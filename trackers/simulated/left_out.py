"""How well an emulator predicts a scheduler it has not seen: fitted to all the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.trackers.simulated.emulator_fit import (
    Run,
    clip_model,
    growth_model,
    growth_rows,
    held_out_ability,
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One scheduler's runs, in the mean.

    Attributes:
        scheduler: Who.
        seen: How much held-out ability grew after round 0 [logit].
        predicted: The same by an emulator fitted to the others, from what was asked for.
    """

    scheduler: str
    seen: float
    predicted: float


def left_out(runs: Sequence[Run]) -> Iterator[LeftOut]:
    """Yield each scheduler's growth, seen and predicted."""
    for name in sorted({run[-1].scheduler for run in runs}):
        own = [run for run in runs if run[-1].scheduler == name]
        others = [run for run in runs if run[-1].scheduler != name]
        if not others:
            return
        ease, sharpness, per_tier, _ = clip_model(others)
        figures = growth_model(others, ease, sharpness, per_tier)[:4]
        seen = [held_out_ability(run[-1]) - held_out_ability(run[0]) for run in own]
        told = [
            float((growth_rows([run], ease, sharpness, per_tier)[0][1:] @ figures).sum())
            for run in own
        ]
        yield LeftOut(name, float(np.mean(seen)), float(np.mean(told)))
