"""claims-env bench: compare schedulers on simulated worlds and on trackers of real clips."""

import sys
from collections.abc import Sequence

import tyro

from claims_env.assembly.bench import Lost, Player
from claims_env.assembly.bench_export import export, require_exports
from claims_env.assembly.bench_page import write_leaderboard
from claims_env.assembly.bench_resume import changed_schedulers, open_cells, require_fitting
from claims_env.benchmark.backend import Backend
from claims_env.benchmark.cell import Cell
from claims_env.benchmark.folder import planned, writing
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.results_file import RESULTS, ResultsFile, read_results, write_sorted
from claims_env.commands.bench.backends import backend_of
from claims_env.commands.bench.flags import DESCRIPTION, BenchFlags, require_sound
from claims_env.commands.bench.order import ordered
from claims_env.commands.bench.summary import show
from claims_env.progress_bar import progress_bar

ABOUT = "compare schedulers over seeds and trackers: claims-env bench OUT"


def main(arguments: Sequence[str]) -> int:
    """Run the command; see `claims-env bench --help`."""
    flags = tyro.cli(
        BenchFlags, args=list(arguments), prog="claims-env bench", description=DESCRIPTION
    )
    require_sound(flags)
    exports, backend = require_exports(flags.export), backend_of(flags)
    with writing(flags.out):
        plan = planned(flags.out, ordered(flags))
        _tell_of_changes(plan, flags)
        try:
            _play(plan, backend, flags)
        except BaseException:
            sys.stderr.write(f"Stopped. Continue with: claims-env bench {flags.out}\n")
            raise
        finally:
            rows = read_results(flags.out / RESULTS)
            write_sorted(flags.out, plan.cells, rows)
        export(plan, flags.out, exports)
        board = write_leaderboard(plan, flags.out)
    show(board, flags.out)
    return 0 if board.is_complete else 1


def _play(plan: Plan, backend: Backend, flags: BenchFlags) -> None:
    """Play what is missing or failed, each cell written down as it finishes."""
    open_cells = _open_cells(plan, flags)
    if not open_cells:
        return
    results = ResultsFile(flags.out)
    player, lost = Player(plan, flags.out.absolute()), Lost(plan)
    with progress_bar(f"playing cells ({backend.name})", len(open_cells)) as advance:
        try:
            for played in backend.play(player, open_cells, lost):
                results.add(played)
                advance()
        finally:
            results.close()


def _open_cells(plan: Plan, flags: BenchFlags) -> list[Cell]:
    """Return the cells without figures, in the plan's order."""
    rows = read_results(flags.out / RESULTS)
    return open_cells(plan, rows)[: flags.limit or None]


def _tell_of_changes(plan: Plan, flags: BenchFlags) -> None:
    """Say whose cells are played once more since its code has changed, and refuse misfits."""
    rows = read_results(flags.out / RESULTS)
    require_fitting(plan, flags.out, rows)
    for name in changed_schedulers(plan, rows):
        sys.stderr.write(f"'{name}' has changed since: its cells are played again.\n")
