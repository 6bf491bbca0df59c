"""What schedulers that replay keep: every prompt of the episode so far, and how it last fared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.agents.set_table import SetTable
from claims_env.agents.word_choices import Indices, WordChoices
from claims_env.word_grid import Floats


@dataclass(frozen=True, slots=True)
class PromptBuffer:
    """The prompts that taught something, each once.

    Attributes:
        rows: The prompts, shape (n, 6).
        score: Of the last try of each, shape (n,).
        seen: The round of that try, shape (n,).
    """

    rows: Indices
    score: Floats
    seen: Indices

    @property
    def domain(self) -> Indices:
        """The index of each prompt's domain, shape (n,)."""
        return self.rows[:, 0]

    def at(self, places: Indices) -> "PromptBuffer":
        """Return the buffer of some of the prompts."""
        return PromptBuffer(self.rows[places], self.score[places], self.seen[places])

    def ranks(self, rng: np.random.Generator) -> Floats:
        """Return the rank of each prompt by its score, 1 the highest, shape (n,); ties by lot."""
        order = np.lexsort((rng.random(len(self.score)), -self.score))
        ranks = np.empty(len(order))
        ranks[order] = np.arange(1, len(order) + 1)
        return ranks


def prompt_buffer(
    words: WordChoices, tables: Sequence[SetTable], scores: Sequence[Floats]
) -> PromptBuffer:
    """Return the buffer of all rounds so far.

    Args:
        words: The words.
        tables: The rounds.
        scores: Of each set of each round, shape (n,); those of sets that taught nothing are left.
    """
    heard = np.concatenate([table.heard for table in tables])
    rows = np.concatenate([table.rows for table in tables])[heard]
    seen = np.repeat(np.arange(len(tables)), [len(table.rows) for table in tables])[heard]
    # backwards, so that the first of equals is the last try
    back = np.arange(len(rows))[::-1]
    last = back[np.unique(_keys(words, rows[back]), return_index=True)[1]]
    return PromptBuffer(rows[last], np.concatenate(list(scores))[heard][last], seen[last])


def _keys(words: WordChoices, rows: Indices) -> Indices:
    """Return one number for each prompt, shape (n,)."""
    widest = [int(words.grid.templates.max()), *[words.grid.widest] * 4]
    key = rows[:, 0]
    for place, size in enumerate(widest, start=1):
        key = key * size + rows[:, place]
    return key
