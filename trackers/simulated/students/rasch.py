"""One ability that grows with the logarithm of how much, and a little with how hard, it trained."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from claims_env.trackers.simulated.student import Asked, Lessons, Mind
from claims_env.word_grid import Floats, Reading, WordGrid

FIRST_ROUND = 200
"""Clips after which ability is 0: the paper's round 0."""


@dataclass(frozen=True, slots=True)
class RaschSettings:
    """How ability follows from what was trained on.

    Attributes:
        volume: Ability per e-fold of clips [logit].
        hardness: Ability per unit of their mean difficulty [logit/logit].
        head_start: Clips' worth of what the untrained student brings along.
        reach: Difficulty beyond which harder clips teach no more [logit].
    """

    volume: float
    hardness: float
    head_start: float = 20.0
    reach: float = 2.0

    def __call__(self, grid: WordGrid, tier_effect: float) -> "RaschStudent":
        """See `MakesStudent`."""
        return RaschStudent(self)

    @property
    def facts(self) -> dict[str, Any]:
        """See `MakesStudent`."""
        return {"student": "rasch", **asdict(self)}


class RaschStudent:
    """Its mind: how many clips it was trained on, and the sum of their difficulties."""

    cells = 2

    def __init__(self, settings: RaschSettings) -> None:
        self._settings = settings

    def begin(self, count: int, sets: int) -> Mind:
        """See `Student`."""
        return np.zeros((count, 2))

    def demand(self, asked: Asked) -> Floats:
        """See `Student`."""
        return asked.difficulty

    def standing(self, mind: Mind, reading: Reading) -> Floats:
        """See `Student`."""
        return np.broadcast_to(self._ability(mind)[:, None], reading.domain.shape)

    def lessons(self, mind: Mind, asked: Asked) -> Lessons:
        """See `Student`."""
        taught = np.minimum(asked.difficulty, self._settings.reach)
        return Lessons(np.arange(2), np.stack([np.ones_like(taught), taught], axis=-1))

    def learn(self, mind: Mind, tally: Floats) -> Mind:
        """See `Student`."""
        return mind + tally

    def progress(self, mind: Mind, leaning: Floats) -> Floats:
        """See `Student`."""
        return np.broadcast_to(self._ability(mind)[:, None], (len(mind), len(leaning)))

    def _ability(self, mind: Mind) -> Floats:
        s = self._settings
        clips, difficulty = mind[:, 0], mind[:, 1]
        volume = np.log((clips + s.head_start) / (FIRST_ROUND + s.head_start))
        ability: Floats = s.volume * volume + s.hardness * difficulty / np.maximum(clips, 1.0)
        return ability
