"""A tracker whose whole ability is one number, which creeps towards the speed it trains on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.errors import CheckpointError
from claims_env.motion import Motion
from claims_env.tracker import Blind, Budget, OnProgress, Progress, TrackedClip, TrainingReport
from claims_env.tracking_metrics import TrackingMetrics

_FLAILING = 0.25
"""Share of the starting skill that random actions leave."""


@dataclass(frozen=True, slots=True)
class SkillSettings:
    """How the simulated tracker learns.

    Attributes:
        skill: The mean joint speed it can follow before training [m/s].
        rate: Share of the gap to a mastered or nearly mastered speed closed per round.
        reach: How far beyond its skill it can still learn from [m/s].
    """

    skill: float = 0.4
    rate: float = 0.5
    reach: float = 0.6


class SkillTracker:
    """Succeeds on clips slower than its skill; learns from those just beyond it.

    Nothing is simulated: no body, no physics. Errors grow with the speed beyond skill; their level
    is that of the published successes and failures (50 and 150 mm).
    """

    def __init__(self, settings: SkillSettings | None = None) -> None:
        self._settings = settings or SkillSettings()
        self._start = self._skill = self._settings.skill

    @property
    def facts(self) -> dict[str, Any]:
        """See `Tracker`."""
        return {"kind": "simulated", "name": "skill", "assist": 0.0}

    def reset(self, *, seed: int) -> None:
        """See `Tracker`; the seed moves the starting skill by a few percent."""
        jitter = np.random.default_rng(seed).uniform(-0.05, 0.05)
        self._start = self._skill = self._settings.skill * (1 + float(jitter))

    def train(
        self, motions: Sequence[Motion], budget: Budget, on_progress: OnProgress | None = None
    ) -> TrainingReport:
        """See `Tracker`; the budget does not matter."""
        within = [
            m.mean_speed for m in motions if m.mean_speed < self._skill + self._settings.reach
        ]
        if within:
            gap = max(max(within) - self._skill, 0.0)
            self._skill += self._settings.rate * gap
        if on_progress is not None:
            on_progress(Progress(1.0, f"skill {self._skill:.2f} m/s"))
        return TrainingReport(samples=0, seconds=0.0, facts={"skill": self._skill})

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        """See `Tracker`."""
        return [TrackedClip(m.name, _metrics(m, self._skill)) for m in motions]

    def evaluate_untrained(
        self, motions: Sequence[Motion], *, action: Blind = "zero"
    ) -> list[TrackedClip]:
        """See `HasBaseline`: the starting skill, or the little of it that flailing leaves."""
        skill = self._start * (_FLAILING if action == "random" else 1)
        return [TrackedClip(m.name, _metrics(m, skill)) for m in motions]

    def save(self, path: Path) -> None:
        """See `Tracker`."""
        partial = path.with_name(f".{path.name}.partial")
        partial.write_text(json.dumps({"start": self._start, "skill": self._skill}), "utf-8")
        partial.replace(path)

    def load(self, path: Path) -> None:
        """See `Tracker`."""
        try:
            state = json.loads(path.read_text("utf-8"))
            self._start, self._skill = float(state["start"]), float(state["skill"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CheckpointError(
                f"{path} is no checkpoint of the simulated tracker ({error}). "
                "Resume from the round before it."
            ) from None


def _metrics(motion: Motion, skill: float) -> TrackingMetrics:
    beyond = max(motion.mean_speed - skill, 0.0)
    success, frames = beyond == 0.0, motion.frames - 1
    return TrackingMetrics(
        success=success,
        g_mpjpe=50.0 + 100.0 * beyond,
        l_mpjpe=35.0 + 60.0 * beyond,
        pa_mpjpe=30.0 + 40.0 * beyond,
        vel_dist=6.0 + 6.0 * beyond,
        acc_dist=4.0 + 6.0 * beyond,
        frames=frames,
        failed_at=None if success else max(2, int(frames * skill / motion.mean_speed)),
    )
