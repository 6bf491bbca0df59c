"""The embedded tracker: MuJoCo physics and PPO behind the package's contract."""

import math
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from claims_env.errors import MissingDependency, TrackerFailed
from claims_env.motion import Motion
from claims_env.one_thread import one_thread
from claims_env.tracker import Blind, Budget, OnProgress, Progress, TrackedClip, TrainingReport
from claims_env.trackers.mujoco.settings import MujocoSettings, cores

if TYPE_CHECKING:
    from claims_env.trackers.mujoco.evaluation import Decide
    from claims_env.trackers.mujoco.learner import Iteration, Learner
    from claims_env.trackers.mujoco.planning.lessons import Taught
    from claims_env.trackers.mujoco.reference import Reference
    from claims_env.trackers.mujoco.state import LearnerState

_CURVE = 100  # points of the training curve that are kept


class MujocoTracker:
    """See `Tracker`, `HasBaseline`, `KeepsUnfinished`.

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
        # one process drives a graphics card; more would only share it
        cuda = self.settings.device == "cuda"
        self.workers = self.settings.workers or (1 if cuda else cores())
        # clips are performed on the processor, wherever they are practised
        self._threads = self.settings.workers or cores()
        _require("mujoco", "torch")
        if cuda:
            _require_card()
        self._state: LearnerState
        self._unfinished: LearnerState | None = None
        self._practised = 0  # control steps of the present stage
        self._base: str  # what it started from
        self.reset(seed=0)

    @property
    def facts(self) -> dict[str, Any]:
        """See `Tracker`."""
        from claims_env.trackers.mujoco.humanoid import CONTROL_HZ

        return {
            "kind": "physics",
            "name": "mujoco",
            "body": self._learner.body.name,
            "assist": self.settings.assist,
            "practice_assist": self.settings.practice_assist,
            "base": self._base,
            "teacher": self.settings.teacher,
            "device": self.settings.device,
            "precision": str(self._learner.policy.hidden_type).removeprefix("torch."),
            "physics_hz": self._learner.body.physics_hz,
            "control_hz": CONTROL_HZ,
            "workers": self.workers,
            "versions": {name: version(name) for name in ("mujoco", "torch", "numpy")},
        }

    def reset(self, *, seed: int) -> None:
        """See `Tracker`."""
        from claims_env.trackers.mujoco.starting_checkpoint import based

        with one_thread():  # torch's threads and ours would fight for the cores
            self._learner = self._new_learner(seed)
            fresh = self._learner.state(seed=seed, stages=0, samples=0)
            self._state, self._base = based(fresh, self._shape, self.settings)
            self._learner.restore(self._state)

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

        def proceed(iteration: "Iteration") -> bool:
            seconds = time.monotonic() - started
            samples = self._practised = iteration.number * per_update
            if on_progress is not None:
                on_progress(_progress(iteration, samples, seconds, budget))
            return budget.seconds is None or seconds < budget.seconds

        lessons = self._lessons(self._references(motions), on_progress)
        # the budget is the policy's; what the planner took is told apart
        iterations = max(1, math.ceil(budget.samples / per_update))
        course = self._learn(lessons.references, iterations, proceed)
        samples = len(course) * per_update
        self._keep(samples)
        facts = _facts(course, lessons.references) | _taught(lessons)
        return TrainingReport(samples, time.monotonic() - started, facts)

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        """See `Tracker`."""
        with one_thread():
            return self._perform(motions, "policy")

    def evaluate_untrained(
        self, motions: Sequence[Motion], *, action: Blind = "zero"
    ) -> list[TrackedClip]:
        """See `HasBaseline`."""
        return self._perform(motions, action)

    def save(self, path: Path) -> None:
        """See `Tracker`."""
        from claims_env.trackers.mujoco.checkpoint import save_checkpoint

        save_checkpoint(self._state, self._shape, path)

    def save_unfinished(self, path: Path) -> None:
        """See `KeepsUnfinished`."""
        from claims_env.trackers.mujoco.checkpoint import save_checkpoint

        if self._unfinished is not None:
            save_checkpoint(self._unfinished, self._shape, path)

    def save_base(self, path: Path) -> None:
        """Write a checkpoint for others to start from: small, and without its past."""
        from claims_env.trackers.mujoco.starting_checkpoint import save_base

        save_base(self._state, self._shape, path)

    def load(self, path: Path) -> None:
        """See `Tracker`."""
        from claims_env.trackers.mujoco.checkpoint import load_checkpoint

        state = load_checkpoint(path, self._shape, self._state)
        self._state = state
        self._learner.restore(state)

    @property
    def _shape(self) -> dict[str, Any]:
        return {"body": self._learner.body.name, "hidden": list(self.settings.hidden)}

    def _new_learner(self, seed: int) -> "Learner":
        from claims_env.trackers.mujoco.learner import Learner

        return Learner(self.settings, seed)

    def _references(self, motions: Sequence[Motion]) -> "list[Reference]":
        from claims_env.trackers.mujoco.reference import refer

        return [refer(motion, self._learner.body) for motion in motions]

    def _lessons(self, references: "list[Reference]", on_progress: OnProgress | None) -> "Taught":
        from claims_env.trackers.mujoco.planning.lessons import Taught, teach

        if self.settings.teacher == "none":
            return Taught(references, asked=0, complete=0, steps=0)

        def tell(share: float) -> None:
            if on_progress is not None:
                on_progress(
                    Progress(0.0, f"the planner has performed {share:.0%} of the new clips")
                )

        with one_thread():
            return teach(
                references,
                self._learner.body,
                known=self._state.practice,
                seed=self._state.seed,
                threads=self.workers,
                on_progress=tell,
            )

    def _learn(
        self, references: "Sequence[Reference]", iterations: int, proceed: Any
    ) -> "list[Iteration]":
        from claims_env.trackers.mujoco.crew import Stage, crew
        from claims_env.trackers.mujoco.learner import learn

        stage = Stage(self.settings, self._state, references, iterations)
        try:
            with one_thread(), crew(stage, self.workers) as collective:
                return learn(
                    self._learner,
                    references,
                    collective,
                    iterations=iterations,
                    seed=[self._state.seed, self._state.stages],
                    proceed=proceed,
                )
        except BaseException as end:
            if isinstance(end, KeyboardInterrupt):
                learned = self._learned(self._practised)
                self._unfinished = learned if learned.steps > self._state.steps else None
            # whatever half an update left behind is not what the next stage starts from
            self._learner = self._new_learner(self._state.seed)
            self._learner.restore(self._state)
            raise

    def _keep(self, samples: int) -> None:
        self._state = self._learned(samples)
        self._unfinished = None

    def _learned(self, samples: int) -> "LearnerState":
        before = self._state
        return self._learner.state(
            seed=before.seed, stages=before.stages + 1, samples=before.samples + samples
        )

    def _perform(
        self, motions: Sequence[Motion], action: Blind | Literal["policy"]
    ) -> list[TrackedClip]:
        from claims_env.trackers.mujoco.evaluation import perform, random_action, zero_action

        if not motions:
            return []
        body, references = self._learner.body, self._references(motions)
        choices: dict[str, Decide] = {
            "policy": self._learner.policy.decide,
            "zero": zero_action(body),
            "random": random_action(references, body),
        }
        assist = self.settings.assist
        return perform(references, body, choices[action], assist=assist, threads=self._threads)


def _require(*packages: str) -> None:
    from importlib.util import find_spec

    for package in packages:
        if find_spec(package) is None:
            raise MissingDependency(
                package, "The mujoco tracker", "pip install 'claims-env[physics]'"
            )


def _require_card() -> None:
    from claims_env.trackers.mujoco.warp_device import device_of, packages

    warp, _ = packages()
    device_of(warp, "cuda")


def _progress(iteration: "Iteration", samples: int, seconds: float, budget: Budget) -> Progress:
    shares = [samples / max(budget.samples, 1), seconds / budget.seconds if budget.seconds else 0]
    rate = samples / max(seconds, 1e-9) / 1000
    note = f"failure {iteration.failure:.2f}, assist {iteration.assist:.2f}, {rate:.1f}k samples/s"
    return Progress(min(1.0, max(shares)), note)


def _taught(lessons: "Taught") -> dict[str, Any]:
    if not lessons.asked:
        return {}
    return {"taught_clips": lessons.complete, "teacher_samples": lessons.steps}


def _facts(course: "Sequence[Iteration]", references: "Sequence[Reference]") -> dict[str, Any]:
    every = max(1, math.ceil(len(course) / _CURVE))
    points = [*course[:-1:every], course[-1]]
    errors = [reference.retarget_error for reference in references]
    return {
        "iterations": len(course),
        "practice_assist": course[-1].assist,
        "diverged": course[-1].diverged,
        "skipped_steps": course[-1].skipped,
        "retarget_error_mm": sum(errors) / len(errors),
        "curve": {
            name: [round(getattr(point, name), 4) for point in points]
            for name in ("number", "reward", "failure", "assist")
        },
    }
