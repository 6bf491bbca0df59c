"""Cells on trackers of real clips: a run folder each, continued where it was cut off."""

from dataclasses import replace
from pathlib import Path

import pytest

from claims_env.assembly.bench import Player
from claims_env.assembly.bench_plan import make_plan
from claims_env.assembly.bench_runs import replay_run, run_folder_of
from claims_env.assembly.bench_validation import check_row
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.row import Row, line_of, sealed
from claims_env.config import RunConfig

CONFIG = RunConfig(held_out=2)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(
        schedulers="random",
        trackers="skill",
        seeds=1,
        base_seed=0,
        sets=2,
        rounds=2,
        config=CONFIG,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def row(plan: Plan, folder: Path) -> Row:
    played = Player(plan, folder)(plan.cells[0]).row
    assert played.is_done, played.error
    return played


def test_workers_are_settled_in_the_plan_for_they_change_what_a_run_comes_to(plan: Plan) -> None:
    assert plan.settings["tracker"]["workers"] == 1


def test_a_run_ends_as_a_row_with_its_actions_budget_and_record(row: Row) -> None:
    assert row.actions is not None and row.actions.shape == (1, 12)
    assert row.budget["clips"] == 4
    assert {"samples", "tokens", "trained"} <= set(row.budget)
    assert len(row.figures["held_out_success"]) == 2
    assert len(row.ledger) == 16


def test_a_run_that_was_cut_off_is_continued_to_the_same_row(
    plan: Plan, folder: Path, row: Row
) -> None:
    events = run_folder_of(folder, row.cell) / "events.jsonl"
    whole = events.read_bytes()
    events.write_bytes(whole[: len(whole) // 2])
    assert line_of(Player(plan, folder)(plan.cells[0]).row) == line_of(row)
    assert events.read_bytes() == whole


def test_a_run_is_checked_against_its_record(row: Row, folder: Path) -> None:
    assert check_row(row, folder).problems == ()
    figures = {**row.figures, "held_out_success": (0.0, 0.123)}
    told = check_row(sealed(replace(row, figures=figures)), folder).problems
    assert any(t.startswith("held_out_success of round 1 is 0.123 in the row") for t in told)


def test_a_run_without_its_record_cannot_be_checked(row: Row, tmp_path: Path) -> None:
    (told,) = check_row(row, tmp_path).problems
    assert told.startswith("it cannot be checked: LedgerError") and "holds no run" in told


def test_a_run_replayed_without_its_scheduler_gives_the_same_figures(row: Row) -> None:
    again = replay_run(row)
    assert (again.figures, again.actions) == (row.figures, row.actions)
