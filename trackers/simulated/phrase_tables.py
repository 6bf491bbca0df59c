"""How hard each phrase of an instance really is, and what else is true of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.trackers.simulated.settings import PhraseSettings
from claims_env.trackers.simulated.student import Asked
from claims_env.word_grid import Floats, Ints, Reading, WordGrid, added

MIDDLE = 3
"""The tier whose phrases have effect 0 in the mean."""

HARD_LOOKING = 4
"""The lowest tier traps may lie in."""

Table = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class PhraseTables:
    """What is true of every phrase, by entry of the grid; shapes (B, entries).

    Attributes:
        effect: How hard it is [logit], for its slot alone.
        looks: How hard it looks to a judge [logit].
        teaches: How much of what it asks for can be learned, 0 or 1.
        refused: How likely the filter rejects a clip because of it, 0 to 1.
    """

    effect: Table
    looks: Table
    teaches: Table | None
    refused: Table | None


def draw_tables(grid: WordGrid, settings: PhraseSettings, seeds: Ints) -> PhraseTables:
    """Return the tables of instances; each follows from its seed alone.

    Args:
        grid: The words.
        settings: How phrases come about.
        seeds: One for each instance, shape (B,).
    """
    entries, slots = len(grid.tiers), len(grid.tiers) // grid.widest
    normal = np.empty((len(seeds), entries + slots), np.float32)
    chance = np.empty((len(seeds), 3, entries), np.float32)
    for i, seed in enumerate(seeds):
        rng = np.random.Generator(np.random.SFC64([int(seed), 1]))
        rng.standard_normal(out=normal[i], dtype=np.float32)
        rng.random(out=chance[i], dtype=np.float32)
    mean = np.float32(settings.tier_effect) * (grid.tiers.astype(np.float32) - MIDDLE)
    own = np.float32(settings.phrase_sd) * normal[:, slots:]
    shared = np.float32(settings.domain_sd) * np.repeat(normal[:, :slots], grid.widest, axis=1)
    effect = mean + own + shared
    hard = grid.tiers >= HARD_LOOKING
    trap = hard & (chance[:, 0] < settings.trap_share)
    refused = hard & (chance[:, 1] < settings.refused_share)
    blind = chance[:, 2] < settings.blind_share
    looks: Table = np.where(blind, -mean, effect).astype(np.float32)
    hardened: Table = (effect + np.float32(settings.trap_effect) * trap).astype(np.float32)
    return PhraseTables(
        effect=hardened,
        looks=looks,
        teaches=(~trap).astype(np.float32) if settings.trap_share else None,
        refused=refused * np.float32(settings.refused_chance) if settings.refused_share else None,
    )


def met(reading: Reading, tables: PhraseTables) -> Asked:
    """Return prompts with how hard they really are."""
    effect = looked_up(tables.effect, reading)
    teaches = None if tables.teaches is None else looked_up(tables.teaches, reading)
    return Asked(reading, effect, weighed(effect, reading), teaches)


def looked_up(table: Floats, reading: Reading) -> Floats:
    """Return what a table of shape (B, entries) says of each phrase, shape (B, S, 4)."""
    first = np.arange(len(table))[:, None, None] * table.shape[1]
    found: Floats = table.reshape(-1)[reading.entry + first]
    return found


def weighed(values: Floats, reading: Reading) -> Floats:
    """Return the mean over the slots said, shape (B, S)."""
    return added(values * reading.share)
