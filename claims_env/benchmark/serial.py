"""Plays cells one after another, in this process."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims_env.benchmark.cell import Cell
from claims_env.benchmark.played import Played, Work


@dataclass(frozen=True, slots=True)
class Serial:
    """See `Backend`; what kills it kills everything, and nothing is ever lost."""

    name: str = "serial"

    def play(self, work: Work, cells: Sequence[Cell], lost: Work) -> Iterator[Played]:
        """See `Backend`."""
        yield from map(work, cells)
