"""The results as a flat table: a line per round of every finished cell."""

import csv
import io
import math
from collections.abc import Iterable, Mapping
from typing import Any

from claims_env.benchmark.results_file import Clock
from claims_env.benchmark.row import FIGURES, Row

COLUMNS: tuple[str, ...] = (
    "tracker", "kind", "scheduler", "index", "seed", "status", "round", *FIGURES,
    "clips", "trained", "samples", "tokens", "seconds", "deciding_s", "library", "digest",
)  # fmt: skip
"""Budgets and seconds are the episode's, and so the same in each of its lines."""


def results_table(rows: Iterable[Row], clocks: Mapping[Any, Clock]) -> list[dict[str, Any]]:
    """Return a dict per round, with the keys of `COLUMNS`; a failed cell has one, without figures.

    Args:
        rows: Of the results.
        clocks: How long each cell took.
    """
    return [line for row in rows for line in _lines(row, clocks.get(row.cell))]


def as_csv(table: Iterable[Mapping[str, Any]]) -> str:
    """Return a table as CSV with a head, what is missing being empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue()


def _lines(row: Row, clock: Clock | None) -> list[dict[str, Any]]:
    facts = {
        "tracker": row.tracker,
        "kind": row.kind,
        "scheduler": row.scheduler,
        "index": row.index,
        "seed": row.seed,
        "status": row.status,
        "library": row.library,
        "digest": row.digest,
        "seconds": None if clock is None else clock.seconds,
        "deciding_s": None if clock is None else clock.deciding_s,
        **{name: row.budget.get(name) for name in ("clips", "trained", "samples", "tokens")},
    }
    if not row.is_done:
        return [{**facts, "round": None, **dict.fromkeys(FIGURES)}]
    return [
        {**facts, "round": i, **{name: _known(row.figures[name][i]) for name in FIGURES}}
        for i in range(row.rounds)
    ]


def _known(figure: float) -> float | None:
    return None if math.isnan(figure) else figure
