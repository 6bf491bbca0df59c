"""The paper's own tables, so that ours stand beside them, and how its averages come about.

The figures are in paper_tables.yaml. An average of suites weighs each by its clips: with the counts
of Tab. 4 that gives the 'Avg' of Tab. 1 within 0.1 in every row but one, which is taken for a
misprint.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from claims_env.errors import ConfigError
from claims_env.records import from_json

_ROUNDING = 0.1
"""What printed and recomputed may differ by: each cell is rounded to 0.1, and so is the average."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row, or one of its rounds.

    Attributes:
        method: What was trained, as the paper calls it.
        loop: After which round, as 'L3'; empty where there are no rounds.
        cells: One figure for each column.
        average: What the paper prints as the average, or None where it prints none.
    """

    method: str
    loop: str
    cells: tuple[float, ...]
    average: float | None = None


@dataclass(frozen=True, slots=True)
class PaperTable:
    """One table.

    Attributes:
        number: The paper's.
        title: What it shows, in our words.
        unit: Of its figures.
        columns: What each cell of a row is: suites, or metrics.
        rows: In the paper's order.
        doubts: What does not fit together, in sentences.
    """

    number: int
    title: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[PaperRow, ...]
    doubts: tuple[str, ...]

    def row(self, method: str, loop: str = "") -> PaperRow:
        """Return one row.

        Raises:
            ConfigError: There is none of that method and round.
        """
        for row in self.rows:
            if (row.method, row.loop) == (method, loop):
                return row
        known = ", ".join(f"{row.method} {row.loop}".strip() for row in self.rows)
        raise ConfigError(f"Table {self.number} has no row '{method} {loop}'. Known: {known}.")

    def figures(self, row: PaperRow) -> dict[str, float]:
        """Return a row's figures by column."""
        return dict(zip(self.columns, row.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Average:
    """The average of one row, as it is printed and as it comes out.

    Attributes:
        row: The row.
        recomputed: The mean of its cells, weighted by clips [%].
    """

    row: PaperRow
    recomputed: float

    @property
    def is_as_printed(self) -> bool:
        """Whether rounding explains the difference; so it does where nothing is printed."""
        printed = self.row.average
        return printed is None or abs(printed - self.recomputed) <= _ROUNDING


def paper_table(number: int) -> PaperTable:
    """Return one of the paper's tables.

    Raises:
        ConfigError: It is not among those kept here.
    """
    tables = {table.number: table for table in _tables()}
    if number not in tables:
        raise ConfigError(
            f"Table {number} of the paper is not kept here. Known: {', '.join(map(str, tables))}."
        )
    return tables[number]


def suite_clips() -> Mapping[str, int]:
    """Return how many clips each of the paper's suites holds (Tab. 4)."""
    clips: Mapping[str, int] = from_json(dict[str, int], _content()["clips"], "clips")
    return clips


def clip_weighted(figures: Mapping[str, float], clips: Mapping[str, int]) -> float:
    """Return the mean of figures by suite, each weighted by the suite's clips.

    Raises:
        ConfigError: It is not known how many clips a suite has.
    """
    if strange := sorted(set(figures) - set(clips)):
        raise ConfigError(
            f"It is not known how many clips {', '.join(strange)} hold. Known: {', '.join(clips)}."
        )
    total = sum(clips[suite] for suite in figures)
    return sum(clips[suite] * figure for suite, figure in figures.items()) / total


def averages(table: PaperTable) -> tuple[Average, ...]:
    """Return the average over suites of each row of a table.

    Raises:
        ConfigError: Its columns are no suites.
    """
    clips = suite_clips()
    return tuple(Average(row, clip_weighted(table.figures(row), clips)) for row in table.rows)


@cache
def _tables() -> tuple[PaperTable, ...]:
    tables: tuple[PaperTable, ...] = from_json(tuple[PaperTable, ...], _content()["tables"])
    return tables


@cache
def _content() -> dict[str, Any]:
    text = files("claims_env").joinpath("paper_tables.yaml").read_text("utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content
