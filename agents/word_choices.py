"""Prompts as rows of indices: read from words, and drawn a whole round at a time.

A row holds six indices in the order of `INDICES`, as the action does; -1 stands for what the
library does not know, and 0 is the canonical index of a slot the template leaves out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from claims_env.prompt import SLOTS, Phrase, Prompt
from claims_env.variable_library import INDICES, TIERS, VariableLibrary
from claims_env.word_grid import Floats, WordGrid, grid_of

Indices = npt.NDArray[np.int64]

UNKNOWN = (-1,) * (len(INDICES) - 1)
"""What follows the domain in the row of a sentence that the library does not make."""


@dataclass(frozen=True, slots=True, eq=False)
class WordChoices:
    """A library's words by tier and by text; shorter lists are padded with zeros.

    Attributes:
        grid: The words as arrays.
        domains: The library's, in order.
        nearest: The tier a slot offers nearest to 1 to 5, shape (domains, 4, 5).
        places: Indices of the phrases of that tier, shape (domains, 4, 5, most of a tier).
        counts: How many these are, shape (domains, 4, 5).
        template_at: Each domain's templates, and where they stand.
        phrase_at: Each domain's phrases of each slot, and where they stand.
    """

    grid: WordGrid
    domains: tuple[str, ...]
    nearest: Indices
    places: Indices
    counts: Indices
    template_at: Sequence[Mapping[str, int]]
    phrase_at: Sequence[Sequence[Mapping[str, int]]]

    def row(self, prompt: Prompt) -> tuple[int, ...]:
        """Return a prompt's indices, its domain's and `UNKNOWN` if it is not of this library."""
        domain = self.domains.index(prompt.domain) if prompt.domain in self.domains else -1
        template = self.template_at[domain].get(prompt.template, -1) if domain >= 0 else -1
        if template < 0:
            return (domain, *UNKNOWN)
        # by hand what `Prompt.slots` holds: a dictionary for each prompt takes as long as the rest
        said = (prompt.base_action, prompt.combo_action, prompt.detail, prompt.speed_rhythm)
        found = zip(said, self.phrase_at[domain], strict=True)
        chosen = tuple(places.get(phrase.text, -1) for phrase, places in found)
        return (domain, *UNKNOWN) if min(chosen) < 0 else (domain, template, *chosen)

    def tiers_of(self, rows: Indices) -> Floats:
        """Return the tier of each slot, shape (n, 4); 0 where it is unsaid or not known."""
        slots = rows[:, :1] * len(SLOTS) + np.arange(len(SLOTS))
        found = self.grid.tiers[slots * self.grid.widest + rows[:, 2:]]
        shown = self.grid.said[rows[:, 0], rows[:, 1]] & (rows[:, 1:2] >= 0)
        return np.where(shown, found, 0).astype(np.float64)

    def draw(self, domain: Indices, tiers: Indices, rng: np.random.Generator) -> Indices:
        """Draw prompts of given tiers, shape (n, 6); a slot without the tier gives the nearest.

        Args:
            domain: Of each prompt, shape (n,).
            tiers: Of each slot, 1 to 5, shape (n, 4).
            rng: Where the draws come from.
        """
        chance = rng.random((len(domain), 1 + len(SLOTS)))
        at = (domain[:, None], np.arange(len(SLOTS)), tiers - TIERS[0])
        picked = (chance[:, 1:] * self.counts[at]).astype(np.int64)
        return self._rows(domain, chance[:, 0], self.places[(*at, picked)])

    def draw_any(self, domain: Indices, rng: np.random.Generator) -> Indices:
        """Draw prompts of given domains, shape (n, 6), all phrases of a slot alike."""
        chance = rng.random((len(domain), 1 + len(SLOTS)))
        picked = (chance[:, 1:] * self.grid.phrases[domain]).astype(np.int64)
        return self._rows(domain, chance[:, 0], picked)

    def _rows(self, domain: Indices, chance: Floats, slots: Indices) -> Indices:
        template = (chance * self.grid.templates[domain]).astype(np.int64)
        slots = np.where(self.grid.said[domain, template], slots, 0)
        return np.column_stack([domain, template, slots])


@lru_cache(maxsize=8)
def word_choices(library: VariableLibrary) -> WordChoices:
    """Return the choices of a library; a library asked for again is not read again."""
    words = [library.words(domain) for domain in library.domains]
    lists = [[w.phrases[slot] for slot in SLOTS] for w in words]
    nearest = [[_nearest(phrases) for phrases in slots] for slots in lists]
    levels = [
        [[_places(p, tier) for tier in row] for p, row in zip(slots, rows, strict=True)]
        for slots, rows in zip(lists, nearest, strict=True)
    ]
    widest = max(len(level) for slots in levels for row in slots for level in row)
    return WordChoices(
        grid=grid_of(library),
        domains=library.domains,
        nearest=np.array(nearest),
        places=np.array([[[_padded(p, widest) for p in row] for row in s] for s in levels]),
        counts=np.array([[[len(p) for p in row] for row in s] for s in levels]),
        template_at=[{text: i for i, text in enumerate(w.templates)} for w in words],
        phrase_at=[[_by_text(phrases) for phrases in slots] for slots in lists],
    )


def _nearest(phrases: Sequence[Phrase]) -> list[int]:
    offered = sorted({phrase.tier for phrase in phrases})
    return [min(offered, key=lambda there: abs(there - tier)) for tier in TIERS]


def _places(phrases: Sequence[Phrase], tier: int) -> list[int]:
    return [i for i, phrase in enumerate(phrases) if phrase.tier == tier]


def _padded(values: Sequence[int], length: int) -> list[int]:
    return [*values, *[0] * (length - len(values))]


def _by_text(phrases: Sequence[Phrase]) -> dict[str, int]:
    # an unsaid slot has no words, and 0 is its canonical index
    return {"": 0} | {phrase.text: i for i, phrase in enumerate(phrases)}
