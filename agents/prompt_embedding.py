"""Prompts as points: the tier of each slot, 0 to 1, and the way back to words."""

import numpy as np

from claims_env.agents.set_table import SetTable
from claims_env.agents.word_choices import Indices
from claims_env.prompt import SLOTS
from claims_env.variable_library import TIERS
from claims_env.word_grid import Floats

DIMENSIONS = len(SLOTS)


def embedded(table: SetTable) -> Floats:
    """Return a point for each set, shape (n, 4); a slot that is unsaid is as hard as the others."""
    tiers = np.where(table.tiers > 0, table.tiers, table.tier[:, None])
    # rounded, so that prompts equally far apart are so to the last bit
    points: Floats = np.round((tiers - TIERS[0]) / (TIERS[-1] - TIERS[0]), 6)
    return points


def nearest_tiers(points: Floats) -> Indices:
    """Return the tiers nearest to points, shape (n, 4); beyond the scale, its ends."""
    tiers = np.rint(TIERS[0] + points * (TIERS[-1] - TIERS[0])).astype(np.int64)
    return np.clip(tiers, TIERS[0], TIERS[-1])
