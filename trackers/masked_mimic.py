"""MaskedMimic in ProtoMotions, the paper's second tracker: the jobs of its training and evaluation.

Two stages: a full-body tracker learns by reinforcement, which the paper calls MaskedMimic (FC), and
MaskedMimic proper learns from it by imitation. `ProtoMotions` is version 3, the one configured by
flags; see `claims_env.trackers.workers.protomotions_worker` for how it is driven.
"""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from claims_env.errors import ConfigError, TrackerFailed
from claims_env.external_config import ExternalConfig
from claims_env.motion import Motion
from claims_env.tracker import Budget, OnProgress, TrackedClip, TrainingReport
from claims_env.trackers import masked_mimic_table10 as table10
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
from claims_env.trackers.masked_mimic_settings import (
    STEPS,
    check,
    fewer_envs,
)
from claims_env.trackers.masked_mimic_settings import (
    MaskedMimicSettings as MaskedMimicSettings,
)
from claims_env.trackers.workers.protomotions_bundle import MEMBER

_SHORTEST = 5
"""Frames under which a clip is refused: the converter's velocities look three frames ahead."""


class MaskedMimicTracker:
    """See `Tracker`, `KeepsUnfinished`, `WorksInFolder`, `TellsOfEvaluations`.

    Every training is an experiment of its own, begun with the weights of the one before;
    ProtoMotions carries over neither its optimiser nor its scale of rewards. Until there has been a
    training, and without a checkpoint to start from, the full-body tracker is shown with random
    weights, whatever the stage.

    A checkpoint is one file (see `claims_env.trackers.workers.protomotions_bundle`), which that
    module makes of a `results/NAME` of your own, too.

    Args:
        external: Where and how ProtoMotions runs.
        settings: Of its training.
        worker: Who does the jobs, if not MaskedMimic's own worker.

    Raises:
        ConfigError: The number of environments is not one it can train with.
        CheckpointError: What to start from is no checkpoint.
    """

    def __init__(
        self,
        external: ExternalConfig,
        settings: MaskedMimicSettings | None = None,
        *,
        worker: ExternalWorker | None = None,
    ) -> None:
        self.external, self.settings = external, settings or MaskedMimicSettings()
        check(external, self.settings)
        self._worker = worker or ExternalWorker(
            external,
            tracker="MaskedMimic",
            script="protomotions_worker.py",
            siblings=["protomotions_*.py"],
            member=MEMBER,
        )
        start = external.start
        self._start = None if start is None else self._worker.hold(start.expanduser())
        self._unfinished: HeldCheckpoint | None = None
        self._notes = EvaluationNotes()
        self.reset(seed=0)

    @property
    def facts(self) -> dict[str, Any]:
        """See `Tracker`; the versions are told with each training."""
        settings = self.settings
        return {
            "kind": "physics",
            "name": "masked_mimic",
            "stage": settings.stage,
            "simulator": settings.simulator,
            "body": "SMPL, neutral",
            "assist": 0.0,
            "base": "none" if self._start is None else self._start.sha256,
            "preset": settings.preset,
            "distillation": settings.distillation if settings.stage == "masked" else None,
            "batch_size": settings.batch_size,
            "num_envs": self.external.num_envs,
            "eval_num_envs": self.external.eval_num_envs or "one per clip",
            "overrides": self._overrides(),
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
        """See `Tracker`. At least one iteration is made; clips that are too short are told of.

        Raises:
            TrackerFailed: There is nothing to train on, or ProtoMotions broke down.
        """
        started, self._unfinished = time.monotonic(), None
        clips = exchanged(motions)
        kept = [clip for clip in clips if clip.frames >= _SHORTEST]
        if not kept:
            raise TrackerFailed(
                f"There is no motion of {_SHORTEST} frames at 30 Hz or more to train on."
            )
        try:
            course = self._course(kept, budget, on_progress)
        except BaseException:
            self._unfinished = self._worker.left
            raise
        self._held = course.checkpoint
        facts = _facts(course, [clip.name for clip in clips if clip.frames < _SHORTEST])
        facts = {**facts, **self._notes.news()}
        return TrainingReport(course.samples, time.monotonic() - started, facts)

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        """See `Tracker`.

        Raises:
            TrackerFailed: A clip is too short, or ProtoMotions broke down.
        """
        if not motions:
            return []
        clips = exchanged(motions)
        short = [clip.name for clip in clips if clip.frames < _SHORTEST]
        if short:
            raise TrackerFailed(
                f"MaskedMimic cannot perform clips of fewer than {_SHORTEST} frames at 30 Hz: "
                f"{', '.join(short[:5])}. Leave them out."
            )
        return self._evaluated(clips, self.external.eval_num_envs or len(clips))

    def save(self, path: Path) -> None:
        """See `Tracker`.

        Raises:
            TrackerFailed: There is nothing to save, for nothing was trained.
        """
        if self._held is None:
            raise TrackerFailed("MaskedMimic has no checkpoint before its first training.")
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
        count = self.external.num_envs
        stage = Stage(STEPS, lambda envs: fewer_envs(envs, self.settings.batch_size))
        request = self._request("train", clips, count, self._stage_seed())
        request = replace(request, epochs=stage.epochs(budget.samples, count))
        return train_through(self._worker, request, stage, on_progress, seconds=budget.seconds)

    def _evaluated(self, clips: Sequence[ExchangeClip], count: int) -> list[TrackedClip]:
        # whoever has learned nothing is drawn from the seed; whoever has, performs without chance
        seed = self._seed if self._held is None else 0
        done = self._worker.do(self._request("evaluate", clips, count, seed))
        if done.kind == "oom" and count > 1:
            done = self._worker.do(self._request("evaluate", clips, -(-count // 2), seed))
        if done.error is not None:
            raise done.error
        found = performed(done.result, done.folder, clips, "MaskedMimic")
        self._notes.take(found, done.result["versions"])
        return found.clips

    def _request(
        self,
        kind: Literal["train", "evaluate"],
        clips: Sequence[ExchangeClip],
        num_envs: int,
        seed: int,
    ) -> JobRequest:
        held, settings = self._held, self._told()
        return JobRequest(kind, "protomotions", clips, seed, num_envs, held, settings=settings)

    def _told(self) -> dict[str, Any]:
        if self.external.repository is None:
            raise ConfigError(
                "ProtoMotions is not part of this package. Name its checkout with "
                "--external.repository."
            )
        return {
            "repository": str(self.external.repository.expanduser().absolute()),
            "stage": self.settings.stage,
            "simulator": self.settings.simulator,
            "batch_size": self.settings.batch_size,
            "distillation": self.settings.distillation,
            "overrides": self._overrides(),
            "stall_seconds": self.external.stall_seconds,
            "grace_seconds": self.external.grace_seconds,
        }

    def _overrides(self) -> dict[str, list[str]]:
        named = self.settings.preset == "table10"
        shared = list(self.external.overrides)
        return {
            stage: [*(table10.overrides(stage) if named else []), *shared]
            for stage in ("tracker", "masked")
        }

    def _stage_seed(self) -> int:
        """Return a seed that follows from the run's and from what it starts with."""
        held = "none" if self._held is None else self._held.sha256
        return int(hashlib.sha256(f"{self._seed} {held}".encode()).hexdigest()[:7], 16)


def _facts(course: Course, short: list[str]) -> dict[str, Any]:
    told = {key: value for key, value in course.told.items() if key != "dropped"}
    return {"epochs": course.epochs, "num_envs": course.num_envs, "dropped": short, **told}
