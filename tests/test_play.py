"""Continuing a run: only with what it began with, and cleanly stopped from outside."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from claims_env.cli import main
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
