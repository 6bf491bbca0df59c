"""What is evaluated: a tracker, and which file it came from."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_env.assembly.diagnosis import OUTSIDE
from claims_env.assembly.evaluation import (
    outside_tracker,
    saved_tracker,
    saved_training,
    shipped_checkpoint,
    untrained_tracker,
)
from claims_env.commands.evaluate.flags import DEFAULT_BODY, EvaluateFlags
from claims_env.commands.evaluate.outside import Outside, outside
from claims_env.config import read_config
from claims_env.errors import CheckpointError, ConfigError
from claims_env.run_folder import read_events, read_header
from claims_env.suite_evaluation import BATCH, WHOLE
from claims_env.tracker import TellsOfEvaluations, Tracker

BASE, NONE = "base", "none"
CHECKPOINTS = "rounds/[0-9]*/tracker.ckpt"
"""Where a run's folder keeps its checkpoints."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is evaluated.

    Attributes:
        tracker: It performs.
        checkpoint: How it is recorded: what was `asked`, the `file` that meant, its `sha256` and
            what it says of its `training`; all but the first are None without a checkpoint.
        batch: Clips it performs side by side, as far as that is ours to say.
    """

    tracker: Tracker
    checkpoint: dict[str, Any]
    batch: int = BATCH

    @property
    def is_trained(self) -> bool:
        """Whether there is a policy to evaluate, not the baselines alone."""
        return self.checkpoint["file"] is not None

    @property
    def facts(self) -> dict[str, Any]:
        """What is real about the tracker while it performs, as far as that has shown."""
        facts = {key: value for key, value in self.tracker.facts.items() if key not in _UNSAID}
        if not isinstance(self.tracker, TellsOfEvaluations):
            return facts
        shown = {key: value for key, value in facts.items() if key not in _OF_TRAINING}
        return {**shown, **self.tracker.evaluation_facts}


_UNSAID = ("practice_assist", "workers")
"""Facts of how the tracker would train, and of what no figure depends on."""

_OF_TRAINING = ("base", "num_envs", "distillation", "batch_size")
"""Facts of how an outside tracker would train."""


def subject(flags: EvaluateFlags) -> Subject:
    """Return what the flags ask to be evaluated.

    Raises:
        CheckpointError: There is no such checkpoint, or it is damaged or of another tracker.
        ConfigError: There is no such body.
        LedgerError: A run's folder cannot be read.
        MissingDependency: mujoco or torch is not installed.
    """
    elsewhere = outside(flags)
    if elsewhere is not None:
        return _outside(flags.checkpoint, elsewhere)
    body = _expanded(flags.body) if flags.body else DEFAULT_BODY
    if flags.checkpoint == NONE:
        tracker = untrained_tracker(body, assist=flags.assist, workers=flags.workers)
        return Subject(tracker, _described(NONE, None))
    path = shipped_checkpoint(body) if flags.checkpoint == BASE else _found(flags.checkpoint)
    described = _described(flags.checkpoint, path)
    its_own = body if flags.body else _body_of_run(path)
    tracker = saved_tracker(path, body=its_own, assist=flags.assist, workers=flags.workers)
    return Subject(tracker, described)


def _outside(asked: str, performer: Outside) -> Subject:
    path = _found(asked)
    tracker = outside_tracker(path, performer.tracker, performer.external, jobs=performer.jobs)
    described = {"asked": asked, "file": str(path), "sha256": _sha256(path), "training": None}
    return Subject(tracker, described, batch=WHOLE)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _described(asked: str, path: Path | None) -> dict[str, Any]:
    if path is None:
        return {"asked": asked, "file": None, "sha256": None, "training": None}
    training = saved_training(path)
    return {"asked": asked, "file": str(path), "sha256": _sha256(path), "training": training}


def _found(asked: str) -> Path:
    path = Path(asked).expanduser()
    if path.is_dir():
        return _newest(path)
    if not path.is_file():
        raise CheckpointError(
            f"There is no checkpoint {asked}. Name a file, a run's folder, '{BASE}' or '{NONE}'."
        )
    return path


def _body_of_run(checkpoint: Path) -> str | None:
    """Return the MJCF file the run around a checkpoint was configured with, if it is there."""
    checkpoint = checkpoint.absolute()
    if not checkpoint.match("rounds/[0-9]*/*.ckpt"):
        return None
    try:
        body = read_config(checkpoint.parents[2] / "config.yaml").tracker.options.get("body")
    except ConfigError:
        # a checkpoint taken out of its run; most say themselves what they need
        return None
    if not isinstance(body, str) or not body.endswith(".xml"):
        return None
    return _expanded(body) if Path(_expanded(body)).is_file() else None


def _expanded(body: str) -> str:
    return str(Path(body).expanduser())


def _newest(run: Path) -> Path:
    """Return the newest checkpoint of a run of a tracker we know."""
    read_header(run)
    parts = [event["result"] for event in read_events(run) if event["stage"] == "parts"]
    facts = parts[0].get("tracker") if parts else None
    name = facts.get("name") if isinstance(facts, dict) else "mujoco"
    if name not in ("mujoco", *OUTSIDE):
        raise CheckpointError(
            f"{run} trained the tracker '{name}'. Only these are evaluated: mujoco, "
            f"{', '.join(OUTSIDE)}."
        )
    kept = sorted(run.glob(CHECKPOINTS))
    if not kept:
        raise CheckpointError(
            f"{run} keeps no checkpoint yet. Continue it with `claims-env resume {run}`."
        )
    return kept[-1]
