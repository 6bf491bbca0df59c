"""What is known of every level of every skill; what is not rehearsed is forgotten.

The size of forgetting is that of the official release's notes on an earlier training scheme: what
was tracked at 59 % was tracked at 39 % after training on harder clips alone, 0.8 logit less.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from claims_env.domain_words import TIERS
from claims_env.trackers.simulated.student import Asked, Lessons, Mind, zone
from claims_env.trackers.simulated.students.skills import SLOTS, cell_values, leant
from claims_env.word_grid import Floats, Ints, Reading, WordGrid, added

LEVELS = len(TIERS)


@dataclass(frozen=True, slots=True)
class LevelSettings:
    """How levels are learned and lost.

    Attributes:
        start: Every level before training [logit].
        rate: Growth of a level per e-fold of lessons [logit].
        crowding: How many full lessons in one round are worth one e-fold.
        narrowness: How fast a lesson's worth falls with the distance of its task [1/logit].
        spill: Share of a lesson that the levels beside it get.
        forgetting: Share of what was learned that an unrehearsed level loses in a round.
        rehearsal: Clips in a round that keep all but a third of that.
    """

    start: float = -1.0
    rate: float = 0.6
    crowding: float = 6.0
    narrowness: float = 1.5
    spill: float = 0.4
    forgetting: float = 0.35
    rehearsal: float = 4.0

    def __call__(self, grid: WordGrid, tier_effect: float) -> "LevelStudent":
        """See `MakesStudent`."""
        return LevelStudent(self, grid)

    @property
    def facts(self) -> dict[str, Any]:
        """See `MakesStudent`."""
        return {"student": "levels", **asdict(self)}


class LevelStudent:
    """Its mind: ability by domain, slot and level; the first half of its sums are lessons."""

    def __init__(self, settings: LevelSettings, grid: WordGrid) -> None:
        self._settings, self._domains = settings, grid.domains
        self._places = grid.domains * SLOTS * LEVELS
        self.cells = 2 * self._places

    def begin(self, count: int, sets: int) -> Mind:
        """See `Student`."""
        return np.full((count, self._places), self._settings.start)

    def demand(self, asked: Asked) -> Floats:
        """See `Student`."""
        return asked.difficulty

    def standing(self, mind: Mind, reading: Reading) -> Floats:
        """See `Student`."""
        return added(cell_values(mind, places_of(reading)) * reading.share)

    def lessons(self, mind: Mind, asked: Asked) -> Lessons:
        """See `Student`."""
        places, said = places_of(asked.reading), asked.reading.share > 0
        lead = cell_values(mind, places) - asked.effect
        worth = zone(self._settings.narrowness * lead) * said
        worth = worth if asked.teaches is None else worth * asked.teaches
        cells = np.concatenate([places, places + self._places], axis=-1)
        return Lessons(cells, np.concatenate([worth, said.astype(worth.dtype)], axis=-1))

    def learn(self, mind: Mind, tally: Floats) -> Mind:
        """See `Student`."""
        s = self._settings
        taught = self._spilt(tally[:, : self._places])
        shown = self._spilt(tally[:, self._places :])
        lost = s.forgetting * np.exp(-shown / s.rehearsal)
        left = (mind - s.start) * (1 - lost)
        return np.asarray(s.start + left + s.rate * np.log1p(taught / s.crowding))

    def progress(self, mind: Mind, leaning: Floats) -> Floats:
        """See `Student`; held-out clips ask for all levels alike."""
        return leant(mind.reshape(len(mind), self._domains, -1).mean(-1), leaning)

    def _spilt(self, tally: Floats) -> Floats:
        """Return sums that give a share of each level to those beside it."""
        by_level = tally.reshape(-1, LEVELS)
        spilt = by_level.copy()
        spilt[:, 1:] += self._settings.spill * by_level[:, :-1]
        spilt[:, :-1] += self._settings.spill * by_level[:, 1:]
        return spilt.reshape(tally.shape)


def places_of(reading: Reading) -> Ints:
    """Return where each phrase's level stands among domain, slot and level, shape (B, S, 4)."""
    level = np.maximum(reading.tier.astype(np.int64) - 1, 0)
    return (reading.domain[..., None] * SLOTS + np.arange(SLOTS)) * LEVELS + level
