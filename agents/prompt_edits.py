"""Small edits of prompts as rows: another phrase in a slot or two, the rest as it is."""

import numpy as np

from claims_env.agents.word_choices import Indices, WordChoices
from claims_env.prompt import SLOTS


def edited(words: WordChoices, rows: Indices, most: int, rng: np.random.Generator) -> Indices:
    """Return prompts with other phrases in one slot each, or in up to so many, shape (n, 6).

    A slot that is unsaid stays so; a slot that offers a single phrase keeps it.

    Args:
        words: The words.
        rows: What to edit, prompts of the library, shape (n, 6).
        most: How many slots an edit changes at most, 1 to 4; how many is drawn evenly.
        rng: Where the draws come from.
    """
    said = words.tiers_of(rows) > 0
    changes = rng.integers(1, most + 1, size=len(rows))
    # the slots of the smallest draws are changed; those unsaid come last
    drawn = np.where(said, rng.random((len(rows), len(SLOTS))), 2.0)
    rank = np.argsort(np.argsort(drawn, axis=1), axis=1)
    offered = words.grid.phrases[rows[:, 0]]
    step = 1 + (rng.random(offered.shape) * (offered - 1)).astype(np.int64)
    other = np.where(offered > 1, (rows[:, 2:] + step) % offered, rows[:, 2:])
    chosen = np.where((rank < changes[:, None]) & said, other, rows[:, 2:])
    return np.column_stack([rows[:, :2], chosen])
