"""What a doubter tries on claims-env bench: forged rows, changed code, odd schedulers."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from claims_env.benchmark.plan import read_plan
from claims_env.benchmark.results_file import RESULTS, read_results
from claims_env.benchmark.row import Row, line_of, sealed
from claims_env.cli import main

SMALL = ["--sets", "5", "--rounds", "3", "--backend", "serial", "--seeds", "2"]
OWN = """
import numpy as np

class Mine:
    name = "mine"

    def __init__(self, library):
        self.library = library

    def act(self, observation, info):
        rng = np.random.default_rng(info["decision_seed"])
        return self.library.encode([self.library.sample(rng) for _ in info["rounds"][-1].sets])
"""


def bench(folder: Path, *flags: str) -> int:
    return main(["bench", str(folder), *flags])


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    assert bench(folder, "--schedulers", "random,edit", "--trackers", "mock", *SMALL) == 0
    return folder


def forged(folder: Path, change: Callable[[Row], Row]) -> None:
    """Change the first row and mend its digest."""
    first, *others = read_results(folder / RESULTS).values()
    lines = [line_of(row) for row in (sealed(change(first)), *others)]
    (folder / RESULTS).write_text("\n".join(lines) + "\n")


def command(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    script = "import sys; sys.path.remove(''); from claims_env.cli import main; sys.exit(main())"
    arguments = [sys.executable, "-c", script, *words]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_a_scheduler_in_the_current_folder_is_found_and_played_again_once_it_changed(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine.py").write_text(OWN)
    flags = ["--schedulers", "random,mine:Mine", "--trackers", "mock", *SMALL]
    done = command(tmp_path, "bench", "out", *flags)
    assert (done.returncode, done.stderr) == (0, "")
    before = read_results(tmp_path / "out" / RESULTS)
    (tmp_path / "mine.py").write_text(OWN + "# another thought\n")
    done = command(tmp_path, "bench", "out", "--backend", "serial")
    assert done.returncode == 0
    assert done.stderr == "'mine:Mine' has changed since: its cells are played again.\n"
    after = read_results(tmp_path / "out" / RESULTS)
    changed = {cell.scheduler for cell in after if after[cell].digest != before[cell].digest}
    assert changed == {"mine:Mine"}
    assert command(tmp_path, "validate", "out", "--ask-again").returncode == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda row: replace(row, kind="physics"), "kind was simulated and is physics"),
        (lambda row: replace(row, sets=4), "sets was 5 and is 4"),
        (lambda row: replace(row, scheduler="forged"), "it is not in the plan"),
        (lambda row: replace(row, seed=row.seed + 1), "seed was"),
        (lambda row: replace(row, versions={"numpy": "0.1"}), "versions.numpy was"),
    ],
)
def test_a_row_that_is_not_of_the_plan_is_told_by_validate_and_refused_by_bench(
    change: Callable[[Row], Row],
    told: str,
    finished: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    forged(finished, change)
    before = (finished / RESULTS).read_bytes()
    capsys.readouterr()
    assert main(["validate", str(finished)]) == 1
    assert told in capsys.readouterr().out
    assert bench(finished, "--backend", "serial") == 1
    assert told in capsys.readouterr().err
    assert (finished / RESULTS).read_bytes() == before


def test_a_row_that_is_there_twice_is_told(
    finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = finished / RESULTS
    path.write_text(path.read_text() + path.read_text().splitlines()[0] + "\n")
    assert main(["validate", str(finished)]) == 1
    assert "random on mock, seed 0: 2 rows; the last one counts" in capsys.readouterr().out


def test_a_row_without_all_its_figures_is_no_result(
    finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = finished / RESULTS
    first, *others = path.read_text().splitlines()
    content = json.loads(first)
    del content["figures"]["tier"]
    path.write_text("\n".join([json.dumps(content), *others]) + "\n")
    for words in (["bench", str(finished)], ["validate", str(finished)]):
        assert main(words) == 1
        assert "line 1, holds no result: it has figures of so many" in capsys.readouterr().err


def test_actions_of_another_scheduler_are_found_by_asking_again(
    finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = list(read_results(finished / RESULTS).values())
    other = next(row for row in rows if row.scheduler == "edit" and row.index == 0)
    forged(finished, lambda row: replace(row, actions=other.actions, figures=other.figures))
    assert main(["validate", str(finished)]) == 0
    assert main(["validate", str(finished), "--ask-again"]) == 1
    told = capsys.readouterr().out
    assert "random on mock, seed 0: its scheduler decides otherwise now" in told
    assert "3 of 4 rows hold (3 replayed and asked again)" in told


def test_a_scheduler_that_draws_from_elsewhere_is_found_by_asking_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = ["--schedulers", "bench_schedulers:Restless", "--trackers", "mock"]
    assert bench(tmp_path, *mine, *SMALL) == 0
    assert main(["validate", str(tmp_path)]) == 0
    assert main(["validate", str(tmp_path), "--ask-again"]) == 1
    assert "decides otherwise now" in capsys.readouterr().out


def test_whoever_is_shown_the_world_competes_with_nobody_whatever_its_name(tmp_path: Path) -> None:
    mine = ["--schedulers", "random,edit,bench_schedulers:Peeking", "--trackers", "mock"]
    assert bench(tmp_path, *mine, *SMALL) == 0
    rows = read_results(tmp_path / RESULTS).values()
    assert {row.scheduler for row in rows if row.revealed} == {"bench_schedulers:Peeking"}
    told = (tmp_path / "leaderboard.md").read_text().splitlines()
    (line,) = [line for line in told if "Peeking" in line and "out of competition" in line]
    assert line.startswith("| bench_schedulers:Peeking")


def test_schedulers_that_leave_or_cannot_speak_fail_their_cells_alone(tmp_path: Path) -> None:
    names = ("Leaves", "Speechless", "Ragged")
    mine = ",".join(["random", *(f"bench_schedulers:{name}" for name in names)])
    assert bench(tmp_path, "--schedulers", mine, "--trackers", "mock", *SMALL) == 1
    rows = read_results(tmp_path / RESULTS).values()
    told = {row.scheduler.partition(":")[2]: row.error for row in rows if not row.is_done}
    assert told["Leaves"].startswith("SystemExit: 3 (bench_schedulers.py, line ")
    assert told["Speechless"].startswith("_Speechless: (no text: RuntimeError)")
    assert "returned an action that is no array" in told["Ragged"]
    assert sum(row.is_done for row in rows) == 2


def test_the_code_of_every_scheduler_is_on_record(finished: Path) -> None:
    plan = read_plan(finished / "plan.json")
    assert set(plan.code) == {"random", "edit"}
    rows = read_results(finished / RESULTS).values()
    assert all(row.code == plan.code[row.scheduler] for row in rows)
    assert len(set(plan.code.values())) == 2


@pytest.mark.parametrize(
    ("schedulers", "trackers", "told"),
    [
        ("edit", "rasch", "No comparison (simulated, rasch): only edit is in competition."),
        ("oracle", "rasch", "No scheduler in competition finished all its runs"),
        ("random,edit", "null", "Only controls were played."),
    ],
)
def test_what_compares_nothing_declares_nothing(
    schedulers: str, trackers: str, told: str, tmp_path: Path
) -> None:
    assert bench(tmp_path, "--schedulers", schedulers, "--trackers", trackers, *SMALL) == 0
    assert told in (tmp_path / "leaderboard.md").read_text()


def test_no_names_at_all_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(tmp_path, "--schedulers", "", *SMALL) == 1
    assert "names nothing" in capsys.readouterr().err
