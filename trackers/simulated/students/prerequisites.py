"""Levels that have to be mastered from the bottom: nothing is learned above what is mastered.

The structure of the toy student of Portelas et al., "Teacher algorithms for curriculum learning of
deep RL in continuously parameterized environments", 2019, where a cube of the task space opens once
a neighbour reaches three quarters of full competence.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from claims_env.trackers.simulated.student import Asked, Lessons, Mind
from claims_env.trackers.simulated.students.levels import LEVELS, places_of
from claims_env.trackers.simulated.students.skills import SLOTS, cell_values, leant
from claims_env.word_grid import Floats, Reading, WordGrid, added


@dataclass(frozen=True, slots=True)
class PrerequisiteSettings:
    """How levels open and are mastered.

    Attributes:
        start: Competence in the lowest level before training, 0 to 1.
        opening: Competence in the level below from which on a level can be learned, 0 to 1.
        crowding: Clips of one round that close all but a third of the gap to full competence.
        span: Lead over a task between no and full competence [logit].
    """

    start: float = 0.2
    opening: float = 0.75
    crowding: float = 12.0
    span: float = 4.0

    def __call__(self, grid: WordGrid, tier_effect: float) -> "PrerequisiteStudent":
        """See `MakesStudent`."""
        return PrerequisiteStudent(self, grid, tier_effect)

    @property
    def facts(self) -> dict[str, Any]:
        """See `MakesStudent`."""
        return {"student": "prerequisites", **asdict(self)}


class PrerequisiteStudent:
    """Its mind: competence by domain, slot and level, 0 to 1."""

    def __init__(self, settings: PrerequisiteSettings, grid: WordGrid, tier_effect: float) -> None:
        self._settings, self._domains, self._tier_effect = settings, grid.domains, tier_effect
        self.cells = grid.domains * SLOTS * LEVELS

    def begin(self, count: int, sets: int) -> Mind:
        """See `Student`."""
        mind = np.zeros((count, self.cells // LEVELS, LEVELS))
        mind[..., 0] = self._settings.start
        return mind.reshape(count, -1)

    def demand(self, asked: Asked) -> Floats:
        """See `Student`; how hard a level is as such shows in how late it opens."""
        above = asked.reading.mean_tier - 3
        found: Floats = asked.difficulty - np.float32(self._tier_effect) * above
        return found

    def standing(self, mind: Mind, reading: Reading) -> Floats:
        """See `Student`."""
        values = (cell_values(mind, places_of(reading)) - np.float32(0.5)) * reading.share
        found: Floats = np.float32(self._settings.span) * added(values)
        return found

    def lessons(self, mind: Mind, asked: Asked) -> Lessons:
        """See `Student`."""
        said = (asked.reading.share > 0).astype(np.float32)
        return Lessons(
            places_of(asked.reading), said if asked.teaches is None else said * asked.teaches
        )

    def learn(self, mind: Mind, tally: Floats) -> Mind:
        """See `Student`."""
        below = np.ones((len(mind), self.cells // LEVELS, LEVELS))
        below[..., 1:] = mind.reshape(below.shape)[..., :-1]
        is_open = (below >= self._settings.opening).reshape(mind.shape)
        closed = 1 - np.exp(-tally / self._settings.crowding)
        return np.asarray(mind + is_open * (1 - mind) * closed)

    def progress(self, mind: Mind, leaning: Floats) -> Floats:
        """See `Student`; held-out clips ask for all levels alike."""
        return leant(mind.reshape(len(mind), self._domains, -1).mean(-1), leaning)
