"""What plays many cells: one after another, or several at a time in processes, here or far away."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from claims_env.benchmark.cell import Cell
from claims_env.benchmark.played import Played, Work

ATTEMPTS = 3
"""A cell whose worker dies is played again, so many times in all."""

_ROUNDS_OF_DEALING = 8
_LARGEST_CHUNK = 16


class Backend(Protocol):
    """Plays cells. Results do not depend on which one does, nor on its number of workers."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        ...

    def play(self, work: Work, cells: Sequence[Cell], lost: Work) -> Iterator[Played]:
        """Yield every cell as soon as it is done, in any order.

        Args:
            work: Plays one cell.
            cells: What to play.
            lost: Says of a cell that whatever played it died, `ATTEMPTS` times over.

        Raises:
            BenchmarkError: Nothing can be played.
        """
        ...


def chunks(cells: Sequence[Cell], workers: int) -> list[tuple[Cell, ...]]:
    """Return the cells in portions worth a message: several for each worker, so that all end alike.

    Args:
        cells: What to play.
        workers: How many share it.
    """
    size = min(_LARGEST_CHUNK, max(1, len(cells) // (_ROUNDS_OF_DEALING * workers)))
    return [tuple(cells[i : i + size]) for i in range(0, len(cells), size)]
