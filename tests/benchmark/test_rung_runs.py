"""What the real rung is made of: run folders become rows, and worlds are played at their size."""

from pathlib import Path

import pytest

from claims_env.assembly.bench import Player
from claims_env.assembly.bench_plan import make_plan
from claims_env.assembly.bench_runs import run_folder_of
from claims_env.assembly.rung import played_worlds, runs_as_rows
from claims_env.config import RunConfig
from claims_env.run_folder import read_rounds


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    plan = make_plan(
        schedulers="random", trackers="skill", seeds=1, base_seed=0, sets=2, rounds=2,
        config=RunConfig(held_out=2),
    )  # fmt: skip
    played = Player(plan, folder)(plan.cells[0]).row
    assert played.is_done, played.error
    return run_folder_of(folder, plan.cells[0])


def test_a_finished_run_becomes_a_row_with_its_figures_and_chosen_settings(
    run_folder: Path,
) -> None:
    (row,) = runs_as_rows(run_folder.parent)
    rounds = read_rounds(run_folder)
    assert (row.tracker, row.scheduler, row.sets, row.rounds) == ("skill", "random", 2, 2)
    assert row.figures["held_out_success"] == tuple(r.held_out_success for r in rounds)
    assert row.figures["corpus_success"] == tuple(r.corpus.success_rate for r in rounds)
    assert row.settings is not None
    assert (row.settings["held_out"], row.settings["sets"]) == (2, 2)
    assert "judges" not in row.settings


def test_a_clip_that_is_never_lost_is_followed_to_its_end(run_folder: Path) -> None:
    (row,) = runs_as_rows(run_folder.parent)
    clips = read_rounds(run_folder)[-1].suites[0].clips.values()
    shares = [1.0 if c.failed_at is None else c.failed_at / c.frames for c in clips]
    assert row.figures["held_out_followed"][-1] == pytest.approx(sum(shares) / 2)


def test_folders_that_are_no_finished_runs_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "begun").mkdir()
    assert runs_as_rows(tmp_path) == []


def test_more_instances_of_a_world_leave_the_first_as_they_were() -> None:
    (few,) = played_worlds(["random", "ramp"], ["rasch"], instances=1, sets=3, rounds=2)
    (more,) = played_worlds(["random", "ramp"], ["rasch"], instances=2, sets=3, rounds=2)
    assert more.scores[:1].tolist() == few.scores.tolist()
    assert (more.world, more.schedulers) == ("rasch", ("random", "ramp"))
