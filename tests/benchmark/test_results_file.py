"""Results survive what happens to processes, and tell when they were changed."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from played_toys import Plays, lost_row, toy_plan, toy_row

from claims_env.benchmark.board import Board, read_board
from claims_env.benchmark.packed_actions import PackedActions, pack, unpack
from claims_env.benchmark.results_file import RESULTS, ResultsFile, read_results, write_sorted
from claims_env.benchmark.results_table import as_csv, results_table
from claims_env.benchmark.row import line_of, row_of, sealed
from claims_env.benchmark.scores_of import absences, scores_of
from claims_env.benchmark.spending import spendings, together, unmatched
from claims_env.benchmark.validation import differences, own_problems
from claims_env.errors import BenchmarkError, ConfigError

PLAN = toy_plan()


def write(folder: Path, *numbers: int) -> None:
    results = ResultsFile(folder)
    for number in numbers:
        results.add(Plays(PLAN)(PLAN.cells[number]))
    results.close()


@pytest.mark.parametrize("highest", [0, 255, 256, 70_000])
def test_actions_are_unpacked_as_they_were_packed(highest: int) -> None:
    actions = np.array([[0, 1, highest], [2, highest, 3]], dtype=np.int64)
    assert unpack(pack(actions)).tolist() == actions.tolist()


def test_actions_take_a_byte_each_where_that_is_enough() -> None:
    assert pack(np.array([[1, 2, 255]])).kind == "u1"
    assert pack(np.array([[1, 2, 256]])).kind == "u2"


def test_actions_that_are_fewer_than_they_say_are_refused() -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        unpack(PackedActions("u1", (2, 6), "AQID"))


def test_a_row_is_read_as_it_was_written_missing_figures_included() -> None:
    row = toy_row(PLAN, PLAN.cells[0])
    row = sealed(replace(row, figures={**row.figures, "tier": (math.nan, 2.0)}))
    again = row_of(line_of(row), "line 1")
    assert line_of(again) == line_of(row)
    assert math.isnan(again.figures["tier"][0])
    assert own_problems(again) == []


def test_a_changed_row_is_told_by_its_digest() -> None:
    row = toy_row(PLAN, PLAN.cells[0])
    better = replace(row, figures={**row.figures, "held_out_success": (1.0, 1.0)})
    assert "was changed after it was written" in own_problems(better)[0]


def test_a_replay_that_differs_names_the_figure_its_round_and_both_values() -> None:
    row = toy_row(PLAN, PLAN.cells[0])
    other = replace(
        row,
        library="other",
        figures={**row.figures, "held_out_success": (row.figures["held_out_success"][0], 0.5)},
        facts={**row.facts, "version": 2},
    )
    assert differences(row, row) == []
    told = differences(row, other)
    assert "the library has digest other, and the row was played with words" in told
    assert "facts.version was not on record and is 2" in told
    (figure,) = [sentence for sentence in told if "round" in sentence]
    assert figure.startswith("held_out_success of round 1 is 0.") and figure.endswith("0.5 now")


def test_finished_cells_outlive_a_torn_line(tmp_path: Path) -> None:
    write(tmp_path, 0, 1)
    with (tmp_path / RESULTS).open("ab") as file:
        file.write(b'{"scheduler": "bo')
    assert set(read_results(tmp_path / RESULTS)) == set(PLAN.cells[:2])
    write(tmp_path, 2)
    assert set(read_results(tmp_path / RESULTS)) == set(PLAN.cells[:3])


def test_a_damaged_line_before_the_end_is_named(tmp_path: Path) -> None:
    write(tmp_path, 0, 1)
    path = tmp_path / RESULTS
    path.write_text("nonsense\n" + path.read_text())
    with pytest.raises(BenchmarkError, match="line 1, holds no result"):
        read_results(path)


def test_a_row_of_another_schema_is_refused() -> None:
    content = {**json.loads(line_of(toy_row(PLAN, PLAN.cells[0]))), "schema": 9}
    with pytest.raises(ConfigError, match="has schema 9"):
        row_of(json.dumps(content), "line 1")


def test_sorted_results_are_the_same_bytes_in_whatever_order_cells_finished(tmp_path: Path) -> None:
    for name, order in (("a", (0, 1, 2)), ("b", (2, 0, 1, 0))):
        (tmp_path / name).mkdir()
        write(tmp_path / name, *order)
        rows = read_results(tmp_path / name / RESULTS)
        write_sorted(tmp_path / name, PLAN.cells, rows)
    first, second = ((tmp_path / name / RESULTS).read_bytes() for name in ("a", "b"))
    assert first == second
    assert first.count(b"\n") == 3


def test_the_newest_line_of_a_cell_counts(tmp_path: Path) -> None:
    cell = PLAN.cells[0]
    (tmp_path / RESULTS).write_text(line_of(lost_row(PLAN, cell)) + "\n")
    write(tmp_path, 0)
    assert read_results(tmp_path / RESULTS)[cell].is_done


def test_missing_and_failed_cells_are_named_and_have_no_scores(tmp_path: Path) -> None:
    write(tmp_path, 0, 1, 2)
    rows = {
        **read_results(tmp_path / RESULTS),
        PLAN.cells[3]: lost_row(PLAN, PLAN.cells[3]),
    }
    board = Board(PLAN, rows, {})
    assert not board.is_complete
    assert len(board.missing) == len(PLAN.cells) - 4
    assert [row.cell for row in board.failed] == [PLAN.cells[3]]
    told = absences(board)
    assert "shy on easy, seed 0 failed: lost" in told
    assert "shy on hard, seed 2 is missing: it was not played." in told
    scores = scores_of(board, spendings(board), "claims-env validate out")
    assert scores.held_out.shape == (2, 2, 3, 2)
    assert int(np.isfinite(scores.final).sum()) == 3
    assert scores.missing == told


def test_a_board_reads_what_was_written(tmp_path: Path) -> None:
    write(tmp_path, *range(len(PLAN.cells)))
    board = read_board(PLAN, tmp_path)
    assert board.is_complete
    row = board.rows[PLAN.cells[0]]
    assert board.scores("bold")[0, 0] == row.figures["held_out_success"][-1]
    spent = together(spendings(board), "bold")
    assert spent is not None
    assert (spent.cells, spent.used["clips"]) == (6, 2.0)
    assert spent.seconds == pytest.approx(0.01)


def test_budgets_that_differ_are_a_warning() -> None:
    rows = {cell: toy_row(PLAN, cell) for cell in PLAN.cells}
    assert unmatched(spendings(Board(PLAN, rows, {}))) == ()
    for cell, row in rows.items():
        if (cell.scheduler, cell.tracker) == ("shy", "hard"):
            rows[cell] = replace(row, budget={"clips": 2.0, "trained": 1.0})
    assert unmatched(spendings(Board(PLAN, rows, {}))) == (
        "On hard the budgets are not matched: shy used 1 clips trained on per episode, and bold 2.",
    )


def test_the_table_has_a_line_per_round_and_one_per_failed_cell() -> None:
    rows = [toy_row(PLAN, PLAN.cells[0]), lost_row(PLAN, PLAN.cells[1])]
    table = results_table(rows, {})
    assert [line["round"] for line in table] == [0, 1, None]
    assert table[1]["held_out_success"] == rows[0].figures["held_out_success"][1]
    head, first, *_ = as_csv(table).splitlines()
    assert head.startswith("tracker,kind,scheduler,index,seed,status,round,held_out_success")
    assert first.startswith("easy,simulated,bold,0,1484405855,done,0,")
