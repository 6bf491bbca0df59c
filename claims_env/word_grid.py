"""The words of a library as arrays: what reads hundreds of prompts at once needs no `Prompt`."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.domain_words import slots_of
from claims_env.prompt import SLOTS
from claims_env.variable_library import VariableLibrary

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class WordGrid:
    """A library's words by place; an entry is one phrase of one slot of one domain.

    Entries count through domains, slots and phrases: entry = (domain * 4 + slot) * widest + phrase.

    Attributes:
        names: The domains.
        templates: How many sentences each domain has, shape (domains,).
        phrases: How many phrases each slot offers, shape (domains, 4).
        widest: Phrases of the longest list.
        said: Whether a template says a slot, shape (domains, most templates, 4).
        tiers: The tier of each entry, 0 where there is no phrase, shape (entries,).
        is_full: Whether every template says every slot.
        is_even: Whether all domains offer equally much, so that no index wraps around.
    """

    names: tuple[str, ...]
    templates: Ints
    phrases: Ints
    widest: int
    said: Bools
    tiers: npt.NDArray[np.int8]
    is_full: bool
    is_even: bool

    @property
    def domains(self) -> int:
        """How many domains there are."""
        return len(self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Prompts as entries of a grid; B batches of S prompts.

    Attributes:
        domain: The domain, shape (B, S).
        entry: The phrase in each slot, shape (B, S, 4); any entry of the slot where it is unsaid.
        share: The weight of each slot, 1 over the slots said or 0, shape (B, S, 4).
        tier: The tier in each slot, 0 where it is unsaid, shape (B, S, 4).
        mean_tier: Their mean over the slots said, shape (B, S).
    """

    domain: npt.NDArray[np.int64]
    entry: npt.NDArray[np.int64]
    share: npt.NDArray[np.float32]
    tier: npt.NDArray[np.int8]
    mean_tier: npt.NDArray[np.float32]


@lru_cache(maxsize=8)
def grid_of(library: VariableLibrary) -> WordGrid:
    """Return the arrays of a library; a library asked for again is not read again."""
    words = [library.words(domain) for domain in library.domains]
    phrases = np.array([[len(w.phrases[slot]) for slot in SLOTS] for w in words])
    templates = np.array([len(w.templates) for w in words])
    widest = int(phrases.max())
    said = np.zeros((len(words), int(templates.max()), len(SLOTS)), bool)
    tiers = np.zeros((len(words), len(SLOTS), widest), np.int8)
    for d, w in enumerate(words):
        for t, template in enumerate(w.templates):
            used = slots_of(template)
            said[d, t] = [slot in used for slot in SLOTS]
        for k, slot in enumerate(SLOTS):
            tiers[d, k, : phrases[d, k]] = [phrase.tier for phrase in w.phrases[slot]]
    flat, is_full = tiers.reshape(-1), not library.optional_slots
    even = library.is_rectangular
    return WordGrid(library.domains, templates, phrases, widest, said, flat, is_full, even)


def read_actions(grid: WordGrid, actions: Ints) -> Reading:
    """Return what actions say, by the same rule as `VariableLibrary.decode`.

    Args:
        grid: The words.
        actions: Six indices for each prompt, elements of the action space, shape (B, S, 6); those
            beyond a domain's list wrap around.
    """
    indices: npt.NDArray[np.int64] = np.asarray(actions, np.int64)
    domain, chosen = indices[..., 0], indices[..., 2:]
    chosen = chosen if grid.is_even else chosen % grid.phrases[domain]
    first = (domain[..., None] * len(SLOTS) + np.arange(len(SLOTS))) * grid.widest
    entry = first + chosen
    if grid.is_full:
        share = np.broadcast_to(np.float32(1 / len(SLOTS)), entry.shape)
        tier = grid.tiers[entry]
        return Reading(domain, entry, share, tier, added(tier) / np.float32(len(SLOTS)))
    said = grid.said[domain, indices[..., 1] % grid.templates[domain]]
    share = (said / said.sum(-1, keepdims=True)).astype(np.float32)
    tier = np.where(said, grid.tiers[entry], 0).astype(np.int8)
    return Reading(domain, entry, share, tier, added(tier * share))


def added(by_slot: Any) -> npt.NDArray[np.float32]:
    """Return the sum over four slots, shape (B, S, 4) to (B, S).

    Spelled out: quicker than a sum over so short an axis, and always in the same order.
    """
    first, second = by_slot[..., 0] + by_slot[..., 1], by_slot[..., 2] + by_slot[..., 3]
    return np.asarray(first + second, np.float32)


def opening_actions(grid: WordGrid, sets: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Draw round 0: as many prompts from each domain, uniform over its words, shape (sets, 6).

    Args:
        grid: The words.
        sets: How many prompts.
        rng: Where the draws come from; how many are taken depends on the number of sets alone.
    """
    drawn = rng.random((sets, 1 + len(SLOTS)))
    domain = np.arange(sets) % grid.domains
    sizes = np.column_stack([grid.templates, grid.phrases])[domain]
    actions = np.column_stack([domain, (drawn * sizes).astype(np.int64)])
    if not grid.is_full:  # the canonical action leaves 0 where nothing is said
        actions[:, 2:] *= grid.said[domain, actions[:, 1]]
    return actions
