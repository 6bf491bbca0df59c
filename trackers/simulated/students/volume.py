"""The student of the null world: it grows with the rounds, whatever it is shown."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from claims_env.trackers.simulated.student import Asked, Lessons, Mind
from claims_env.trackers.simulated.students.rasch import FIRST_ROUND
from claims_env.word_grid import Floats, Reading, WordGrid


@dataclass(frozen=True, slots=True)
class VolumeSettings:
    """How ability follows from the number of sets played.

    Attributes:
        volume: Ability per e-fold of sets [logit].
        head_start: Sets' worth of what the untrained student brings along.
    """

    volume: float
    head_start: float = 20.0

    def __call__(self, grid: WordGrid, tier_effect: float) -> "VolumeStudent":
        """See `MakesStudent`."""
        return VolumeStudent(self)

    @property
    def facts(self) -> dict[str, Any]:
        """See `MakesStudent`."""
        return {"student": "volume", **asdict(self)}


class VolumeStudent:
    """Its mind: how many sets it has seen, rejected ones included, and how many a round holds.

    Were only the survivors counted, a scheduler could win by asking for what is not rejected.
    """

    cells = 1

    def __init__(self, settings: VolumeSettings) -> None:
        self._settings = settings

    def begin(self, count: int, sets: int) -> Mind:
        """See `Student`."""
        return np.tile([0.0, float(sets)], (count, 1))

    def demand(self, asked: Asked) -> Floats:
        """See `Student`."""
        return asked.difficulty

    def standing(self, mind: Mind, reading: Reading) -> Floats:
        """See `Student`."""
        return np.broadcast_to(self._ability(mind)[:, None], reading.domain.shape)

    def lessons(self, mind: Mind, asked: Asked) -> Lessons:
        """See `Student`; no clip teaches anything of its own."""
        return Lessons(np.zeros(1, np.int64), np.zeros((*asked.difficulty.shape, 1)))

    def learn(self, mind: Mind, tally: Floats) -> Mind:
        """See `Student`."""
        return mind + np.stack([mind[:, 1], np.zeros(len(mind))], axis=-1)

    def progress(self, mind: Mind, leaning: Floats) -> Floats:
        """See `Student`."""
        return np.broadcast_to(self._ability(mind)[:, None], (len(mind), len(leaning)))

    def _ability(self, mind: Mind) -> Floats:
        s = self._settings
        seen = np.log((mind[:, 0] + s.head_start) / (FIRST_ROUND + s.head_start))
        ability: Floats = s.volume * seen
        return ability
