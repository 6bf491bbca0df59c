"""A tracker that is off by a known distance, and evaluations made with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from toys import swaying

from claims_env.errors import MotionError
from claims_env.evaluation_record import EvaluationRecord
from claims_env.motion import Motion
from claims_env.rotation import Floats
from claims_env.suite import Refusal, Suite
from claims_env.suite_evaluation import Keep, evaluate_suite, performers
from claims_env.tracker import Budget, OnProgress, TrackedClip, TrainingReport
from claims_env.tracking_metrics import FailedFrames, measure

LOST_FROM = {"zero": 30, "random": 10}
"""The index of the first frame a metre off; the trained policy is 0.1 m off all the time."""


@dataclass
class Puppet:
    """See `Tracker`, `HasBaseline`; cannot perform motions whose name begins with 'odd'."""

    assist: float = 0.0
    batches: list[list[str]] = field(default_factory=list[list[str]])

    @property
    def facts(self) -> dict[str, Any]:
        return {"kind": "physics", "name": "puppet", "body": "wood", "assist": self.assist}

    def reset(self, *, seed: int) -> None: ...

    def train(
        self, motions: Sequence[Motion], budget: Budget, on_progress: OnProgress | None = None
    ) -> TrainingReport:
        return TrainingReport(0, 0.0)

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        self.batches.append([motion.name for motion in motions])
        return [_off(motion, np.full(motion.frames - 1, 0.1)) for motion in motions]

    def evaluate_untrained(
        self, motions: Sequence[Motion], *, action: Literal["zero", "random"] = "zero"
    ) -> list[TrackedClip]:
        return [
            _off(motion, 1.0 * (np.arange(motion.frames - 1) >= LOST_FROM[action]))
            for motion in motions
        ]

    def save(self, path: Path) -> None: ...

    def load(self, path: Path) -> None: ...


def _off(motion: Motion, metres: Floats) -> TrackedClip:
    """Return a performance that far to the side in each frame."""
    if motion.name.startswith("odd"):
        raise MotionError(motion.name, "it is odd.", "Give another.")
    reference = motion.joints[1:]
    joints = reference + metres[:, None, None] * np.array([0.0, 1.0, 0.0])
    return TrackedClip(motion.name, measure(joints, reference), joints, reference)


def suite(name: str, *clips: str, frames: int = 60, kind: str = "real") -> Suite:
    motions = tuple(swaying(1.0 + 0.1 * i, clip, frames) for i, clip in enumerate(clips))
    return Suite(name, kind, motions, (Refusal("torn", "torn.npz: it is torn. Mend it."),))


def record(
    *suites: Suite,
    assist: float = 0.0,
    errors: FailedFrames = "phc",
    is_trained: bool = True,
    keep: Keep = lambda suite, clip: None,
) -> EvaluationRecord:
    """Return an evaluation of the puppet on these suites, or on two of its own."""
    suites = suites or (suite("one", "a", "b"), suite("two", "c", kind="composed"))
    tracker = Puppet(assist)
    who = performers(tracker, is_trained=is_trained)
    return EvaluationRecord(
        checkpoint={"asked": "my.ckpt", "sha256": "ab" * 32, "training": {"samples": 1000}},
        tracker=tracker.facts,
        errors=errors,
        asked={"suites": [s.name for s in suites], "clips": 3, "seed": 0},
        versions={"claims-env": "0.1.0"},
        suites=tuple(evaluate_suite(s, who, keep=keep) for s in suites),
    )
