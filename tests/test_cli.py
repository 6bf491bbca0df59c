"""The command line, as a person uses it: real runs on the simulated tracker, and honest errors."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claims_env.cli import main
from claims_env.run_folder import read_rounds

SMALL = ["smoke", "--tracker.name", "skill", "--held-out", "2"]


def run(folder: Path, *flags: str) -> int:
    return main(["run", *SMALL, "--out", str(folder), *flags])


def test_a_run_leaves_a_record_and_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    assert run(folder) == 0
    assert f"Done. Look at {folder / 'report.html'}" in capsys.readouterr().out
    for name in ("run.json", "config.yaml", "events.jsonl", "report.html", "report.md"):
        assert (folder / name).stat().st_size > 0, name
    header = json.loads((folder / "run.json").read_text())
    assert header["seed"] == 0 and header["versions"]["numpy"]
    assert [played.index for played in read_rounds(folder)] == [0, 1]


def test_two_runs_of_one_configuration_are_equal_but_for_the_clock(tmp_path: Path) -> None:
    for name in ("first", "second"):
        assert run(tmp_path / name) == 0
    first, second = ((tmp_path / n / "events.jsonl").read_bytes() for n in ("first", "second"))
    assert first == second


def test_a_run_starts_again_from_its_own_configuration(tmp_path: Path) -> None:
    assert run(tmp_path / "first", "--seed", "5") == 0
    config = str(tmp_path / "first" / "config.yaml")
    assert main(["run", "--from", config, "--out", str(tmp_path / "second")]) == 0
    first, second = ((tmp_path / n / "events.jsonl").read_bytes() for n in ("first", "second"))
    assert first == second


def test_resuming_a_finished_run_changes_nothing(tmp_path: Path) -> None:
    assert run(tmp_path / "run") == 0
    before = (tmp_path / "run" / "events.jsonl").read_bytes()
    assert main(["resume", str(tmp_path / "run")]) == 0
    assert (tmp_path / "run" / "events.jsonl").read_bytes() == before


def shell(line: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which $CLAIMS is the command."""
    environment = {**os.environ, "CLAIMS": f"{sys.executable} -m claims_env", **settings}
    words = ["bash", "-c", f"set -o pipefail; {line}"]
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )


def test_a_run_goes_on_when_nobody_listens_any_more(tmp_path: Path) -> None:
    done = shell(f"$CLAIMS run {' '.join(SMALL)} --rounds 4 --out run | head -n 1", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    assert len(read_rounds(tmp_path / "run")) == 4
    assert (tmp_path / "run" / "report.html").exists()


def test_a_run_whose_output_is_closed_from_the_start_plays_to_its_end(tmp_path: Path) -> None:
    done = shell(f"$CLAIMS run {' '.join(SMALL)} --out run >&-", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "run" / "report.html").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["library", "library dance", "--help", "run --help"])
def test_an_output_that_is_full_is_an_error_in_one_line(command: str, tmp_path: Path) -> None:
    done = shell(f"$CLAIMS {command} > /dev/full", tmp_path)
    assert done.returncode == 1
    told = "claims-env: the output cannot be written (No space left on device).\n"
    assert done.stderr == told


def test_a_folder_of_any_name_works_where_the_terminal_knows_ascii_only(tmp_path: Path) -> None:
    line = f"$CLAIMS run {' '.join(SMALL)} --out é"
    done = shell(line, tmp_path, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "é" / "report.html").exists()


def test_runs_started_together_get_a_folder_each(tmp_path: Path) -> None:
    started = f"$CLAIMS run {' '.join(SMALL)} >/dev/null &"
    done = shell(f"{started} first=$!; {started} wait $first && wait $!", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {p.name for p in (tmp_path / "runs").iterdir()} == {"smoke", "smoke-2"}
    assert all(len(read_rounds(p)) == 2 for p in (tmp_path / "runs").iterdir())


OTHER_RUN = """
from pathlib import Path

from claims_env.generators.composer import Composer


def composer():
    Path("runs/smoke").mkdir(parents=True)
    return Composer()
"""
"""A generator during whose construction another run takes the folder."""


def test_a_folder_that_appears_meanwhile_is_left_to_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "meanwhile.py").write_text(OTHER_RUN)
    assert main(["run", *SMALL, "--generator", "meanwhile:composer"]) == 0
    assert list((tmp_path / "runs" / "smoke").iterdir()) == []
    assert len(read_rounds(tmp_path / "runs" / "smoke-2")) == 2


def test_a_place_where_no_folder_can_be_made_is_refused_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runs").write_text("a file")
    assert main(["run", *SMALL]) == 1
    assert "Name a folder with --out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "quik"], "No preset is called 'quik'. Did you mean 'quick'?"),
        (["runn"], "No command is called 'runn'. Did you mean 'run'?"),
        (["run", *SMALL, "--scheduler", "ladde"], "Did you mean 'ladder'?"),
        (["run", *SMALL, "--generator", "compser"], "Did you mean 'composer'?"),
        (["run", *SMALL, "--judges", "posutre"], "Did you mean 'posture'?"),
        (["run", "smoke", "--tracker.name", "mujco"], "Did you mean 'mujoco'?"),
        (["run", "paper-phc"], "--external.python and --external.repository"),
        (["run", "paper-maskedmimic"], "--external.python and --external.repository"),
        (["run", *SMALL, "--suite", "nowhere"], "No suite at nowhere"),
        (["run", *SMALL, "--scheduler", "nobody:Here"], "cannot be imported"),
        (["resume", "nowhere"], "run.json is missing"),
        (["report", "nowhere"], "run.json is missing"),
        (["library", "danse"], "Did you mean 'dance'?"),
    ],
)
def test_what_is_wrong_is_explained_in_one_line(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    told = capsys.readouterr().err
    assert message in told
    assert len(told.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_key_in_a_file_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("traker: {name: skill}")
    assert main(["run", "--from", str(path)]) == 1
    assert "Did you mean 'tracker'" in capsys.readouterr().err


def test_an_unknown_flag_is_refused_with_a_suggestion(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(tmp_path / "run", "--tracker.asist", "0.1")
    assert stopped.value.code == 2
    assert "--tracker.assist" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_help_names_every_command_and_preset(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert all(f"claims-env {c}" in capsys.readouterr().out for c in ("run",))
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    told = capsys.readouterr().out
    assert all(name in told for name in ("smoke", "quick", "laptop", "paper-phc"))


def test_the_library_is_listed_with_its_tiers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library"]) == 0
    assert "martial_arts" in capsys.readouterr().out
    assert main(["library", "dance"]) == 0
    assert "base_action" in capsys.readouterr().out
