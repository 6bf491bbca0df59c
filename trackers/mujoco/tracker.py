"""The embedded tracker: MuJoCo physics and PPO behind the package's contract."""

import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims_env.errors import MissingDependency, TrackerFailed
from claims_env.motion import Motion
from claims_env.tracker import Budget, OnProgress, Progress, TrackedClip, TrainingReport
from claims_env.trackers.mujoco.settings import MujocoSettings

if TYPE_CHECKING:
    from claims_env.trackers.mujoco.learner import Iteration, Learner
    from claims_env.trackers.mujoco.reference import Reference
    from claims_env.trackers.mujoco.state import LearnerState

_CURVE = 100  # points of the training curve that are kept


class MujocoTracker:
    """See `Tracker`, `HasBaseline`.

    With one worker, training gives the same bytes under the same seed and `Budget.samples`; so it
    does with several, as long as their number is the same. A training stage that raises, Ctrl-C
    included, leaves the tracker as it was before.

    Args:
        settings: Body, workers, assist and learning rule.

    Raises:
        MissingDependency: mujoco or torch is not installed.
    """

    def __init__(self, settings: MujocoSettings | None = None) -> None:
        self.settings = settings or MujocoSettings()
        self.workers = self.settings.workers or _cores()
        _require("mujoco", "torch")
        self._state: LearnerState
        self.reset(seed=0)

    @property
    def facts(self) -> dict[str, Any]:
        """See `Tracker`."""
        from claims_env.trackers.mujoco.humanoid import CONTROL_HZ, PHYSICS_HZ

        return {
            "kind": "physics",
            "name": "mujoco",
            "body": self.settings.body,
            "assist": self._state.assist,
            "anneal": self.settings.anneal,
            "physics_hz": PHYSICS_HZ,
            "control_hz": CONTROL_HZ,
            "workers": self.workers,
            "versions": {name: version(name) for name in ("mujoco", "torch", "numpy")},
        }

    def reset(self, *, seed: int) -> None:
        """See `Tracker`."""
        with _one_thread():
            self._learner = self._new_learner(seed)
            self._state = self._learner.state(seed=seed, stages=0, samples=0)

    def train(
        self, motions: Sequence[Motion], budget: Budget, on_progress: OnProgress | None = None
    ) -> TrainingReport:
        """See `Tracker`. At least one update is made, however small the budget.

        Raises:
            TrackerFailed: There is nothing to train on, a worker died, or training diverged.
        """
        started = time.monotonic()
        if not motions:
            raise TrackerFailed("There is no motion to train on.")
        per_update = self.workers * self.settings.environments * self.settings.horizon
        iterations = max(1, math.ceil(budget.samples / per_update))

        def proceed(iteration: "Iteration") -> bool:
            seconds = time.monotonic() - started
            samples = iteration.number * per_update
            if on_progress is not None:
                on_progress(_progress(iteration, samples, seconds, budget))
            return budget.seconds is None or seconds < budget.seconds

        references = self._references(motions)
        course = self._learn(references, iterations, proceed)
        samples = len(course) * per_update
        self._keep(samples)
        return TrainingReport(samples, time.monotonic() - started, _facts(course, references))

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        """See `Tracker`."""
        with _one_thread():
            return self._perform(motions, untrained=False)

    def evaluate_untrained(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        """See `HasBaseline`."""
        return self._perform(motions, untrained=True)

    def save(self, path: Path) -> None:
        """See `Tracker`."""
        from claims_env.trackers.mujoco.checkpoint import save_checkpoint

        save_checkpoint(self._state, self._shape, path)

    def load(self, path: Path) -> None:
        """See `Tracker`. The assist is the checkpoint's if it anneals, else the settings'."""
        from claims_env.trackers.mujoco.checkpoint import load_checkpoint

        state = load_checkpoint(path, self._shape, self._state)
        if not self.settings.anneal:
            state = replace(state, assist=self.settings.assist)
        self._state = state
        self._learner.restore(state)

    @property
    def _shape(self) -> dict[str, Any]:
        return {"body": self.settings.body, "hidden": list(self.settings.hidden)}

    def _new_learner(self, seed: int) -> "Learner":
        from claims_env.trackers.mujoco.learner import Learner

        return Learner(self.settings, seed)

    def _references(self, motions: Sequence[Motion]) -> "list[Reference]":
        from claims_env.trackers.mujoco.reference import refer

        return [refer(motion, self._learner.body) for motion in motions]

    def _learn(
        self, references: "Sequence[Reference]", iterations: int, proceed: Any
    ) -> "list[Iteration]":
        from claims_env.trackers.mujoco.crew import Stage, crew
        from claims_env.trackers.mujoco.learner import learn

        stage = Stage(self.settings, self._state, references, iterations)
        try:
            with _one_thread(), crew(stage, self.workers) as collective:
                return learn(
                    self._learner,
                    references,
                    collective,
                    iterations=iterations,
                    seed=[self._state.seed, self._state.stages],
                    proceed=proceed,
                )
        except BaseException:
            # whatever half an update left behind is not what the next stage starts from
            self._learner = self._new_learner(self._state.seed)
            self._learner.restore(self._state)
            raise

    def _keep(self, samples: int) -> None:
        before = self._state
        self._state = self._learner.state(
            seed=before.seed, stages=before.stages + 1, samples=before.samples + samples
        )

    def _perform(self, motions: Sequence[Motion], *, untrained: bool) -> list[TrackedClip]:
        from claims_env.trackers.mujoco.evaluation import perform, zero_action

        if not motions:
            return []
        body = self._learner.body
        decide = zero_action(body) if untrained else self._learner.policy.decide
        assist = self._state.assist
        return perform(self._references(motions), body, decide, assist=assist, threads=self.workers)


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS and Windows cannot say


def _require(*packages: str) -> None:
    from importlib.util import find_spec

    for package in packages:
        if find_spec(package) is None:
            raise MissingDependency(
                package, "The mujoco tracker", "pip install 'claims-env[physics]'"
            )


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep torch to one thread: its own threads and ours would fight for the cores."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _progress(iteration: "Iteration", samples: int, seconds: float, budget: Budget) -> Progress:
    shares = [samples / max(budget.samples, 1), seconds / budget.seconds if budget.seconds else 0]
    rate = samples / max(seconds, 1e-9) / 1000
    note = f"failure {iteration.failure:.2f}, assist {iteration.assist:.2f}, {rate:.1f}k samples/s"
    return Progress(min(1.0, max(shares)), note)


def _facts(course: "Sequence[Iteration]", references: "Sequence[Reference]") -> dict[str, Any]:
    every = max(1, math.ceil(len(course) / _CURVE))
    points = [*course[:-1:every], course[-1]]
    errors = [reference.retarget_error for reference in references]
    return {
        "iterations": len(course),
        "assist": course[-1].assist,
        "diverged": course[-1].diverged,
        "retarget_error_mm": sum(errors) / len(errors),
        "curve": {
            name: [round(getattr(point, name), 4) for point in points]
            for name in ("number", "reward", "failure", "assist")
        },
    }
