"""A student without any chance in it, for tests that work out by hand what must happen."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from claims_env.trackers.simulated.student import Asked, Lessons, Mind
from claims_env.word_grid import Floats, Reading, WordGrid


@dataclass(frozen=True, slots=True)
class MockSettings:
    """How it learns.

    Attributes:
        start: Its ability before training [logit].
        step: What it gains from a round of nothing but fitting clips [logit].
        reach: How much harder than its ability, or easier, a clip may be to be fitting [logit].
    """

    start: float = -1.75
    step: float = 0.5
    reach: float = 1.0

    def __call__(self, grid: WordGrid, tier_effect: float) -> "MockStudent":
        """See `MakesStudent`."""
        return MockStudent(self)

    @property
    def facts(self) -> dict[str, Any]:
        """See `MakesStudent`."""
        return {"student": "mock", **asdict(self)}


class MockStudent:
    """Its mind: one ability. A round adds the share of fitting clips times the step."""

    cells = 2

    def __init__(self, settings: MockSettings) -> None:
        self._settings = settings

    def begin(self, count: int, sets: int) -> Mind:
        """See `Student`."""
        return np.tile([self._settings.start, float(sets)], (count, 1))

    def demand(self, asked: Asked) -> Floats:
        """See `Student`."""
        return asked.difficulty

    def standing(self, mind: Mind, reading: Reading) -> Floats:
        """See `Student`."""
        return np.broadcast_to(mind[:, :1], reading.domain.shape)

    def lessons(self, mind: Mind, asked: Asked) -> Lessons:
        """See `Student`."""
        fitting = np.abs(asked.difficulty - mind[:, :1]) <= self._settings.reach
        return Lessons(np.zeros(1, np.int64), fitting[..., None].astype(float))

    def learn(self, mind: Mind, tally: Floats) -> Mind:
        """See `Student`."""
        gained = self._settings.step * tally[:, 0] / mind[:, 1]
        return mind + np.stack([gained, np.zeros(len(mind))], axis=-1)

    def progress(self, mind: Mind, leaning: Floats) -> Floats:
        """See `Student`."""
        return np.broadcast_to(mind[:, :1], (len(mind), len(leaning)))
