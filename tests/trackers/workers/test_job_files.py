"""The worker's half of a job keeps to Python 3.8, whose grammar and library the trackers have."""

import ast
import json
import shutil
import subprocess
from pathlib import Path

import pytest

WORKERS = Path(__file__).resolve().parents[3] / "trackers" / "workers"

WORKER = """
import sys
sys.path.insert(0, sys.argv[2])
import job_files

def run(job, folder):
    lines = []
    status = job_files.run_program(
        [sys.executable, "-c", "print('epoch 1'); print('epoch 2', end='')"], folder=folder,
        cwd=folder, env=None, phase="train", on_line=lines.append, stall_seconds=60)
    printed = {"lines": lines, "status": status}
    return {"printed": printed, "versions": {"python": sys.version_info[:2]}}

job_files.main(run)
"""


def old_python() -> str:
    versions = (Path.home() / ".pyenv" / "versions").glob("3.8*/bin/python")
    for path in [*map(str, sorted(versions)), shutil.which("python3.8")]:
        # a shim may lie on the path, with nothing behind it
        if path is not None and subprocess.run([path, "-c", ""], check=False).returncode == 0:
            return path
    pytest.skip("there is no Python 3.8 here")


@pytest.mark.parametrize("path", sorted(WORKERS.glob("*.py")), ids=lambda path: path.stem)
def test_a_worker_is_written_in_the_grammar_of_3_8(path: Path) -> None:
    ast.parse(path.read_text("utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("path", sorted(WORKERS.glob("*.py")), ids=lambda path: path.stem)
def test_a_worker_knows_nothing_of_this_package(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    named = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    named += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [name for name in named if name.split(".")[0] == "claims_env"] == []


def test_a_job_is_done_under_python_3_8(tmp_path: Path) -> None:
    python = old_python()
    script = tmp_path / "worker.py"
    script.write_text(WORKER)
    (tmp_path / "job.json").write_text(json.dumps({"schema": 1, "id": "train-1", "num_envs": 512}))
    subprocess.run([python, str(script), str(tmp_path), str(WORKERS)], check=True, timeout=60)
    result = json.loads((tmp_path / "result.json").read_text())
    assert (result["status"], result["id"], result["num_envs"]) == ("ok", "train-1", 512)
    assert result["printed"] == {"lines": ["epoch 1", "epoch 2"], "status": 0}
    assert result["versions"] == {"python": [3, 8]}
    assert json.loads((tmp_path / "heartbeat.json").read_text())["phase"] == "import"


def test_a_job_of_another_schema_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "worker.py"
    script.write_text(WORKER)
    (tmp_path / "job.json").write_text('{"schema": 2}')
    done = subprocess.run(
        [old_python(), str(script), str(tmp_path), str(WORKERS)],
        timeout=60,
        stderr=subprocess.DEVNULL,
    )
    result = json.loads((tmp_path / "result.json").read_text())
    assert done.returncode == 1 and result["error"]["kind"] == "invalid_input"
