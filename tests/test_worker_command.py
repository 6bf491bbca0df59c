"""A worker on another host: its command through ssh and others, and what stays secret."""

import shlex
import sys
from pathlib import Path

import pytest
from worker_jobs import QUICK, failure, job

from claims_env.worker import run_job
from claims_env.worker_command import Launch, command, shown

# Elsewhere

FAKE_SSH = """#!{python}
import os, subprocess, sys
# ssh joins its words with spaces, and the shell over there takes them apart again
sys.exit(subprocess.call(["sh", "-c", " ".join(sys.argv[2:])]))
"""


def executable(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.format(python=sys.executable))
    path.chmod(0o755)
    return path


def test_a_job_goes_through_ssh_with_spaces_and_quotes_in_its_path(tmp_path: Path) -> None:
    ssh = executable(tmp_path / "bin" / "ssh", FAKE_SSH)
    body = "return {'printed': {'gpu': os.environ['GPU'], 'argv': sys.argv[1]}}"
    folder, script = job(tmp_path / "it's $HOME; a (place)", body)
    launch = Launch(prefix=(str(ssh), "gpu3"), environment={"GPU": "the 'big' one"})
    done = run_job(folder, script, launch, QUICK)
    assert done["printed"] == {"gpu": "the 'big' one", "argv": str(folder)}


def test_a_job_goes_through_a_prefix_that_takes_words_as_they_are(tmp_path: Path) -> None:
    srun = executable(tmp_path / "srun", '#!/bin/sh\nshift\nexec "$@"\n')
    folder, script = job(tmp_path / "a $place", "return {'printed': dict(gpu=os.environ['GPU'])}")
    launch = Launch(prefix=(str(srun), "--gpus=1"), environment={"GPU": "1 2"})
    assert run_job(folder, script, launch, QUICK)["printed"] == {"gpu": "1 2"}


def test_ssh_within_ssh_is_quoted_twice() -> None:
    launch = Launch(python=("py",), prefix=("ssh", "jump", "ssh", "gpu"))
    words = command(launch, Path("w.py"), Path("/a b"))
    assert words[:4] == ["ssh", "jump", "ssh", "gpu"]
    assert shlex.split(shlex.split(words[4])[0]) == ["py", "-u", "w.py", "/a b"]


LOST = """#!{python}
import subprocess, sys
subprocess.Popen(sys.argv[1:], start_new_session=True, env={{}}, stdout=subprocess.PIPE)
import time; time.sleep(0.5)
sys.exit(255)
"""


def test_a_job_is_waited_for_when_the_connection_to_it_breaks(tmp_path: Path) -> None:
    lost = executable(tmp_path / "lost", LOST)
    body = """
for i in range(12):
    job_files.beat(folder, 'train', None, str(i))
    time.sleep(0.1)
job_files.run_program(['echo', 'still here'], folder=folder, cwd=folder, env=None, phase='train',
    on_line=lambda line: None, stall_seconds=9)
return {}
"""
    folder, script = job(tmp_path, body)
    assert run_job(folder, script, Launch(prefix=(str(lost),)), QUICK)["status"] == "ok"
    assert "still here" in (folder / "worker.log").read_text()


def test_a_prefix_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    text = "#!/bin/sh\necho 'ssh: connect to host gpu3: Connection refused' >&2\nexit 255\n"
    ssh = executable(tmp_path / "ssh", text)
    folder, script = job(tmp_path, "return {}")
    told = failure(folder, script, Launch(prefix=(str(ssh), "gpu3")))
    assert "Connection refused" in told and "Exit status: 255" in told


# Secrets


def test_no_secret_of_the_environment_reaches_a_worker_or_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_API_KEY", "sk-very-secret-indeed")
    body = (
        "print('sk-very-secret-indeed', os.environ.get('SOME_API_KEY'), flush=True)\nraise OSError"
    )
    folder, script = job(tmp_path, body)
    launch = Launch(environment={"PLACE_TOKEN": "tok-also-secret"})
    told = failure(folder, script, launch)
    assert "*** None" in told and "sk-very-secret-indeed" not in told
    assert "tok-also-secret" not in (folder / "process.json").read_text()


def test_a_command_is_shown_without_the_values_of_its_environment() -> None:
    launch = Launch(python=("py",), prefix=("srun",), environment={"A": "hidden"})
    assert shown(launch, Path("w.py"), Path("f")) == "srun env 'A=***' py -u w.py f"
