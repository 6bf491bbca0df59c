"""Continuing a run: only with what it began with, and cleanly stopped from outside."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from toys import swaying

from claims_env.cli import main
from claims_env.motion import save_motion
from claims_env.run_folder import read_rounds

SMALL = ["smoke", "--tracker.name", "skill", "--held-out", "0"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("seed: 0", "seed: 1"), ("scheduler: rule", "scheduler: ladder"), ("sets: 5", "sets: 4")],
)
def test_a_run_is_not_continued_with_another_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str
) -> None:
    folder = tmp_path / "run"
    assert main(["run", *SMALL, "--out", str(folder)]) == 0
    config = folder / "config.yaml"
    config.write_text(config.read_text().replace(before, after))
    assert main(["resume", str(folder)]) == 1
    assert "This run began with something else: config was" in capsys.readouterr().err


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "mocap"
    folder.mkdir()
    for name, speed in (("a_kick", 2.0), ("running", 3.0)):
        save_motion(swaying(speed, name, 90), folder / f"{name}.npz")
    return folder


def test_a_run_is_not_continued_with_other_recordings_or_captions(
    tmp_path: Path, recordings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "run")
    generator = f"mocap_retrieval:{recordings}"
    assert main(["run", *SMALL, "--judges", "--generator", generator, "--out", folder]) == 0
    assert main(["resume", folder]) == 0
    (recordings / "captions.json").write_text('{"a_kick": "he jumps"}')
    assert main(["resume", folder]) == 1
    assert "began with something else: generator_data was" in capsys.readouterr().err


def test_a_run_is_not_continued_with_a_changed_suite(
    tmp_path: Path, recordings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "run")
    assert main(["run", *SMALL, "--suite", str(recordings), "--out", folder]) == 0
    assert main(["resume", folder]) == 0
    save_motion(swaying(1.0, "a_kick", 90), recordings / "a_kick.npz")
    assert main(["resume", folder]) == 1
    assert "began with something else: suites.mocap.digest was" in capsys.readouterr().err


def test_what_differs_inside_the_tracker_is_named_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    assert main(["run", *SMALL, "--out", str(folder)]) == 0
    first, *rest = (folder / "events.jsonl").read_text().splitlines(keepends=True)
    event = json.loads(first)
    tracker = event["result"]["tracker"]
    assert tracker["name"] == "skill"
    del tracker["name"]
    tracker["versions"] = {"numpy": "1.0"}
    (folder / "events.jsonl").write_text("".join([json.dumps(event) + "\n", *rest]))
    assert main(["resume", str(folder)]) == 1
    told = "tracker.name was not on record and is skill; tracker.versions was"
    error = capsys.readouterr().err
    assert f"{told} {{'numpy': '1.0'}} and is not on record. Restore" in error


def test_a_long_value_leaves_room_for_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    assert main(["run", *SMALL, "--out", str(folder)]) == 0
    events = folder / "events.jsonl"
    events.write_text(events.read_text().replace("kinematic (offline)", "k" * 900, 1))
    assert main(["resume", str(folder)]) == 1
    assert "kkk… and is ['kinematic (offline)', 'posture (offline)']" in capsys.readouterr().err


def test_a_run_begun_with_relative_paths_is_continued_from_another_folder(
    tmp_path: Path, recordings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = ["--judges", "--generator", "mocap_retrieval:mocap", "--suite", "mocap"]
    assert main(["run", *SMALL, *paths, "--out", "run"]) == 0
    monkeypatch.chdir(recordings)
    assert main(["resume", "../run"]) == 0


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_job_scheduler_stop_a_run_cleanly(
    tmp_path: Path, stop: signal.Signals
) -> None:
    folder = tmp_path / "run"
    command = [sys.executable, "-m", "claims_env", "run", *SMALL, "--rounds", "60"]
    process = subprocess.Popen(
        [*command, "--out", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("round 0 (random opening)"):
            break
    process.send_signal(stop)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"claims-env resume {folder}" in out
    assert "Traceback" not in out + err
    assert len(read_rounds(folder)) >= 1
