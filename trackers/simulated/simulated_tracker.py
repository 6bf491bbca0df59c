"""The student of a simulated world as a tracker of real clips, which it knows by their prompts."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.durable_file import write_atomically
from claims_env.errors import CheckpointError, LibraryError
from claims_env.motion import Motion
from claims_env.prompt import SLOTS
from claims_env.tracker import Budget, OnProgress, Progress, TrackedClip, TrainingReport
from claims_env.trackers.simulated.error_mixture import spread_of
from claims_env.trackers.simulated.noise import NORMALS, UNIFORMS, Luck
from claims_env.trackers.simulated.phrase_tables import draw_tables, met
from claims_env.trackers.simulated.simulated_world import SimulatedWorld
from claims_env.trackers.simulated.speed import AT_MIDDLE, PER_TIER
from claims_env.trackers.simulated.student import Asked, tallied
from claims_env.tracking_metrics import TrackingMetrics
from claims_env.variable_library import TIERS, VariableLibrary
from claims_env.word_grid import grid_of, read_actions


class SimulatedTracker:
    """Learns from prompts alone; nothing is simulated, and its record says so.

    A clip's prompt is read from its provenance. A clip without one, or with one of other words,
    counts as a prompt of the tier whose clips move about as fast. A clip teaches when it is first
    trained on, as in the simulated world, and is easier from then on.

    Args:
        world: The world whose student it is; its generator, judges and suites are not used.
        library: The words prompts are made of.
    """

    def __init__(self, world: SimulatedWorld, library: VariableLibrary) -> None:
        self._world, self._library, self._grid = world, library, grid_of(library)
        self._student = world.student_for(self._grid)
        self.reset(seed=0)

    @property
    def facts(self) -> dict[str, Any]:
        """See `Tracker`."""
        return {**self._world.facts, "assist": 0.0, "library": self._library.digest}

    def reset(self, *, seed: int) -> None:
        """See `Tracker`; the seed redraws how hard each phrase is, and all luck."""
        self._start(seed)
        self._mind = self._student.begin(1, 1)
        self._known: set[str] = set()

    def train(
        self, motions: Sequence[Motion], budget: Budget, on_progress: OnProgress | None = None
    ) -> TrainingReport:
        """See `Tracker`; the budget does not matter."""
        new = [motion for motion in motions if _digest(motion) not in self._known]
        if new:
            if not self._known:
                self._mind = self._student.begin(1, len(new))
            lessons = self._student.lessons(self._mind, self._asked(new))
            tally = tallied(lessons, np.ones((1, len(new))), self._student.cells)
            self._mind = self._student.learn(self._mind, tally)
            self._known |= {_digest(motion) for motion in new}
        if on_progress is not None:
            on_progress(Progress(1.0, f"{len(new)} new clips, simulated"))
        return TrainingReport(0, 0.0, {"kind": "simulated", "new": len(new)})

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        """See `Tracker`."""
        if not motions:
            return []
        asked, luck = self._asked(motions), self._luck(motions)
        known = np.array([[_digest(motion) in self._known for motion in motions]])
        won = self._world.tracks(self._student, self._mind, asked, luck, known)[0]
        levels = np.where(won[:, None], self._world.settings.tracked, self._world.settings.lost)
        errors = (spread_of(luck)[0] * levels).tolist()
        return [
            TrackedClip(motion.name, _metrics(motion, bool(w), e))
            for motion, w, e in zip(motions, won, errors, strict=True)
        ]

    def save(self, path: Path) -> None:
        """See `Tracker`."""
        state = {
            "world": self._world.name,
            "seed": self._seed,
            "mind": self._mind[0].tolist(),
            "known": sorted(self._known),
        }
        write_atomically(path, json.dumps(state).encode())

    def load(self, path: Path) -> None:
        """See `Tracker`."""
        try:
            state = json.loads(path.read_text("utf-8"))
            if state["world"] != self._world.name:
                raise ValueError(f"it is of the world '{state['world']}'")
            mind, known = np.array([state["mind"]], float), set(state["known"])
            seed = int(state["seed"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CheckpointError(
                f"{path} is no checkpoint of the simulated tracker '{self._world.name}' ({error}). "
                "Resume from the round before it."
            ) from None
        self._start(seed)
        self._mind, self._known = mind, known

    def _start(self, seed: int) -> None:
        self._seed = seed
        self._tables = draw_tables(
            self._grid, self._world.settings.phrases, np.array([seed], np.int64)
        )

    def _asked(self, motions: Sequence[Motion]) -> Asked:
        actions = np.stack([self._action(motion) for motion in motions])[None]
        return met(read_actions(self._grid, actions), self._tables)

    def _action(self, motion: Motion) -> Any:
        text = motion.provenance.get("prompt")
        if isinstance(text, str):
            try:
                return self._library.encode([self._library.parse(text)])
            except LibraryError:
                pass  # words of nobody's library: its speed has to do
        return self._by_speed(motion)

    def _by_speed(self, motion: Motion) -> Any:
        tier = 3 + (motion.mean_speed - AT_MIDDLE) / PER_TIER
        wanted = min(max(round(tier), TIERS[0]), TIERS[-1])
        domain = int(_digest(motion)[:8], 16) % self._grid.domains
        tables = self._grid.tiers.reshape(-1, len(SLOTS), self._grid.widest)[domain]
        offered = np.where(tables > 0, np.abs(tables - wanted), 99)
        return np.array([domain, 0, *offered.argmin(1)])

    def _luck(self, motions: Sequence[Motion]) -> Luck:
        """Return each clip's own luck, whatever is beside it."""
        drawn = [self._luck_of(motion) for motion in motions]
        normal = np.stack([n for n, _ in drawn], axis=-1)[:, None]
        return Luck(normal, np.stack([u for _, u in drawn], axis=-1)[:, None])

    def _luck_of(self, motion: Motion) -> tuple[Any, Any]:
        words = [self._seed, 3, int(_digest(motion)[:15], 16)]
        rng = np.random.Generator(np.random.SFC64(words))
        return rng.standard_normal(NORMALS, np.float32), rng.random(UNIFORMS, np.float32)


def _digest(motion: Motion) -> str:
    """Return what tells a clip from others: how it moves, not what it is called."""
    return hashlib.sha256(motion.rotations.tobytes() + motion.root.tobytes()).hexdigest()


def _metrics(motion: Motion, won: bool, errors: Sequence[Any]) -> TrackingMetrics:
    g, near, pa, vel, acc = (float(error) for error in errors)
    frames = motion.frames - 1
    return TrackingMetrics(won, g, near, pa, vel, acc, frames, None if won else max(2, frames // 2))
