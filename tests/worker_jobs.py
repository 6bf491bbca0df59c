"""Jobs with small workers of their own: what the tests of jobs build on."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from claims_env import process_group
from claims_env.errors import TrackerFailed
from claims_env.job_folder import write_job
from claims_env.worker import Limits, run_job
from claims_env.worker_command import Launch

WORKERS = Path(__file__).resolve().parents[1] / "trackers" / "workers"
QUICK = Limits(start=20.0, heartbeat=20.0, patience=10.0, mercy=0.3, linger=5.0)
HERE = Launch()

BEGIN = f"""
import os, subprocess, sys, time
sys.path.insert(0, {str(WORKERS)!r})
import job_files
"""


def job(tmp_path: Path, body: str, name: str = "train-0123456789ab") -> tuple[Path, Path]:
    """Write a job whose worker does what a body of Python says, and return folder and script."""

    def fill(folder: Path) -> None:
        text = "\n".join(f"    {line}" for line in body.strip().splitlines())
        script = f"{BEGIN}\ndef run(job, folder):\n{text}\n\njob_files.main(run)\n"
        (folder / "worker.py").write_text(script)

    folder = write_job(tmp_path / "jobs", name, {"kind": "train", "num_envs": 512}, fill)
    return folder, folder / "worker.py"


def result(job_id: str, **other: Any) -> str:
    empty = {
        "schema": 1, "id": job_id, "status": "ok", "error": None, "checkpoint": None,
        "dropped": [], "returned": [], "printed": {}, "num_envs": None, "versions": {},
        "seconds": {},
    }  # fmt: skip
    return json.dumps({**empty, **other})


def failure(folder: Path, script: Path, launch: Launch = HERE, limits: Limits = QUICK) -> str:
    with pytest.raises(TrackerFailed) as caught:
        run_job(folder, script, launch, limits)
    return str(caught.value)


def alive(pid: int) -> bool:
    return process_group.is_running(process_group.identify(pid)) is True


def wait_for(path: Path) -> str:
    for _ in range(2000):
        if path.exists() and path.read_text():
            return path.read_text()
        time.sleep(0.01)
    raise AssertionError(f"{path} never came")
