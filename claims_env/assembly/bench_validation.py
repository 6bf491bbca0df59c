"""Checks rows of results: worlds by playing them again, runs by their record."""

from dataclasses import replace
from pathlib import Path

from claims_env.assembly.bench import blank, is_world, told
from claims_env.assembly.bench_runs import replay_run, run_folder_of, told_run
from claims_env.assembly.bench_worlds import play_world, replay_world
from claims_env.assembly.schedulers import asks_chat
from claims_env.benchmark.asked_part import read_part
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.row import Row
from claims_env.benchmark.validation import TOLERANCE, Checked, differences, misfits, own_problems
from claims_env.errors import ClaimsError


def check_row(
    row: Row,
    folder: Path,
    *,
    replay_physics: bool = False,
    ask_again: bool = False,
    tolerance: float = TOLERANCE,
) -> Checked:
    """Return what of a row holds.

    Args:
        row: Out of the results.
        folder: Of the benchmark, where runs have their records.
        replay_physics: Play runs again, too; it takes as long as they took. Those whose scheduler
            wrote sentences are only read: rows hold actions.
        ask_again: Ask the schedulers of rows on simulated worlds once more, too: whether they
            decide as they did.
        tolerance: How far a replayed figure may be off.
    """
    problems = own_problems(row)
    if not row.is_done:
        return Checked(row, "failed cell", (*problems, f"it has no figures: {row.error}"))
    is_replayed = False
    try:
        if is_world(row.tracker):
            problems += differences(row, replay_world(row), tolerance)
            problems += _decides_otherwise(row) if ask_again else []
            how = "replayed and asked again" if ask_again else "replayed"
            return Checked(row, how, tuple(problems))
        problems += _record_problems(row, folder, tolerance)
        if is_replayed := replay_physics and row.actions is not None:
            again = replace(replay_run(row), ledger=row.ledger)
            problems += differences(row, again, tolerance)
    except ClaimsError as error:
        problems.append(f"it cannot be checked: {told(error)}")
    how = "record read and replayed" if is_replayed else "record read"
    return Checked(row, how, tuple(problems))


def plan_problems(row: Row, plan: Plan) -> list[str]:
    """Return in what a row is not of a plan, a sentence each."""
    if not plan.holds(row.cell):
        return ["it is not in the plan"]
    return [f"it does not fit the plan: {told}" for told in misfits(row, blank(plan, row.cell))]


def _decides_otherwise(row: Row) -> list[str]:
    """Return what a scheduler that is asked once more does differently; language models are not."""
    if asks_chat(read_part(row.scheduler).name):
        return []
    # a scheduler is anybody's code
    try:
        again = play_world(replace(row, actions=None, figures={}, revealed=False)).row
    except (Exception, SystemExit) as error:
        return [f"its scheduler cannot be asked again: {told(error)}"]
    if row.revealed != again.revealed:
        return [f"its scheduler was shown the world: {row.revealed} then, {again.revealed} now"]
    if again.actions == row.actions:
        return []
    return [
        "its scheduler decides otherwise now: it has changed, draws from something other than "
        "info['decision_seed'], or never chose these actions"
    ]


def _record_problems(row: Row, folder: Path, tolerance: float) -> list[str]:
    """Return in what a row differs from its run's record."""
    recorded = told_run(replace(row, actions=None, figures={}), run_folder_of(folder, row.cell))
    found = differences(row, recorded, tolerance)
    if recorded.ledger != row.ledger:
        found.append(
            f"its record has digest {recorded.ledger}, and the row was written from {row.ledger}"
        )
    return found
