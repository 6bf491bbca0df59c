"""An outside tracker's interpreter, asked about itself; it has a time limit, and is ended after."""

import json
import shlex
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims_env import process_group
from claims_env.assembly.diagnosis import probe_code
from claims_env.external_config import ExternalConfig, interpreter
from claims_env.worker_command import Launch, command, environment, mark, struck

TIME_LIMIT_S = 300.0
"""How long an interpreter may take to answer, a simulator's import and a queue's wait included [s];
each thing it tries has a shorter limit of its own."""

_MARK = "@claims "
_LONGEST = 300
"""Characters of what it said that are shown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an interpreter said.

    Attributes:
        told: What was found there; nothing if it did not say.
        problem: Why it did not.
        cure: What to do about it.
    """

    told: dict[str, Any] = field(default_factory=dict[str, Any])
    problem: str = ""
    cure: str = ""


def asked(
    tracker: str, external: ExternalConfig, simulator: str, time_limit_s: float = TIME_LIMIT_S
) -> Answer:
    """Return what a tracker's interpreter says of itself.

    It is started as a job's worker would be, prefix included, but needs no shared folder. Nothing
    that is returned holds a secret of our environment.

    Args:
        tracker: Which: phc or masked_mimic.
        external: Where and how it runs.
        simulator: What masked_mimic trains in.
        time_limit_s: After which it is ended [s].
    """
    gpu = {} if external.gpu is None else {"CUDA_VISIBLE_DEVICES": str(external.gpu)}
    # what follows the code is words to it, as a script's name and folder are to a worker
    python = (*interpreter(external), "-c", probe_code(tracker))
    launch = Launch(python, tuple(shlex.split(external.prefix)), gpu)
    repository = (external.repository or Path()).expanduser().absolute()
    with tempfile.TemporaryDirectory() as folder:
        try:
            status, out, err = _run(
                command(launch, Path(simulator), repository), launch, Path(folder), time_limit_s
            )
        except OSError as error:
            return Answer({}, f"cannot be started ({error.strerror})", _cure(external))
    answer = _read(status, struck(out, launch), struck(err, launch))
    if answer.told:
        return answer
    return Answer({}, answer.problem, _cure(external))


def _run(
    words: list[str], launch: Launch, folder: Path, time_limit_s: float
) -> tuple[int | None, str, str]:
    """Return the exit status, None if time was up, and both outputs."""
    child = subprocess.Popen(
        words,
        cwd=folder,
        env=environment(launch, folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
        errors="replace",
    )
    try:
        out, err = child.communicate(timeout=time_limit_s)
        return child.returncode, out, err
    except subprocess.TimeoutExpired:
        return None, "", f"not done after {time_limit_s:g} s"
    finally:
        process_group.end(child.pid, mark(folder), patience=1.0)
        child.communicate()


def _read(status: int | None, out: str, err: str) -> Answer:
    for line in out.splitlines():
        if line.startswith(_MARK):
            told: dict[str, Any] = json.loads(line[len(_MARK) :])
            return Answer(told)
    if status is None:
        return Answer({}, err)
    last = [line for line in err.splitlines() if line.strip()][-1:]
    said = f": {last[0].strip()[:_LONGEST]}" if last else ", and said nothing"
    return Answer({}, f"ended with exit status {status}{said}")


def _cure(external: ExternalConfig) -> str:
    words = [*shlex.split(external.prefix), *interpreter(external), "-V"]
    return f"It has to be Python 3.8 or newer. Try: {shlex.join(words)}"
