"""Whoever plays the cells, the results are the same, and no death of a worker is passed over."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from played_toys import CannotBegin, Dies, Loses, Plays, toy_plan

from claims_env.benchmark.backend import ATTEMPTS, Backend, chunks
from claims_env.benchmark.cell import Cell
from claims_env.benchmark.played import Played
from claims_env.benchmark.processes import Processes
from claims_env.benchmark.ray_tasks import RayTasks
from claims_env.benchmark.row import Row, line_of
from claims_env.benchmark.serial import Serial
from claims_env.benchmark.slurm_array import SlurmArray
from claims_env.errors import BenchmarkError

PLAN = toy_plan(seeds=5)
DEADLY = Cell("hard", "shy", 2)


def lines(played: Iterable[Played]) -> list[str]:
    """Return the rows as they stand in a sorted file."""
    rows: dict[Cell, Row] = {one.cell: one.row for one in played}
    return [line_of(rows[cell]) for cell in PLAN.cells]


SERIAL = lines(Serial().play(Plays(PLAN), PLAN.cells, Loses(PLAN)))


def test_chunks_hold_every_cell_once_and_are_many_enough_to_share() -> None:
    dealt = chunks(PLAN.cells, 2)
    assert [cell for chunk in dealt for cell in chunk] == list(PLAN.cells)
    assert len(dealt) >= 16
    assert chunks(PLAN.cells[:1], 8) == [PLAN.cells[:1]]


def test_nothing_to_play_is_nothing() -> None:
    assert list(Processes(2).play(Plays(PLAN), [], Loses(PLAN))) == []


def test_a_killed_workers_cell_is_played_again_and_one_that_always_kills_is_lost_alone(
    tmp_path: Path,
) -> None:
    work = Dies(PLAN, tmp_path, {PLAN.cells[0]: 1, DEADLY: 99})
    played = list(Processes(2).play(work, PLAN.cells, Loses(PLAN)))
    assert [one.cell for one in played if not one.row.is_done] == [DEADLY]
    assert len(list(tmp_path.iterdir())) == 1 + ATTEMPTS
    place = PLAN.cells.index(DEADLY)
    found = lines(played)
    assert found.pop(place) != SERIAL[place]
    assert found == SERIAL[:place] + SERIAL[place + 1 :]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_workers_that_cannot_begin_are_an_error_and_no_endless_loop() -> None:
    with pytest.raises(BenchmarkError, match=r"died before it could begin \(exit status 7\)"):
        list(Processes(1).play(CannotBegin(PLAN), PLAN.cells, Loses(PLAN)))


def with_ray(folder: Path) -> Backend:
    pytest.importorskip("ray")
    return RayTasks(2)


def with_slurm(folder: Path) -> Backend:
    pytest.importorskip("submitit")
    return SlurmArray(folder, 2, cluster="local", poll_s=0.2)


@pytest.mark.parametrize("make", [with_ray, with_slurm])
@pytest.mark.filterwarnings("ignore")
def test_far_workers_give_what_one_process_gives_though_some_are_killed(
    make: Callable[[Path], Backend], tmp_path: Path
) -> None:
    backend = make(tmp_path / "bench")
    marks = tmp_path / "marks"
    marks.mkdir()
    work = Dies(PLAN, marks, {DEADLY: 1})
    assert lines(backend.play(work, PLAN.cells, Loses(PLAN))) == SERIAL
    assert len(list(marks.iterdir())) == 1
