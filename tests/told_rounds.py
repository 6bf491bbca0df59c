"""Rounds by hand: which prompts were asked for, and whether each was tracked."""

from collections.abc import Sequence
from typing import Any

from claims_env.judge import Missing
from claims_env.prompt import Prompt
from claims_env.rounds import PromptSet, Round
from claims_env.tracking_metrics import TrackingMetrics, pool

TRACKED = TrackingMetrics(True, 40.0, 30.0, 25.0, 5.0, 3.0, 119)
LOST = TrackingMetrics(False, 240.0, 130.0, 125.0, 25.0, 13.0, 119, failed_at=20)

NOBODY = {"judge": Missing("nobody was asked")}


def told_round(
    prompts: Sequence[Prompt],
    outcomes: Sequence[bool | None],
    *,
    before: Sequence[bool | None] | None = None,
    index: int = 0,
) -> Round:
    """Return a round whose clips fared so; None is a clip that was rejected."""
    earlier = before or [None] * len(prompts)
    each = zip(prompts, outcomes, earlier, strict=True)
    sets = tuple(told_set(i, *told) for i, told in enumerate(each))
    together = pool([s.metrics for s in sets if s.metrics is not None] or [LOST])
    return Round(
        index=index,
        seed=index,
        scheduler="by hand",
        sets=sets,
        trained=together,
        untrained=None,
        corpus=together,
        corpus_untrained=None,
        suites=(),
        training={"kind": "simulated"},
        reward=0.0,
    )


def told_set(number: int, prompt: Prompt, won: bool | None, before: bool | None) -> PromptSet:
    return PromptSet(
        clip=f"s{number:03}",
        prompt=prompt,
        seed=number,
        rejected="by hand" if won is None else None,
        warnings=(),
        measures={},
        mean_speed=1.0,
        alignments=dict(NOBODY),
        difficulties={} if won is None else dict(NOBODY),
        metrics=_metrics(won),
        before=_metrics(before),
    )


def told(*rounds: Round, seed: int = 0) -> dict[str, Any]:
    """Return what a scheduler is told after these rounds."""
    return {"rounds": list(rounds), "decision_seed": seed, "observation_names": ()}


def _metrics(won: bool | None) -> TrackingMetrics | None:
    return None if won is None else TRACKED if won else LOST
