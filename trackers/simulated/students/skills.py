"""A skill for each slot of each domain, which grows where tasks are neither easy nor hopeless."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from claims_env.trackers.simulated.student import Asked, Lessons, Mind, zone
from claims_env.word_grid import Floats, Reading, WordGrid, added

SLOTS = 4


@dataclass(frozen=True, slots=True)
class SkillsSettings:
    """How skills grow.

    Attributes:
        start: Every skill before training [logit].
        rate: Growth of a skill per e-fold of lessons [logit].
        crowding: How many full lessons in one round are worth one e-fold.
        narrowness: How fast a lesson's worth falls with the distance of its task [1/logit].
        transfer: Share of a skill's growth that the same slot gains in the other domains.
    """

    start: float = -1.0
    rate: float = 0.3
    crowding: float = 10.0
    narrowness: float = 3.0
    transfer: float = 0.1

    def __call__(self, grid: WordGrid, tier_effect: float) -> "SkillsStudent":
        """See `MakesStudent`."""
        return SkillsStudent(self, grid)

    @property
    def facts(self) -> dict[str, Any]:
        """See `MakesStudent`."""
        return {"student": "skills", **asdict(self)}


class SkillsStudent:
    """Its mind: one skill per domain and slot. A lesson's worth is that of `zone`."""

    def __init__(self, settings: SkillsSettings, grid: WordGrid) -> None:
        self._settings, self._domains, self._full = settings, grid.domains, grid.is_full
        self.cells = grid.domains * SLOTS

    def begin(self, count: int, sets: int) -> Mind:
        """See `Student`."""
        return np.full((count, self.cells), self._settings.start)

    def demand(self, asked: Asked) -> Floats:
        """See `Student`."""
        return asked.difficulty

    def standing(self, mind: Mind, reading: Reading) -> Floats:
        """See `Student`."""
        skills = mind.reshape(-1, self._domains, SLOTS)
        if self._full:
            return np.take_along_axis(skills.mean(-1), reading.domain, axis=1)
        asked = np.take_along_axis(skills, reading.domain[..., None], axis=1)
        return added(asked * reading.share)

    def lessons(self, mind: Mind, asked: Asked) -> Lessons:
        """See `Student`."""
        reading = asked.reading
        cells = reading.domain[..., None] * SLOTS + np.arange(SLOTS)
        lead = cell_values(mind, cells) - asked.effect
        worth = zone(self._settings.narrowness * lead) * (reading.share > 0)
        return Lessons(cells, worth if asked.teaches is None else worth * asked.teaches)

    def learn(self, mind: Mind, tally: Floats) -> Mind:
        """See `Student`."""
        s = self._settings
        grown = s.rate * np.log1p(tally / s.crowding)
        by_slot = grown.reshape(-1, self._domains, SLOTS)
        others = by_slot.sum(1, keepdims=True) - by_slot
        shared = s.transfer * others / max(self._domains - 1, 1)
        return np.asarray(mind + grown + shared.reshape(grown.shape))

    def progress(self, mind: Mind, leaning: Floats) -> Floats:
        """See `Student`."""
        return leant(mind.reshape(len(mind), self._domains, -1).mean(-1), leaning)


def cell_values(mind: Mind, cells: Any) -> Floats:
    """Return the numbers of a mind at some places, shape of `cells`, (B, S, 4)."""
    first = np.arange(len(mind))[:, None, None] * mind.shape[1]
    found: Floats = mind.astype(np.float32).reshape(-1)[cells + first]
    return found


def leant(by_domain: Floats, leaning: Floats) -> Floats:
    """Return what suites show of what is known in each domain, shape (B, suites)."""
    # no matrix product: its order of adding depends on how many instances there are
    found: Floats = (by_domain[:, None, :] * leaning).sum(-1)
    return found
