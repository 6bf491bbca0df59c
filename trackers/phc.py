"""PHC in Isaac Gym, the paper's first tracker: which jobs make up its training and evaluation."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from claims_env.errors import ConfigError, TrackerFailed
from claims_env.external_config import ExternalConfig
from claims_env.motion import Motion
from claims_env.tracker import Budget, OnProgress, TrackedClip, TrainingReport
from claims_env.trackers.external import (
    ExchangeClip,
    ExternalWorker,
    HeldCheckpoint,
    JobRequest,
    exchanged,
    performed,
)
from claims_env.trackers.external.checkpoint import put
from claims_env.trackers.external.course import Course, Stage, train_through
from claims_env.trackers.external.evaluation_notes import EvaluationNotes
from claims_env.trackers.phc_rules import (
    HORIZON,
    check_evaluation,
    check_num_envs,
    fewer_envs,
    fewer_eval_envs,
    short,
)
from claims_env.trackers.phc_table9 import overrides

_STILL = ("learning.params.config.learning_rate=0.0",)
"""Under which an epoch leaves the weights as they were drawn."""


@dataclass(frozen=True, slots=True)
class PhcSettings:
    """Further settings of PHC.

    Attributes:
        save_frequency: Epochs, counted from the very beginning, between two evaluations within
            training, after which PHC draws its clips by how often they failed (1500: as released).
        has_eval: Whether it does so at all; without, it draws them evenly.
    """

    save_frequency: int = 1500
    has_eval: bool = True

    def __post_init__(self) -> None:
        if self.save_frequency < 1:
            raise ConfigError(
                f"'tracker.options.save_frequency' is {self.save_frequency}. Expected 1 or more."
            )


class PhcTracker:
    """See `Tracker`, `KeepsUnfinished`, `WorksInFolder`, `TellsOfEvaluations`.

    Every stage is a job of its own, in a fresh folder; the checkpoint alone is carried over. A
    request that was answered before is read from its folder, so that a stopped run loses no
    finished job, and finds one that is still running.

    PHC cannot show a policy that was never trained. Until it is, and without a checkpoint to start
    from, it is shown after one epoch with a learning rate of zero: with the weights it was born
    with. Training begins from random weights all the same.

    Args:
        external: Where and how PHC runs.
        settings: Of its training.
        preset: 'table9' takes the paper's Table 9 to the letter (see `phc_table9`).
        worker: Who does the jobs, if not PHC's own worker.

    Raises:
        ConfigError: The number of environments is not one PHC can train with.
        CheckpointError: What to start from is no checkpoint.
    """

    def __init__(
        self,
        external: ExternalConfig,
        settings: PhcSettings | None = None,
        *,
        preset: Literal["default", "table9"] = "default",
        worker: ExternalWorker | None = None,
    ) -> None:
        self.external, self.settings = external, settings or PhcSettings()
        check_num_envs(external.num_envs, external.overrides)
        self._preset = preset
        self._overrides = (*(overrides() if preset == "table9" else ()), *external.overrides)
        self._worker = worker or ExternalWorker(
            external, tracker="PHC", script="phc_worker.py", siblings=["phc_*.py"],
            member="data.pkl",
        )  # fmt: skip
        start = external.start
        self._start = None if start is None else self._worker.hold(start.expanduser())
        self._unfinished: HeldCheckpoint | None = None
        self._notes = EvaluationNotes()
        self.reset(seed=0)

    @property
    def facts(self) -> dict[str, Any]:
        """See `Tracker`; the versions are told with each training."""
        return {
            "kind": "physics",
            "name": "phc",
            "body": "SMPL, neutral",
            "assist": 0.0,
            "base": "none" if self._start is None else self._start.sha256,
            "preset": self._preset,
            "num_envs": self.external.num_envs,
            "eval_num_envs": self.external.eval_num_envs or "one per clip",
            "overrides": list(self._overrides),
            "physics_hz": 120,
            "control_hz": 30,
        }

    @property
    def evaluation_facts(self) -> dict[str, Any]:
        """See `TellsOfEvaluations`."""
        return self._notes.facts

    def work_in(self, folder: Path) -> None:
        """See `WorksInFolder`."""
        self._worker.work_in(folder)

    def reset(self, *, seed: int) -> None:
        """See `Tracker`."""
        self._seed, self._held, self._unfinished = seed, self._start, None

    def train(
        self, motions: Sequence[Motion], budget: Budget, on_progress: OnProgress | None = None
    ) -> TrainingReport:
        """See `Tracker`. At least one epoch is trained; clips too short for PHC are told of.

        Raises:
            TrackerFailed: There is nothing to train on, or PHC broke down.
        """
        started, self._unfinished = time.monotonic(), None
        clips = exchanged(motions)
        dropped = short(clips)
        kept = [clip for clip in clips if clip.name not in dropped]
        if not kept:
            raise TrackerFailed(f"There is no motion to train on. {_reasons(dropped)}")
        try:
            course = self._course(kept, budget, on_progress)
        except BaseException:
            self._unfinished = self._worker.left
            raise
        self._held = course.checkpoint
        facts = {**_facts(course, dropped), **self._notes.news()}
        return TrainingReport(course.samples, time.monotonic() - started, facts)

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        """See `Tracker`.

        Raises:
            TrackerFailed: A clip is too short or too long for PHC, or it broke down.
            ConfigError: PHC would reset so many clips in so few environments.
        """
        if not motions:
            return []
        clips = exchanged(motions)
        if dropped := short(clips):
            raise TrackerFailed(f"PHC cannot perform every clip. {_reasons(dropped)}")
        count = self.external.eval_num_envs or len(clips)
        check_evaluation(clips, count)
        return self._evaluated(clips, count, self._held or self._newborn(clips))

    def save(self, path: Path) -> None:
        """See `Tracker`.

        Raises:
            TrackerFailed: There is nothing to save, for nothing was trained.
        """
        if self._held is None:
            raise TrackerFailed("PHC has no checkpoint before its first training.")
        put(self._held, path, shared=True)

    def save_unfinished(self, path: Path) -> None:
        """See `KeepsUnfinished`."""
        if self._unfinished is not None:
            put(self._unfinished, path, shared=True)

    def load(self, path: Path) -> None:
        """See `Tracker`; nothing in the file is unpickled here."""
        self._held, self._unfinished = self._worker.hold(path), None

    def _course(
        self, clips: Sequence[ExchangeClip], budget: Budget, on_progress: OnProgress | None
    ) -> Course:
        count, stage = self.external.num_envs, Stage(HORIZON, fewer_envs)
        request = self._request("train", clips, count, self._held, self._stage_seed())
        request = replace(request, epochs=stage.epochs(budget.samples, count))
        return train_through(self._worker, request, stage, on_progress, seconds=budget.seconds)

    def _evaluated(
        self, clips: Sequence[ExchangeClip], count: int, held: HeldCheckpoint
    ) -> list[TrackedClip]:
        done = self._worker.do(self._request("evaluate", clips, count, held, 0))
        fewer = fewer_eval_envs(clips, count)
        if done.kind == "oom" and fewer is not None:
            done = self._worker.do(self._request("evaluate", clips, fewer, held, 0))
        if done.error is not None:
            raise done.error
        found = performed(done.result, done.folder, clips, "PHC")
        self._notes.take(found, done.result["versions"])
        return found.clips

    def _newborn(self, clips: Sequence[ExchangeClip]) -> HeldCheckpoint:
        """Return a checkpoint of random weights, which PHC writes after an epoch at least."""
        count, stage = self.external.num_envs, Stage(HORIZON, fewer_envs)
        request = self._request("train", clips, count, None, self._seed)
        still = {**request.settings, "overrides": [*self._overrides, *_STILL]}
        request = replace(request, epochs=1, settings=still)
        return train_through(self._worker, request, stage).checkpoint

    def _request(
        self,
        kind: Literal["train", "evaluate"],
        clips: Sequence[ExchangeClip],
        num_envs: int,
        held: HeldCheckpoint | None,
        seed: int,
    ) -> JobRequest:
        return JobRequest(kind, "phc", clips, seed, num_envs, held, settings=self._told())

    def _told(self) -> dict[str, Any]:
        if self.external.repository is None:
            raise ConfigError(
                "PHC is not part of this package. Name its checkout with --external.repository."
            )
        return {
            "repository": str(self.external.repository.expanduser().absolute()),
            "overrides": list(self._overrides),
            "save_frequency": self.settings.save_frequency,
            "has_eval": self.settings.has_eval,
            "stall_seconds": self.external.stall_seconds,
            "grace_seconds": self.external.grace_seconds,
        }

    def _stage_seed(self) -> int:
        """Return a seed that follows from the run's and from what it starts with."""
        held = "none" if self._held is None else self._held.sha256
        return int(hashlib.sha256(f"{self._seed} {held}".encode()).hexdigest()[:7], 16)


def _facts(course: Course, dropped: dict[str, str]) -> dict[str, Any]:
    theirs = {str(one["id"]): str(one["reason"]) for one in course.told["dropped"]}
    return {
        **course.told,
        "epochs": course.epochs,
        "num_envs": course.num_envs,
        "dropped": {**dropped, **theirs},
        "double": bool(course.told["versions"].get("double")),
    }


def _reasons(dropped: dict[str, str]) -> str:
    first = [f"'{name}' has {why}" for name, why in list(dropped.items())[:5]]
    more = f", and {len(dropped) - 5} more" if len(dropped) > 5 else ""
    return f"{', '.join(first)}{more}. Leave them out." if dropped else "None was given."
