"""A benchmark as it stands: which cells are there, which are not, and what each came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims_env.benchmark.cell import Cell
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.results_file import CLOCK, RESULTS, Clock, read_clock, read_results
from claims_env.benchmark.row import Row


@dataclass(frozen=True)
class Board:
    """What a folder of results says, given its plan.

    Attributes:
        plan: Which cells there should be.
        rows: The newest row of each cell, by the schedulers as they are.
        clocks: How long each took.
    """

    plan: Plan
    rows: Mapping[Cell, Row]
    clocks: Mapping[Cell, Clock]

    @cached_property
    def missing(self) -> tuple[Cell, ...]:
        """The cells nobody has played."""
        return tuple(cell for cell in self.plan.cells if cell not in self.rows)

    @cached_property
    def failed(self) -> tuple[Row, ...]:
        """The cells in which something broke."""
        rows = (self.rows[cell] for cell in self.plan.cells if cell in self.rows)
        return tuple(row for row in rows if not row.is_done)

    @property
    def is_complete(self) -> bool:
        """Whether every cell has figures."""
        return not self.missing and not self.failed

    @property
    def kinds(self) -> dict[str, str]:
        """What each tracker is, 'simulated' or 'physics', by its label."""
        facts = self.plan.facts
        return {name: str(facts.get(name, {}).get("kind", "unknown")) for name in facts}

    def scores(self, scheduler: str) -> npt.NDArray[np.float64]:
        """Return the held-out success after the last round, shape (seeds, trackers), 0 to 1.

        NaN where a cell has no figures.
        """
        return self.curves(scheduler)[:, :, -1]

    def means(self, scheduler: str) -> list[float]:
        """Return the mean of `scores` over seeds, by tracker; NaN where a cell is missing."""
        return [float(mean) for mean in self.scores(scheduler).mean(axis=0)]

    def curves(self, scheduler: str) -> npt.NDArray[np.float64]:
        """Return the held-out success after each round, shape (seeds, trackers, rounds), 0 to 1."""
        plan = self.plan
        found = np.full((plan.seeds, len(plan.trackers), plan.rounds), np.nan)
        for place, tracker in enumerate(plan.trackers):
            for index in range(plan.seeds):
                row = self.rows.get(Cell(tracker, scheduler, index))
                if row is not None and row.is_done:
                    found[index, place] = row.figures["held_out_success"]
        return found


def read_board(plan: Plan, folder: Path) -> Board:
    """Return how a folder's benchmark stands.

    Raises:
        BenchmarkError: The results cannot be read.
    """
    rows = plan.counting(read_results(folder / RESULTS))
    return Board(plan, rows, read_clock(folder / CLOCK))
