"""Which outside tracker performs a checkpoint, and how it is driven, as far as is said."""

from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from claims_env.assembly.diagnosis import OUTSIDE
from claims_env.commands.evaluate.flags import EvaluateFlags
from claims_env.config import RunConfig, TrackerConfig, read_config
from claims_env.errors import ConfigError
from claims_env.external_config import ExternalConfig


@dataclass(frozen=True, slots=True)
class Outside:
    """An outside tracker that is to perform.

    Attributes:
        tracker: Names it, with its options.
        external: Where and how it runs.
        jobs: The folder in whose `jobs` its jobs lie, unless `external.jobs` names another.
    """

    tracker: TrackerConfig
    external: ExternalConfig
    jobs: Path


def outside(flags: EvaluateFlags) -> Outside | None:
    """Return who performs, None if that is the embedded tracker.

    Raises:
        ConfigError: A flag does not fit who performs, or something is left unsaid.
        CheckpointError: The run cannot be read.
    """
    run = run_of(Path(flags.checkpoint).expanduser())
    config = _said(flags, run)
    name = flags.tracker or config.tracker.name
    if name not in OUTSIDE:
        _require_none(flags)
        return None
    _require_fitting(flags, name)
    tracker = config.tracker if config.tracker.name == name else TrackerConfig(name=name)
    external = _merged(config.external, flags.external)
    if external.jobs is None and run is None:
        raise ConfigError(
            f"{name} performs in jobs, which lie in a folder that stays: a broken-off evaluation "
            "then goes on where it was. Name one with --external.jobs FOLDER."
        )
    return Outside(replace(tracker, assist=0.0), external, run or Path())


def run_of(path: Path) -> Path | None:
    """Return the folder of the run a checkpoint is of, None if it is of none."""
    path = path.absolute()
    run = path.parents[2] if path.match("rounds/[0-9]*/*.ckpt") else path
    return run if (run / "run.json").is_file() else None


def _said(flags: EvaluateFlags, run: Path | None) -> RunConfig:
    if flags.config is not None:
        return read_config(flags.config)
    if run is not None:
        # without its settings, flags have to say who performs
        with suppress(ConfigError):
            return read_config(run / "config.yaml")
    return RunConfig()


def _merged(base: ExternalConfig, given: ExternalConfig) -> ExternalConfig:
    """Return the settings of a run, with those put over it that differ from what is usual."""
    usual = ExternalConfig()
    changed: dict[str, Any] = {}
    for one in fields(ExternalConfig):
        if getattr(given, one.name) != getattr(usual, one.name):
            changed[one.name] = getattr(given, one.name)
    return replace(base, **changed)


def _require_none(flags: EvaluateFlags) -> None:
    if flags.external != ExternalConfig():
        raise ConfigError(
            "--external is for trackers in a Python of their own, and the embedded one performs. "
            f"Name one with --tracker: {', '.join(OUTSIDE)}."
        )


def _require_fitting(flags: EvaluateFlags, name: str) -> None:
    """Refuse flags that are for the embedded tracker.

    Raises:
        ConfigError: One is given.
    """
    idle = {
        "--assist": flags.assist != 0, "--body": flags.body is not None,
        "--workers": flags.workers != 0, "--external.start": flags.external.start is not None,
        "--errors full": flags.errors == "full",
    }  # fmt: skip
    why = {
        "--external.start": "it says where training begins, and the checkpoint is named first",
        "--errors full": "a clip that fails starts over, so that nobody knows how it would go on",
    }
    for flag, is_given in idle.items():
        if is_given:
            reason = why.get(flag, "that is for the embedded tracker")
            raise ConfigError(f"{flag} is not for {name}: {reason}. Leave it out.")
    if flags.checkpoint in ("base", "none"):
        raise ConfigError(
            f"'{flags.checkpoint}' is for the embedded tracker. Name a checkpoint of {name}."
        )
