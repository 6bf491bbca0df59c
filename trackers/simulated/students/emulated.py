"""A student fitted to ledgers: what a round adds, by how hard and how open its clips are."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from claims_env.trackers.simulated.student import Asked, Lessons, Mind, zone
from claims_env.word_grid import Floats, Reading, WordGrid


@dataclass(frozen=True, slots=True)
class EmulatedSettings:
    """How held-out ability moves; all is per e-fold of rounds, `ln((rounds + 2) / (rounds + 1))`.

    Attributes:
        start: Ability before training [logit].
        growth: Gain whatever is shown [logit].
        hardness: Gain per tier the kept clips lie above the middle in the mean [logit].
        openness: Gain from clips of open outcome, for a mean `zone` of 1 [logit].
        ease: Lead over an untrained clip of the middle tier, at ability 0 [logit].
        sharpness: What a unit of ability counts for on a clip.
    """

    start: float
    growth: float
    hardness: float
    openness: float
    ease: float
    sharpness: float

    def __call__(self, grid: WordGrid, tier_effect: float) -> "EmulatedStudent":
        """See `MakesStudent`."""
        return EmulatedStudent(self, tier_effect)

    @property
    def facts(self) -> dict[str, Any]:
        """See `MakesStudent`."""
        return {"student": "emulated", **asdict(self)}


class EmulatedStudent:
    """Its mind: ability, and how many rounds it has seen."""

    cells = 3

    def __init__(self, settings: EmulatedSettings, tier_effect: float) -> None:
        self._settings, self._tier_effect = settings, tier_effect or 1.0

    def begin(self, count: int, sets: int) -> Mind:
        """See `Student`."""
        return np.tile([self._settings.start, 0.0], (count, 1))

    def demand(self, asked: Asked) -> Floats:
        """See `Student`."""
        return asked.difficulty

    def standing(self, mind: Mind, reading: Reading) -> Floats:
        """See `Student`."""
        return np.broadcast_to(mind[:, :1], reading.domain.shape)

    def lessons(self, mind: Mind, asked: Asked) -> Lessons:
        """See `Student`; the sums are of clips, of tiers above the middle, and of open ones."""
        s = self._settings
        lead = s.sharpness * (mind[:, :1] - asked.difficulty) + s.ease
        parts = [np.ones_like(lead), asked.difficulty / self._tier_effect, zone(lead)]
        return Lessons(np.arange(3), np.stack(parts, axis=-1))

    def learn(self, mind: Mind, tally: Floats) -> Mind:
        """See `Student`."""
        s = self._settings
        clips = np.maximum(tally[:, 0], 1e-9)
        rate = s.growth + s.hardness * tally[:, 1] / clips + s.openness * tally[:, 2] / clips
        rounds = mind[:, 1]
        gained = np.log((rounds + 2) / (rounds + 1)) * rate
        return np.stack([mind[:, 0] + gained, rounds + 1], axis=-1)

    def progress(self, mind: Mind, leaning: Floats) -> Floats:
        """See `Student`."""
        return np.broadcast_to(mind[:, :1], (len(mind), len(leaning)))
