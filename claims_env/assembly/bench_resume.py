"""What of a benchmark's results still counts when it is continued, and which cells are to play."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from claims_env.assembly.bench import is_world
from claims_env.assembly.bench_runs import run_folder_of
from claims_env.assembly.bench_validation import plan_problems
from claims_env.benchmark.cell import Cell
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.row import Row
from claims_env.errors import BenchmarkError


def open_cells(plan: Plan, rows: Mapping[Cell, Row]) -> list[Cell]:
    """Return the cells to play, in the plan's order: missing, failed, or of changed schedulers."""
    counting = plan.counting(rows)
    return [cell for cell in plan.cells if cell not in counting or not counting[cell].is_done]


def changed_schedulers(plan: Plan, rows: Mapping[Cell, Row]) -> list[str]:
    """Return the schedulers whose code is not what it was when their cells were played."""
    stale = {row.scheduler for row in rows.values()} - {
        row.scheduler for row in plan.counting(rows).values()
    }
    return [name for name in plan.schedulers if name in stale]


def require_fitting(plan: Plan, folder: Path, rows: Mapping[Cell, Row]) -> None:
    """Refuse results that are not of the plan, rather than drop or overwrite them.

    Args:
        plan: Of the benchmark.
        folder: Its folder.
        rows: What it holds.

    Raises:
        BenchmarkError: A row does not fit the plan, or a run's scheduler has changed since.
    """
    for cell, row in rows.items():
        as_now = replace(row, code=plan.code.get(row.scheduler, ""))
        if problems := plan_problems(as_now, plan):
            raise BenchmarkError(
                f"{cell}: {problems[0]}. Take its line out of the results to have it played "
                "again, or name another folder."
            )
        where = run_folder_of(folder, cell)
        if row.code != as_now.code and not is_world(row.tracker) and where.exists():
            raise BenchmarkError(
                f"The scheduler '{row.scheduler}' has changed since {where} was played. Restore "
                "it, delete that folder to have it played again, or name another folder."
            )
