"""What the bench command takes, and the words that teach it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import tyro

from claims_env.errors import ConfigError

BACKENDS = ("serial", "process", "ray", "slurm")

DESCRIPTION = """Compare schedulers: every one with every tracker under the same seeds.

Trackers are simulated worlds (rasch, null, ...), played in milliseconds and labelled 'simulated'
everywhere, or trackers of real clips (mujoco), each cell a run with a folder of its own. Under
equal seeds schedulers meet equal instances, so that differences between them are paired.

OUT gets plan.json, results.jsonl (a line per cell, each with all its actions), clock.jsonl,
leaderboard.md and leaderboard.html. Run the command again to continue: finished cells are kept,
failed and missing ones are played. With other schedulers, trackers or more seeds, the plan grows.
The exit status is 1 as long as a cell is missing or failed.

Schedulers and trackers may have settings in brackets, and may be your own:

  claims-env bench out --schedulers random,edit,rule --trackers rasch,null --seeds 10
  claims-env bench out --schedulers random,my_package:MyScheduler[step=2] --backend process
  claims-env bench out                                             (continue, or draw the page anew)
  claims-env bench out --trackers mujoco --seeds 3 --sets 10 --rounds 3 --from config.yaml
  claims-env bench out --backend ray --ray-address auto
  claims-env bench out --backend slurm --slurm slurm_partition=cpu,timeout_min=30
  claims-env validate out/results.jsonl                            (play every row once more)"""


@dataclass(frozen=True)
class BenchFlags:
    """What the bench command takes; what is left out is as in the folder's plan, if it has one."""

    out: tyro.conf.Positional[Path]
    """The benchmark's folder; made if there is none."""

    schedulers: str | None = None
    """Names between commas. Default: random,edit,ramp,ladder,rule."""

    trackers: str | None = None
    """Names between commas, of simulated worlds or trackers. Default: rasch,null."""

    seeds: int | None = None
    """How many for each pair. Default: 10."""

    seed: int | None = None
    """The base seed: every cell's follows from it and the cell's number. Default: 0."""

    sets: int | None = None
    """Prompts per round. Default: 200, as in the paper."""

    rounds: int | None = None
    """Rounds per episode, the random round 0 included. Default: 7, as in the paper."""

    source: Annotated[Path | None, tyro.conf.arg(name="from")] = None
    """A config.yaml for whatever is no simulated world: generator, judges, training, language
    models, words. Default: the preset quick."""

    backend: Literal["serial", "process", "ray", "slurm"] = "process"
    """Who plays the cells. The results are the same."""

    workers: int = 0
    """How many cells at a time; 0 takes one per core."""

    ray_address: str = ""
    """Of a running Ray cluster, such as auto; without it, Ray is started here for a while."""

    slurm: str = ""
    """Settings for submitit, such as slurm_partition=cpu,timeout_min=30."""

    export: str = ""
    """Further files of the results, between commas: csv, parquet, minari."""

    limit: int = 0
    """Play so many missing cells at most, then stop; 0 plays all."""


def require_sound(flags: BenchFlags) -> None:
    """Refuse flags that would do nothing, and numbers nothing can be made of.

    Raises:
        ConfigError: One is there; it is named.
    """
    for name, value in (("--workers", flags.workers), ("--limit", flags.limit)):
        if value < 0:
            raise ConfigError(f"'{name}' is {value}. Expected 0 or more.")
    if flags.ray_address and flags.backend != "ray":
        raise ConfigError("--ray-address is for --backend ray. Add that, or leave it out.")
    if flags.slurm and flags.backend != "slurm":
        raise ConfigError("--slurm is for --backend slurm. Add that, or leave it out.")
