"""Writes results for other tools: CSV, Parquet, and a Minari data set of the trajectories."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from claims_env.assembly.bench import is_world
from claims_env.assembly.bench_worlds import environment_of, trajectory
from claims_env.assembly.extras import require_package
from claims_env.benchmark.board import Board, read_board
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.results_table import COLUMNS, as_csv, results_table
from claims_env.durable_file import write_atomically
from claims_env.errors import UnknownName

FORMATS = {"csv": "", "parquet": "pyarrow", "minari": "minari"}
"""Each format, and the package it needs."""


def require_exports(asked: str) -> tuple[str, ...]:
    """Return the formats of a line such as 'csv,parquet', each once.

    Raises:
        UnknownName: There is no such format.
        MissingDependency: A package it needs is not installed.
    """
    names = tuple(dict.fromkeys(name.strip() for name in asked.split(",") if name.strip()))
    for name in names:
        if name not in FORMATS:
            raise UnknownName("export", name, FORMATS)
        if FORMATS[name]:
            require_package(FORMATS[name], f"--export {name}", "export")
    return names


def export(plan: Plan, folder: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write results in further formats; returns what was written.

    Args:
        plan: Of the benchmark.
        folder: Its folder.
        formats: Out of `FORMATS`.
    """
    board = read_board(plan, folder)
    makers = {"csv": _write_csv, "parquet": _write_parquet, "minari": _write_minari}
    return tuple(path for name in formats for path in makers[name](board, folder))


def _table(board: Board) -> list[dict[str, Any]]:
    rows = [board.rows[cell] for cell in board.plan.cells if cell in board.rows]
    return results_table(rows, board.clocks)


def _write_csv(board: Board, folder: Path) -> list[Path]:
    path = folder / "results.csv"
    write_atomically(path, as_csv(_table(board)).encode())
    return [path]


def _write_parquet(board: Board, folder: Path) -> list[Path]:
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    path, table = folder / "results.parquet", _table(board)
    columns = {name: [line[name] for line in table] for name in COLUMNS}
    partial = path.with_suffix(".partial")
    parquet.write_table(arrow.table(columns), partial)
    partial.replace(path)
    return [path]


def _write_minari(board: Board, folder: Path) -> list[Path]:
    """Write a data set per simulated world; observations are had by playing its rows once more."""
    from claims_env.assembly.bench_minari import write_dataset

    written: list[Path] = []
    for tracker in filter(is_world, board.plan.trackers):
        rows = [row for row in board.rows.values() if row.tracker == tracker and row.is_done]
        if not rows:
            continue
        env = environment_of(rows[0])
        spaces = (env.observation_space, env.action_space)
        episodes = map(trajectory, rows)
        written.append(write_dataset(tracker, episodes, spaces, rows, folder / "minari"))
    return written
