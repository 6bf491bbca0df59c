"""Two runs of ours that share a folder of jobs."""

import subprocess
import sys
from pathlib import Path

from worker_jobs import wait_for

from claims_env.job_lock import held

HOLD = """
import sys, time
from pathlib import Path
from claims_env.job_lock import held
folder = Path(sys.argv[1])
with held(folder):
    (folder / sys.argv[2]).write_text("holds")
    while not (folder / "go").exists():
        time.sleep(0.01)
    (folder / sys.argv[2]).write_text("leaves")
"""


def holder(folder: Path, name: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", HOLD, str(folder), name], stderr=subprocess.PIPE)


def test_who_comes_second_waits_and_says_so(tmp_path: Path) -> None:
    first = holder(tmp_path, "first")
    wait_for(tmp_path / "first")
    second = holder(tmp_path, "second")
    assert second.stderr is not None and first.stderr is not None
    assert b"Another process is at work in" in second.stderr.readline()
    assert not (tmp_path / "second").exists()
    (tmp_path / "go").touch()
    assert (first.wait(), second.wait()) == (0, 0)
    assert (tmp_path / "second").read_text() == "leaves"
    for process in (first, second):
        assert process.stderr is not None
        process.stderr.close()


def test_a_lock_goes_with_whoever_is_killed(tmp_path: Path) -> None:
    first = holder(tmp_path, "first")
    wait_for(tmp_path / "first")
    first.kill()
    first.communicate()
    with held(tmp_path):
        assert (tmp_path / "first").read_text() == "holds"


def test_a_folder_that_is_gone_keeps_nobody_out(tmp_path: Path) -> None:
    with held(tmp_path / "nowhere"):
        assert not (tmp_path / "nowhere").exists()
