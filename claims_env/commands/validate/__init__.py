"""claims-env validate: play every row of a benchmark's results once more, and compare."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tyro

from claims_env.assembly.bench_validation import check_row, plan_problems
from claims_env.benchmark.folder import PLAN
from claims_env.benchmark.plan import read_plan
from claims_env.benchmark.results_file import RESULTS, read_rows
from claims_env.benchmark.row import Row
from claims_env.benchmark.validation import TOLERANCE, Checked
from claims_env.errors import BenchmarkError
from claims_env.progress_bar import progress_bar

ABOUT = "replay a benchmark's results and compare every figure: claims-env validate RESULTS"

MOST_PROBLEMS = 5
"""What does not hold of one row, told at most so often: one cause shows in many figures."""

DESCRIPTION = """Check results of `claims-env bench`, row by row.

A row holds an episode's seed, library and actions. On a simulated world it is played once more,
without the scheduler, and every figure compared. A run of a tracker of real clips is checked
against its record beside the file; --replay-physics trains it anew, too. What does not hold is
named, and the exit status is then 1.

  claims-env validate out/results.jsonl
  claims-env validate out --scheduler rule --tracker rasch --seed-index 3"""


@dataclass(frozen=True)
class ValidateFlags:
    """What the validate command takes."""

    results: tyro.conf.Positional[Path]
    """A results.jsonl, or the folder of one."""

    scheduler: str | None = None
    """Only its rows."""

    tracker: str | None = None
    """Only its rows."""

    seed_index: int | None = None
    """Only the rows of this number of seed."""

    replay_physics: bool = False
    """Play runs of trackers of real clips once more; it takes as long as they took."""

    ask_again: bool = False
    """Ask the schedulers on simulated worlds once more, too: finds those that draw from elsewhere
    than their decision's seed, and actions that nobody chose. Language models are not asked."""

    tolerance: float = TOLERANCE
    """How far a replayed figure may be off."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env validate --help`."""
    flags = tyro.cli(
        ValidateFlags, args=list(arguments), prog="claims-env validate", description=DESCRIPTION
    )
    path = flags.results / RESULTS if flags.results.is_dir() else flags.results
    rows = [row for row in read_rows(path) if _is_wanted(row, flags)]
    if not rows:
        raise BenchmarkError(f"{path} holds no such row. Ask for others, or leave the flags out.")
    checked = _checked(rows, path.parent, flags)
    absent = _against_plan(rows, path.parent, is_partial=_is_partial(flags))
    _show(checked, absent)
    return 0 if not absent and not any(c.problems for c in checked) else 1


def _checked(rows: Sequence[Row], folder: Path, flags: ValidateFlags) -> list[Checked]:
    found: list[Checked] = []
    with progress_bar("checking rows", len(rows)) as advance:
        for row in rows:
            found.append(
                check_row(
                    row,
                    folder,
                    replay_physics=flags.replay_physics,
                    ask_again=flags.ask_again,
                    tolerance=flags.tolerance,
                )
            )
            advance()
    return found


def _against_plan(rows: Sequence[Row], folder: Path, *, is_partial: bool) -> list[str]:
    """Return what the plan beside the results says and the rows do not, where there is one."""
    there = Counter(row.cell for row in rows)
    found = [
        f"{cell}: {count} rows; the last one counts" for cell, count in there.items() if count > 1
    ]
    if not (folder / PLAN).exists():
        return found
    plan = read_plan(folder / PLAN)
    if not is_partial:
        found += [f"{cell}: missing" for cell in plan.cells if cell not in there]
    told = ((row.cell, plan_problems(row, plan)) for row in rows)
    return found + [f"{cell}: {problem}" for cell, problems in told for problem in problems]


def _show(checked: Sequence[Checked], absent: Sequence[str]) -> None:
    for one in checked:
        for problem in one.problems[:MOST_PROBLEMS]:
            sys.stdout.write(f"{one.row.cell}: {problem}\n")
        if len(one.problems) > MOST_PROBLEMS:
            more = len(one.problems) - MOST_PROBLEMS
            sys.stdout.write(f"{one.row.cell}: ... and {more} more\n")
    for told in absent:
        sys.stdout.write(f"{told}\n")
    hold = [one for one in checked if not one.problems]
    ways = {how: sum(one.how == how for one in hold) for how in dict.fromkeys(c.how for c in hold)}
    told = ", ".join(f"{count} {how}" for how, count in ways.items()) or "none"
    sys.stdout.write(f"{len(hold)} of {len(checked)} rows hold ({told}).\n")


def _is_wanted(row: Row, flags: ValidateFlags) -> bool:
    return (
        flags.scheduler in (None, row.scheduler)
        and flags.tracker in (None, row.tracker)
        and flags.seed_index in (None, row.index)
    )


def _is_partial(flags: ValidateFlags) -> bool:
    return any(w is not None for w in (flags.scheduler, flags.tracker, flags.seed_index))
