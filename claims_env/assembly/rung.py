"""Gathers what the real rung is made of: rows of finished runs, and worlds played at their size."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.assembly.bench import Player
from claims_env.assembly.bench_plan import make_plan
from claims_env.assembly.bench_runs import told_run
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.row import Row, sealed
from claims_env.benchmark.world_order import WorldOrder, order_of
from claims_env.config import RunConfig, read_config
from claims_env.records import to_json
from claims_env.run_folder import read_events, read_rounds
from claims_env.tracking_metrics import TrackingMetrics


def runs_as_rows(folder: Path) -> list[Row]:
    """Return a row for every finished run in a folder, by scheduler and seed.

    Runs that are still going on are passed over.

    Raises:
        LedgerError: A record is damaged.
    """
    found = [_row(run) for run in sorted(folder.iterdir()) if _is_finished(run)]
    return sorted(found, key=lambda row: (row.scheduler, row.seed))


def played_worlds(
    schedulers: Sequence[str], worlds: Sequence[str], *, instances: int, sets: int, rounds: int
) -> tuple[WorldOrder, ...]:
    """Return how each world orders schedulers, played at a given size.

    Args:
        schedulers: Names.
        worlds: Names.
        instances: Of each world; the first are the same however many are asked for.
        sets: Prompts per round.
        rounds: Rounds per episode.

    Raises:
        ClaimsError: A name is unknown, or an episode failed.
    """
    plan = make_plan(
        schedulers=",".join(schedulers),
        trackers=",".join(worlds),
        seeds=instances,
        base_seed=0,
        sets=sets,
        rounds=rounds,
        config=RunConfig(),
    )
    rows = played_rows(plan)
    return tuple(order_of([row for row in rows if row.tracker == world]) for world in plan.trackers)


def played_rows(plan: Plan) -> list[Row]:
    """Return the rows of a plan of simulated worlds, played here and kept nowhere."""
    player = Player(plan, Path())
    return [player(cell).row for cell in plan.cells]


def _is_finished(run: Path) -> bool:
    if not (run / "events.jsonl").exists():
        return False
    return len(read_rounds(run)) == read_config(run / "config.yaml").rounds


def _row(run: Path) -> Row:
    config = read_config(run / "config.yaml")
    (made_of,) = (e["result"] for e in read_events(run) if e["stage"] == "parts")
    told = json.loads((run / "run.json").read_text("utf-8"))
    rounds = read_rounds(run)
    row = told_run(
        Row(
            tracker=config.tracker.name,
            scheduler=rounds[-1].scheduler,
            index=config.seed,
            seed=config.seed,
            status="done",
            kind=str(made_of["tracker"]["kind"]),
            library="",
            sets=config.sets,
            rounds=config.rounds,
            facts=made_of["tracker"],
            settings=_chosen(to_json(config), to_json(RunConfig())),
            versions=told["versions"],
        ),
        run,
    )
    more = {
        "corpus_success": tuple(r.corpus.success_rate for r in rounds),
        "held_out_followed": tuple(
            _followed([m for suite in r.suites for m in suite.clips.values()]) for r in rounds
        ),
        "held_out_g_mpjpe": tuple(_error(r.suites[0].metrics.all["g_mpjpe"]) for r in rounds),
    }
    return sealed(replace(row, figures={**row.figures, **more}))


def _chosen(settings: Any, usual: Any) -> Any:
    """Return the settings that are not as usual: few lines, and the others are known."""
    if not isinstance(settings, dict):
        return settings
    return {
        name: _chosen(value, usual.get(name))
        for name, value in settings.items()
        if isinstance(usual, dict) and value != usual.get(name)
    }


def _followed(clips: Sequence[TrackingMetrics]) -> float:
    """Return the mean share of a clip's frames that were tracked before it was lost."""
    return float(np.mean([1.0 if c.failed_at is None else c.failed_at / c.frames for c in clips]))


def _error(mpjpe: float | None) -> float:
    return float("nan") if mpjpe is None else mpjpe
