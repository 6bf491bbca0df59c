"""How a tracker outside this package is driven: its own Python, its folder, where it runs."""

import math
import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from claims_env.errors import ConfigError

_PATHS = ("repository", "jobs", "start")


@dataclass(frozen=True, slots=True)
class ExternalConfig:
    """The trackers phc and masked_mimic, where one of them is used.

    Raises:
        ConfigError: A setting is of another type or out of its range.
    """

    python: str = ""
    """The interpreter of the tracker's own environment, such as
    ~/envs/isaac/bin/python; or a command that starts it, quoted as a shell would."""

    repository: Path | None = None
    """The tracker's checkout, PHC or ProtoMotions."""

    prefix: str = ""
    """What carries a command to where the GPU is: 'ssh gpu3', 'srun --gpus 1' or 'docker exec phc';
    the repository and the run's folder must have the same paths there. Without it, it runs here."""

    jobs: Path | None = None
    """Folder for the tracker's jobs; without it, `jobs` in the run's own folder."""

    num_envs: int = 1024
    """Environments side by side in training (the paper: 1024 for PHC, 2048 for MaskedMimic)."""

    eval_num_envs: int = 0
    """The same in evaluation; 0 takes one per clip, as the authors do."""

    gpu: int | None = None
    """Index of the GPU, where there are several."""

    start: Path | None = None
    """Checkpoint to start from; without it, from random weights."""

    overrides: tuple[str, ...] = ()
    """Settings handed on to the tracker as they are, such as env.self_obs_v=1."""

    stall_seconds: float = 1800.0
    """How long the tracker may print nothing before it is taken for hung [s]."""

    start_seconds: float = 600.0
    """How long a job may take to begin, a queue's wait included [s]."""

    grace_seconds: float = 10.0
    """How long the tracker has to end by itself after each signal, when it is stopped [s]."""

    hours: float | None = None
    """Limit of a single job from when it has begun [h]; a training it stops leaves a checkpoint,
    and is an error."""

    def __post_init__(self) -> None:
        for name in _PATHS:
            # whoever writes Python may give text
            object.__setattr__(self, name, _path(name, getattr(self, name)))
        for name in ("python", "prefix"):
            _require_words(name, getattr(self, name))
        _require(_is_count(self.num_envs, 1), "num_envs", self.num_envs, "1 or more")
        evaluated = self.eval_num_envs
        _require(_is_count(evaluated, 0), "eval_num_envs", evaluated, "0 or more")
        gpu = self.gpu
        _require(gpu is None or _is_count(gpu, 0), "gpu", gpu, "an index from 0 on, or nothing")
        for name in ("stall_seconds", "start_seconds", "grace_seconds", "hours"):
            value = getattr(self, name)
            lasts = isinstance(value, int | float) and math.isfinite(value) and value > 0
            lasts = lasts or (name == "hours" and value is None)
            _require(lasts, name, value, "a positive number" + (", or nothing" * (name == "hours")))


def interpreter(config: ExternalConfig) -> tuple[str, ...]:
    """Return the words that start the tracker's Python, whatever folder they are started in."""
    words = shlex.split(config.python)
    # what a prefix carries elsewhere means what it says there
    if words and "/" in words[0] and not config.prefix:
        words[0] = str(Path(words[0]).expanduser().absolute())
    return tuple(words)


def with_paths(
    config: ExternalConfig, rule: Callable[[Path | None], Path | None]
) -> ExternalConfig:
    """Return the configuration with a rule applied to each of its paths."""
    return replace(
        config,
        python=shlex.join(interpreter(config)),
        repository=rule(config.repository),
        jobs=rule(config.jobs),
        start=rule(config.start),
    )


def decisive(config: ExternalConfig) -> ExternalConfig:
    """Return what a run's figures depend on, all else by default.

    Where the tracker runs and how long it is waited for may change when a run is resumed; what it
    starts from is told by its hash (see `Tracker.facts`).
    """
    return ExternalConfig(
        num_envs=config.num_envs,
        eval_num_envs=config.eval_num_envs,
        overrides=config.overrides,
    )


def _path(name: str, value: object) -> Path | None:
    if value is None or isinstance(value, Path):
        return value
    if not isinstance(value, str) or not value:
        raise ConfigError(f"'external.{name}' is {value!r}. Expected a path.")
    return Path(value)


def _require_words(name: str, value: object) -> None:
    try:
        fits = isinstance(value, str) and shlex.split(value) is not None
    except ValueError:
        fits = False
    _require(fits, name, value, "a command, quoted as a shell would")


def _is_count(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'external.{name}' is {value!r}. Expected {expected}.")
