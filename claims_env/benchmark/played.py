"""What a backend hands back of one cell: its row, and how long it took."""

from collections.abc import Callable
from dataclasses import dataclass

from claims_env.benchmark.cell import Cell
from claims_env.benchmark.row import Row


@dataclass(frozen=True, slots=True)
class Played:
    """One cell that was played, or could not be.

    Attributes:
        row: What came of it.
        seconds: Wall clock of the whole cell [s].
        deciding_s: Wall clock of the scheduler's decisions [s].
    """

    row: Row
    seconds: float = 0.0
    deciding_s: float = 0.0

    @property
    def cell(self) -> Cell:
        """Which cell it is."""
        return self.row.cell


Work = Callable[[Cell], Played]
"""Plays one cell; it can be pickled, and breaks only where nothing at all can be played."""
