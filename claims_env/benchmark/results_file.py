"""The results of a benchmark: a line per finished cell, added as it finishes, sorted at the end."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from claims_env.benchmark.cell import Cell
from claims_env.benchmark.played import Played
from claims_env.benchmark.row import Row, line_of, row_of
from claims_env.durable_file import drop_torn_line, write_atomically
from claims_env.errors import BenchmarkError, ConfigError

RESULTS = "results.jsonl"
CLOCK = "clock.jsonl"


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a cell took. It is kept apart from the row: it differs between equal episodes.

    Attributes:
        tracker: Of the cell.
        scheduler: Likewise.
        index: Likewise.
        seconds: Wall clock of the whole cell [s].
        deciding_s: Of the scheduler's decisions [s].
    """

    tracker: str
    scheduler: str
    index: int
    seconds: float
    deciding_s: float

    @property
    def cell(self) -> Cell:
        """Which cell it is about."""
        return Cell(self.tracker, self.scheduler, self.index)


class ResultsFile:
    """Where finished cells are written; one process writes, and what it wrote outlives it.

    Args:
        folder: Where the two files are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in (RESULTS, CLOCK):
            drop_torn_line(folder / name)
        self._results: IO[bytes] = (folder / RESULTS).open("ab")
        self._clock: IO[bytes] = (folder / CLOCK).open("ab")

    def add(self, played: Played) -> None:
        """Write a cell down; from then on no end of this process can take it."""
        cell, row = played.cell, played.row
        clock = {
            "tracker": cell.tracker,
            "scheduler": cell.scheduler,
            "index": cell.index,
            "seconds": round(played.seconds, 4),
            "deciding_s": round(played.deciding_s, 4),
        }
        for file, line in ((self._clock, json.dumps(clock)), (self._results, line_of(row))):
            file.write(line.encode() + b"\n")
            file.flush()

    def close(self) -> None:
        """See to it that a loss of power takes nothing either."""
        for file in (self._results, self._clock):
            os.fsync(file.fileno())
            file.close()


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a results file; a last line torn by a crash is passed over.

    Raises:
        BenchmarkError: The file cannot be read, or a line holds no result; its number is told.
    """
    for number, line in enumerate(_lines(path), 1):
        try:
            yield row_of(line, f"{path}, line {number},")
        except ConfigError as error:
            raise BenchmarkError(
                f"{error} Take the line out to have its cell played again."
            ) from None


def read_results(path: Path) -> dict[Cell, Row]:
    """Return the newest row of every cell; none where there is no file.

    Raises:
        BenchmarkError: As for `read_rows`.
    """
    return {row.cell: row for row in read_rows(path)} if path.exists() else {}


def read_clock(path: Path) -> dict[Cell, Clock]:
    """Return how long each cell took; what is damaged is passed over: no result depends on it."""
    found: dict[Cell, Clock] = {}
    for line in _lines(path) if path.exists() else []:
        try:
            clock = Clock(**json.loads(line))
        except (ValueError, TypeError):
            continue
        found[clock.cell] = clock
    return found


def write_sorted(folder: Path, cells: Iterable[Cell], rows: Mapping[Cell, Row]) -> None:
    """Write the rows anew in the order of the cells, each once: the same bytes however played."""
    lines = [line_of(rows[cell]) + "\n" for cell in cells if cell in rows]
    write_atomically(folder / RESULTS, "".join(lines).encode())


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").split("\n")[:-1]
    except (OSError, UnicodeDecodeError) as error:
        raise BenchmarkError(f"{path} cannot be read ({error}). Check the path.") from None
