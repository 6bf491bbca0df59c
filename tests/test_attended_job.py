"""Processes of a job: ended with all they started, and found again after our own death."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from worker_jobs import HERE, QUICK, alive, failure, job, wait_for

from claims_env.errors import TrackerFailed
from claims_env.job_folder import Beat
from claims_env.job_result import read_result
from claims_env.worker import Limits, is_dead, run_job

# Processes

STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"],
                         start_new_session=True)
open(sys.argv[1], "w").write("%d %d" % (os.getpid(), child.pid))
time.sleep(100)
"""


def stubborn(tmp_path: Path) -> tuple[Path, Path]:
    """Return a job whose program ignores every polite signal, as does a grandchild elsewhere."""
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    return job(
        tmp_path,
        f"""
job_files.beat(folder, 'train')
job_files.run_program([sys.executable, {str(tmp_path / "stubborn.py")!r}, str(folder / 'pids')],
    folder=folder, cwd=folder, env=None, phase='train', on_line=lambda line: None,
    stall_seconds=60, grace_seconds=0.1)
""",
    )


def test_ctrl_c_ends_the_program_its_grandchildren_and_then_us(tmp_path: Path) -> None:
    folder, script = stubborn(tmp_path)

    def interrupt(beat: Beat) -> None:
        wait_for(folder / "pids")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_job(folder, script, HERE, QUICK, interrupt)
    pids = [int(pid) for pid in (folder / "pids").read_text().split()]
    assert [pid for pid in pids if alive(pid)] == []
    told = read_result(folder)
    assert told is not None and told["error"]["kind"] == "cancelled"


def test_what_a_worker_leaves_behind_is_ended(tmp_path: Path) -> None:
    body = """
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(100)'],
                         start_new_session=True)
return {'printed': {'child': child.pid}}
"""
    folder, script = job(tmp_path, body)
    done = run_job(folder, script, HERE, QUICK)
    assert not alive(done["printed"]["child"])


def test_a_program_does_not_outlive_a_worker_that_is_killed(tmp_path: Path) -> None:
    body = """
job_files.beat(folder, 'train')
job_files.run_program([sys.executable, '-c', 'import os, time; '
    'open("pid", "w").write(str(os.getpid())); time.sleep(100)'], folder=folder, cwd=folder,
    env=None, phase='train', on_line=lambda line: None, stall_seconds=60)
"""
    folder, script = job(tmp_path, body)

    def kill_worker(beat: Beat) -> None:
        wait_for(folder / "pid")
        os.kill(json.loads((folder / "process.json").read_text())["pid"], signal.SIGKILL)

    with pytest.raises(TrackerFailed, match="Exit status: -9"):
        run_job(folder, script, HERE, QUICK, kill_worker)
    assert not alive(int((folder / "pid").read_text()))


# Our own death

OURS = """
import sys
from pathlib import Path
from claims_env.worker import Limits, run_job
from claims_env.worker_command import Launch
run_job(Path(sys.argv[1]), Path(sys.argv[2]), Launch(), Limits())
"""

LONG = """
open(folder / 'times', 'a').write('x')
job_files.beat(folder, 'train')
while not (folder / 'go').exists():
    job_files.beat(folder, 'train')
    time.sleep(0.02)
return {'printed': {'pid': os.getpid()}}
"""


def killed_owner(folder: Path, script: Path) -> None:
    """Start a job in a process of ours, and kill that process while the job runs."""
    ours = subprocess.Popen([sys.executable, "-c", OURS, str(folder), str(script)])
    try:
        wait_for(folder / "process.json")
        wait_for(folder / "heartbeat.json")
    finally:
        ours.kill()
        ours.wait()


def test_after_our_own_death_a_running_job_is_found_again(tmp_path: Path) -> None:
    folder, script = job(tmp_path, LONG)
    killed_owner(folder, script)
    assert not is_dead(folder)
    (folder / "go").touch()
    assert run_job(folder, script, HERE, QUICK)["status"] == "ok"
    assert (folder / "times").read_text() == "x"


def test_after_our_own_death_a_found_job_can_be_cancelled(tmp_path: Path) -> None:
    folder, script = job(tmp_path, LONG)
    killed_owner(folder, script)
    pid = json.loads((folder / "process.json").read_text())["pid"]
    limits = Limits(total=0.05, patience=0.2, mercy=0.2)
    assert "took longer than" in failure(folder, script, limits=limits)
    assert not alive(pid)


def test_a_job_whose_process_number_was_given_to_another_is_dead(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "job_files.beat(folder, 'train')\nos._exit(3)")
    failure(folder, script)
    said = json.loads((folder / "process.json").read_text())
    # the number now belongs to us, who began at another time
    (folder / "process.json").write_text(json.dumps({**said, "pid": os.getpid()}))
    assert is_dead(folder)
    assert "Exit status: unknown" in failure(folder, script)


def test_of_another_host_only_its_heartbeat_is_known(tmp_path: Path) -> None:
    folder, script = job(tmp_path, "return {}")
    said = {"command": "", "pid": os.getpid(), "pgid": 1, "host": "elsewhere", "started": 1}
    (folder / "process.json").write_text(json.dumps({**said, "at": time.time()}))
    (folder / "heartbeat.json").write_text('{"phase": "train"}')
    assert not is_dead(folder)
    told = failure(folder, script, limits=Limits(heartbeat=0.2, patience=0.1, mercy=0.1))
    assert "no sign of life for 0.2 s" in told
    assert is_dead(folder), "cancelled once, it is not waited for again"
    assert alive(os.getpid())
