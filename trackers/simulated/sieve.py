"""Which clips of a round are rejected before training, and how well they show their prompts."""

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.noise import Luck
from claims_env.trackers.simulated.phrase_tables import MIDDLE, PhraseTables, looked_up
from claims_env.trackers.simulated.settings import FilterSettings
from claims_env.word_grid import Floats, Reading

NOT_VALID, NOT_SHOWN = 1, 2
"""The codes of `claims_env.world.WHY_REJECTED`."""

KEPT_FROM, REJECTED_TO = 0.45, 0.35
"""Alignment scores on either side of a mismatch (0.4)."""


def chance_of_rejection(settings: FilterSettings, reading: Reading, tables: PhraseTables) -> Floats:
    """Return how likely each clip is rejected, shape (B, S)."""
    above = np.maximum(reading.mean_tier - MIDDLE, 0)
    chance = np.float32(settings.base) + np.float32(settings.per_tier) * above
    if tables.refused is not None:
        passing = 1 - looked_up(tables.refused, reading) * (reading.share > 0)
        chance = 1 - (1 - chance) * passing.prod(-1)
    return np.asarray(chance, np.float32)


def rejected_by(chance: Floats, luck: Luck) -> npt.NDArray[np.int8]:
    """Return why each clip is rejected, 0 if it is kept, shape (B, S).

    Half of them break the filter, half do not show their prompt. Were none left, the likeliest to
    pass is kept: a round without any clip is the end of a real run, and tells a scheduler nothing.
    """
    drawn = luck.uniform[0]
    is_out, is_invalid = drawn < chance, drawn < chance / 2
    kinds = np.where(is_invalid, NOT_VALID, NOT_SHOWN)
    codes: npt.NDArray[np.int8] = np.where(is_out, kinds, 0).astype(np.int8)
    empty = np.flatnonzero(is_out.all(1))
    codes[empty, (chance - drawn)[empty].argmin(1)] = 0
    return codes


def alignment_of(codes: npt.NDArray[np.int8], chance: Floats, luck: Luck) -> npt.NDArray[np.int8]:
    """Return each judge's alignment score in hundredths, shape (B, S, 2).

    A clip that was kept, or is only not valid, shows its prompt; one of the other kind does not.
    """
    left = np.clip((luck.uniform[0] - chance) / np.maximum(1 - chance, np.float32(1e-6)), 0, 1)
    other = np.clip(left + np.float32(0.1) * luck.normal[6], 0, 1)
    shares = np.stack([left, other], axis=-1)
    lost = (codes == NOT_SHOWN)[..., None]
    scores = np.where(lost, REJECTED_TO * shares, KEPT_FROM + (1 - KEPT_FROM) * shares)
    return np.asarray(np.rint(100 * scores), np.int8)
