"""Rounds by plan: tiers held, raised or lowered step by step, or mixed."""

from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt

from claims_env.variable_library import TIERS
from claims_env.word_grid import Ints, WordGrid


def calendars(
    grid: WordGrid, domains: Ints, rounds: int, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Return episodes of prompts, shape (episodes, rounds, n, 6).

    One leads from each tier to each in even steps; where a round falls between two tiers, so do
    its sets. In the last, every tier is asked for alike. Phrases are drawn among those of the tier
    that is nearest.

    Args:
        grid: The words.
        domains: The domain of each set, shape (n,).
        rounds: How many rounds there are.
        rng: Draws templates and phrases.
    """
    tiers = _tiers(_place_in_domain(domains), rounds)
    shape = (*tiers.shape, 5)
    drawn = np.broadcast_to(rng.random((rounds, len(domains), 5)), shape)
    prompts = np.empty((*tiers.shape, 6), np.int64)
    prompts[..., 0] = domains
    prompts[..., 1] = drawn[..., 0] * grid.templates[domains]
    counts, phrases = phrases_by_tier(grid)
    for slot in range(4):
        which = drawn[..., 1 + slot] * counts[domains, slot, tiers - 1]
        prompts[..., 2 + slot] = phrases[domains, slot, tiers - 1, which.astype(np.int64)]
    return prompts


def _tiers(place: npt.NDArray[np.float64], rounds: int) -> npt.NDArray[np.int64]:
    """Return the tier of each set, shape (episodes, rounds, n)."""
    ends = np.array(list(product(TIERS, repeat=2)), float)
    way = np.linspace(0.0, 1.0, rounds)
    due = ends[:, :1] * (1 - way) + ends[:, 1:] * way
    stepped = np.floor(due[..., None] + 1e-9 + place).astype(np.int64)
    spread = TIERS[0] + np.floor(place * len(TIERS)).astype(np.int64)
    mixed = np.broadcast_to(spread, (1, rounds, len(place)))
    tiers: npt.NDArray[np.int64] = np.concatenate([stepped, mixed])
    return tiers.clip(TIERS[0], TIERS[-1])


def _place_in_domain(domains: Ints) -> npt.NDArray[np.float64]:
    """Return where each set stands among those of its domain, 0 to less than 1."""
    alike = domains[:, None] == domains
    return np.asarray(np.tril(alike, -1).sum(1) / alike.sum(1), np.float64)


@lru_cache(maxsize=8)
def phrases_by_tier(grid: WordGrid) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return how many phrases each slot has of each tier, or of that nearest to it, and which.

    Shapes (domains, 4, tiers) and (domains, 4, tiers, widest).
    """
    shape = (grid.domains, 4, len(TIERS))
    counts, phrases = np.ones(shape, np.int64), np.zeros((*shape, grid.widest), np.int64)
    by_slot = grid.tiers.reshape(grid.domains, 4, grid.widest).astype(np.int64)
    for domain, slot, k in product(*map(range, shape)):
        own = by_slot[domain, slot]
        off = np.where(own > 0, np.abs(own - TIERS[k]), 99)
        found = np.flatnonzero(off == off.min())
        counts[domain, slot, k] = len(found)
        phrases[domain, slot, k, : len(found)] = found
    return counts, phrases
