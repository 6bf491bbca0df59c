"""What is to be benchmarked: the flags, and what the folder's plan already says."""

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from claims_env.assembly.bench_plan import make_plan
from claims_env.benchmark.folder import PLAN
from claims_env.benchmark.plan import Plan, read_plan
from claims_env.commands.bench.flags import BenchFlags
from claims_env.config import RunConfig, read_config
from claims_env.presets import preset
from claims_env.records import from_json

Given = TypeVar("Given", int, str)

SCHEDULERS = "random,edit,ramp,ladder,rule"
TRACKERS = "rasch,null"
SEEDS = 10


def ordered(flags: BenchFlags) -> Plan:
    """Return the plan the flags ask for; what they leave out is as the folder has it.

    Raises:
        ClaimsError: A name is unknown, or a part cannot be made.
    """
    path = flags.out / PLAN
    before = read_plan(path) if path.exists() else None
    start = before or Plan((SCHEDULERS,), (TRACKERS,), SEEDS)
    return make_plan(
        schedulers=_first(flags.schedulers, ",".join(start.schedulers)),
        trackers=_first(flags.trackers, ",".join(start.trackers)),
        seeds=_first(flags.seeds, start.seeds),
        base_seed=_first(flags.seed, start.base_seed),
        sets=_first(flags.sets, start.sets),
        rounds=_first(flags.rounds, start.rounds),
        config=_config(flags, start),
    )


def _first(given: Given | None, otherwise: Given) -> Given:
    return otherwise if given is None else given


def _config(flags: BenchFlags, start: Plan) -> RunConfig:
    """Return the settings of runs: those of a file, of the folder's plan, or of a preset."""
    if flags.source is not None:
        return read_config(flags.source)
    if start.settings:
        config: RunConfig = from_json(RunConfig, dict(start.settings))
        return config
    words = None if start.library is None else Path(start.library)
    return replace(preset("quick"), library=words)
