"""The sets of a round as arrays: what was asked for, and how it was tracked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.agents.word_choices import Indices, WordChoices
from claims_env.rounds import Round
from claims_env.tracking_metrics import TrackingMetrics
from claims_env.word_grid import Floats


@dataclass(frozen=True, slots=True)
class SetTable:
    """What success-driven schedulers are told of a round; n sets in order.

    Attributes:
        rows: Indices of each prompt, shape (n, 6), -1 where the library does not know it.
        tiers: Of each slot, shape (n, 4); 0 where it is unsaid.
        success: 1 where the clip was tracked to its end, 0 where it was lost, NaN where it was
            rejected; shape (n,).
        before: The same before the round's training; NaN also where the record lacks it.
    """

    rows: Indices
    tiers: Floats
    success: Floats
    before: Floats

    @property
    def domain(self) -> Indices:
        """The index of each set's domain, shape (n,); -1 where the library lacks it."""
        return self.rows[:, 0]

    @property
    def tier(self) -> Floats:
        """The mean tier of the slots that are said, shape (n,); 0 where nothing is known."""
        said = np.maximum((self.tiers > 0).sum(axis=1), 1)
        mean: Floats = self.tiers.sum(axis=1) / said
        return mean

    @property
    def heard(self) -> npt.NDArray[np.bool_]:
        """Whether a set taught something: words of the library, and a clip that was tracked."""
        return (self.rows[:, 1] >= 0) & ~np.isnan(self.success)


class History:
    """Reads the rounds of an episode into tables, each once.

    It is a memo, not a memory: read anew, the same rounds give the same tables.

    Args:
        words: The library's words.
    """

    def __init__(self, words: WordChoices) -> None:
        self._words = words
        self._read: list[tuple[Round, SetTable]] = []

    def of(self, rounds: Sequence[Round]) -> list[SetTable]:
        """Return a table for each round."""
        for i, played in enumerate(rounds):
            if i >= len(self._read) or self._read[i][0] is not played:
                self._read[i:] = [(played, set_table(self._words, played))]
        return [table for _, table in self._read[: len(rounds)]]


def set_table(words: WordChoices, played: Round) -> SetTable:
    """Return the sets of one round as arrays."""
    rows = np.array([words.row(s.prompt) for s in played.sets], dtype=np.int64)
    success = np.array([_outcome(s.metrics) for s in played.sets])
    before = np.array([_outcome(s.before) for s in played.sets])
    return SetTable(rows, words.tiers_of(rows), success, before)


def kept_domains(table: SetTable, domains: int) -> Indices:
    """Return the domain each set stays in; sets of none take turns, as in a random opening."""
    turns = np.arange(len(table.rows)) % domains
    return np.where(table.domain >= 0, table.domain, turns)


def _outcome(metrics: TrackingMetrics | None) -> float:
    return np.nan if metrics is None else float(metrics.success)
