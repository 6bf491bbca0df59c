"""claims-env bench and validate, as a person uses them, on simulated worlds."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from claims_env.agents.rule_scheduler import RuleScheduler
from claims_env.assembly.bench import Player, words_of
from claims_env.assembly.bench_plan import make_plan
from claims_env.assembly.bench_worlds import environment_of, replay_world, trajectory
from claims_env.benchmark.episode import play_episode
from claims_env.benchmark.figures import round_figures, world_figures
from claims_env.benchmark.plan import read_plan
from claims_env.benchmark.results_file import RESULTS, read_results
from claims_env.benchmark.row import line_of, sealed
from claims_env.benchmark.watched_world import WatchedWorld
from claims_env.cli import main
from claims_env.config import RunConfig
from claims_env.surrogate_env import SurrogateEnv

SMALL = ["--sets", "5", "--rounds", "3", "--backend", "serial"]
TWO = ["--schedulers", "random,edit", "--trackers", "mock,null", "--seeds", "2"]


def bench(folder: Path, *flags: str) -> int:
    return main(["bench", str(folder), *flags])


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "out"
    assert bench(folder, *TWO, *SMALL) == 0
    return folder


def copied(folder: Path, target: Path) -> Path:
    target.mkdir()
    for name in ("plan.json", RESULTS):
        (target / name).write_bytes((folder / name).read_bytes())
    return target


def test_a_benchmark_leaves_results_a_clock_and_a_leaderboard(finished: Path) -> None:
    rows = read_results(finished / RESULTS)
    assert len(rows) == 8 and all(row.is_done for row in rows.values())
    assert {row.kind for row in rows.values()} == {"simulated"}
    assert (finished / "clock.jsonl").read_text().count("\n") == 8
    assert "simulated" in (finished / "leaderboard.md").read_text()
    assert "<html" in (finished / "leaderboard.html").read_text()


def test_every_row_of_a_benchmark_holds(finished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(finished / RESULTS)]) == 0
    assert capsys.readouterr().out == "8 of 8 rows hold (8 replayed).\n"


def test_schedulers_meet_the_same_opening(finished: Path) -> None:
    rows = [row for row in read_results(finished / RESULTS).values() if row.tracker == "mock"]
    openings = {(row.index, row.figures["held_out_success"][0]) for row in rows}
    assert len(openings) == 2


def test_a_finished_benchmark_is_not_played_again(finished: Path, tmp_path: Path) -> None:
    folder = copied(finished, tmp_path / "out")
    before = (folder / RESULTS).read_bytes()
    assert bench(folder) == 0
    assert (folder / RESULTS).read_bytes() == before
    assert not (folder / "clock.jsonl").exists()


def test_a_benchmark_that_was_cut_off_ends_with_the_same_bytes(
    finished: Path, tmp_path: Path
) -> None:
    folder = copied(finished, tmp_path / "out")
    whole = (folder / RESULTS).read_bytes()
    (folder / RESULTS).write_bytes(whole[: len(whole) // 2])
    assert bench(folder, "--backend", "serial") == 0
    assert (folder / RESULTS).read_bytes() == whole


def test_missing_cells_are_an_error_in_the_report_and_in_the_exit_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(tmp_path, *TWO, *SMALL, "--limit", "3") == 1
    assert "ERROR: 5 cell(s) have no figures" in capsys.readouterr().out
    told = (tmp_path / "leaderboard.md").read_text()
    assert "edit on null, seed 1 is missing: it was not played." in told
    assert main(["validate", str(tmp_path)]) == 1
    assert "edit on null, seed 1: missing" in capsys.readouterr().out


def test_a_schedulers_exception_fails_its_cell_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = "random,bench_schedulers:Faulty,bench_schedulers:OutOfRange"
    flags = ["--schedulers", mine, "--trackers", "mock", "--seeds", "1"]
    assert bench(tmp_path, *flags, *SMALL) == 1
    rows = {row.scheduler: row for row in read_results(tmp_path / RESULTS).values()}
    assert rows["random"].is_done
    faulty = rows["bench_schedulers:Faulty"].error
    assert faulty.startswith("ZeroDivisionError: nothing to divide by (bench_schedulers.py, line ")
    assert "returned an action of type" in rows["bench_schedulers:OutOfRange"].error
    assert "ERROR: 2 cell(s) have no figures" in capsys.readouterr().out


def test_a_scheduler_of_ones_own_plays_with_settings_and_in_processes(tmp_path: Path) -> None:
    mine = "bench_schedulers:Shifting[step=2],bench_schedulers:Shifting"
    flags = ["--schedulers", mine, "--trackers", "mock", "--seeds", "2", *SMALL[:4]]
    assert bench(tmp_path / "a", *flags, "--backend", "process", "--workers", "2") == 0
    assert bench(tmp_path / "b", *flags, "--backend", "serial") == 0
    first, second = ((tmp_path / name / RESULTS).read_bytes() for name in ("a", "b"))
    assert first == second
    rows = read_results(tmp_path / "a" / RESULTS).values()
    assert len({row.actions.data for row in rows if row.actions is not None}) == 4


def test_results_do_not_depend_on_what_else_is_in_the_plan(finished: Path, tmp_path: Path) -> None:
    flags = ["--schedulers", "edit", "--trackers", "null", "--seeds", "2", *SMALL]
    assert bench(tmp_path, *flags) == 0
    alone = (tmp_path / RESULTS).read_text().splitlines()
    assert set(alone) < set((finished / RESULTS).read_text().splitlines())


def test_a_plan_grows_and_what_was_played_stays(finished: Path, tmp_path: Path) -> None:
    folder = copied(finished, tmp_path / "out")
    before = (folder / RESULTS).read_text().splitlines()
    assert bench(folder, "--schedulers", "ladder", "--backend", "serial") == 0
    assert read_plan(folder / "plan.json").schedulers == ("random", "edit", "ladder")
    after = (folder / RESULTS).read_text().splitlines()
    assert set(before) < set(after) and len(after) == 12


def test_a_folder_is_not_continued_with_other_sizes(
    finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(finished, "--sets", "6") == 1
    assert "sets was 5 and is 6" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--schedulers", "randon"], "No scheduler is called 'randon'. Did you mean 'random'?"),
        (["--trackers", "rash"], "No tracker is called 'rash'. Did you mean 'rasch'?"),
        (["--schedulers", "random[speed=3]"], "The scheduler 'random' cannot be made"),
        (["--schedulers", "free-rule"], "'free-rule' writes sentences"),
        (["--export", "xlsx"], "No export is called 'xlsx'"),
        (["--ray-address", "auto"], "--ray-address is for --backend ray"),
        (["--seeds", "0"], "'seeds' is 0. Expected at least 1"),
    ],
)
def test_what_cannot_be_played_is_refused_before_anything_is(
    flags: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(tmp_path / "out", *flags) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out" / RESULTS).exists()


def test_an_edited_figure_is_found_though_the_digest_was_mended(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied(finished, tmp_path / "out")
    path = folder / RESULTS
    first, *others = path.read_text().splitlines()
    content = json.loads(first)
    content["figures"]["held_out_success"][-1] = 0.99
    path.write_text("\n".join([json.dumps(content), *others]) + "\n")
    assert main(["validate", str(path)]) == 1
    told = capsys.readouterr().out
    assert "random on mock, seed 0: its digest is" in told
    assert "held_out_success of round 2 is 0.99 in the row and" in told
    assert "7 of 8 rows hold" in told


def test_an_edited_action_shows_in_what_its_replay_gives(finished: Path) -> None:
    row = next(iter(read_results(finished / RESULTS).values()))
    other = list(read_results(finished / RESULTS).values())[1]
    assert line_of(replay_world(row)) == line_of(row)
    again = replay_world(sealed(replace(row, actions=other.actions)))
    assert again.figures != row.figures


def test_figures_of_a_world_are_those_of_its_rounds() -> None:
    plan = make_plan(
        schedulers="rule",
        trackers="rasch",
        seeds=1,
        base_seed=0,
        sets=20,
        rounds=3,
        config=RunConfig(),
    )
    row = Player(plan, Path())(plan.cells[0]).row
    env = environment_of(row)
    assert isinstance(env.world, WatchedWorld)
    play_episode(RuleScheduler(words_of(None)), env, seed=row.seed)
    expected = round_figures(env.rounds)
    assert set(row.figures) == set(expected)
    for name, values in expected.items():
        assert row.figures[name] == pytest.approx(values, abs=1e-12), name
    played = world_figures(env.world.played, env.world.suites, expected["reward"])
    assert played == dict(row.figures)


def test_a_trajectory_has_what_was_seen_done_and_earned(finished: Path) -> None:
    row = next(iter(read_results(finished / RESULTS).values()))
    episode = trajectory(row)
    env = SurrogateEnv(environment_of(row).world, words_of(None), sets=5, rounds=3)
    assert episode.observations.shape == (3, *(env.observation_space.shape or ()))
    assert episode.actions.shape == (2, 30)
    assert episode.rewards.tolist() == list(row.figures["reward"][1:])


def test_results_are_exported_as_csv(finished: Path) -> None:
    assert bench(finished, "--export", "csv") == 0
    lines = (finished / "results.csv").read_text().splitlines()
    assert len(lines) == 1 + 8 * 3


def test_results_are_exported_as_parquet_and_as_a_minari_data_set(finished: Path) -> None:
    pytest.importorskip("minari")
    pyarrow = pytest.importorskip("pyarrow.parquet")
    assert bench(finished, "--export", "parquet,minari") == 0
    table = pyarrow.read_table(finished / "results.parquet")
    assert table.num_rows == 24
    assert (finished / "minari" / "claims_env" / "mock-v0").is_dir()


def test_ctrl_c_leaves_a_folder_that_can_be_continued(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    many = ["--schedulers", "random", "--trackers", "mock", "--seeds", "4000", *SMALL]
    command = [sys.executable, "-m", "claims_env", "bench", str(folder), *many]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        path = folder / RESULTS
        while not (path.exists() and path.stat().st_size) and process.poll() is None:
            pass
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"Continue with: claims-env bench {folder}" in told
    played = len(read_results(folder / RESULTS))
    assert 0 < played < 4000
    assert bench(folder, "--limit", "1", "--backend", "serial") == 1
    assert len(read_results(folder / RESULTS)) == played + 1
