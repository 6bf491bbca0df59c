"""The folder of one job of an outside tracker: what is asked, and what came of it.

    job.json            what is asked, with an identity that follows from it
    clips/, checkpoint/ what it is asked about
    worker/             the scripts that do it
    process.json        who was started to do it
    heartbeat.json      how far that is
    stdout.log, stderr.log
    cancel              asks for the job to stop
    result.json         what came of it; written last, all at once
    trajectories.npz    how clips were performed

A job is written beside its place and moved there whole, so that a folder without a job.json, or
with half of its clips, is never found.
"""

import errno
import hashlib
import json
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_env.durable_file import write_atomically
from claims_env.errors import TrackerFailed
from claims_env.process_group import ProcessIdentity

SCHEMA = 1
"""Version of job.json and result.json."""

LOGS = ("stdout.log", "stderr.log", "worker.log")
"""What a worker printed; the last while nobody listened."""

_TAIL = 20
"""Lines of a log that are told."""

_END = 64 << 10
"""Bytes of a log that are read for them."""


@dataclass(frozen=True, slots=True)
class Beat:
    """How far a job is, as its worker last said.

    Attributes:
        phase: import, convert, sim, load, train, evaluate or write.
        fraction: Share of the phase that is done, 0 to 1, where it is known.
        note: A few words for a person.
        seconds: How long the worker has been at work, by its own clock [s].
    """

    phase: str
    fraction: float | None = None
    note: str = ""
    seconds: float = 0.0


def identity(kind: str, content: Mapping[str, Any]) -> str:
    """Return the name of a job, which follows from all that is asked."""
    said = json.dumps({"kind": kind, **content}, sort_keys=True, separators=(",", ":"))
    return f"{kind}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def attempts(jobs: Path, name: str) -> list[Path]:
    """Return the folders in which a job was tried so far, oldest first."""
    found = [path for path in jobs.glob(f"{name}*") if _number(path, name) is not None]
    return sorted(found, key=lambda path: _number(path, name) or 0)


def write_job(jobs: Path, name: str, job: Mapping[str, Any], fill: Callable[[Path], None]) -> Path:
    """Write a new attempt at a job, all at once or not at all, and return its folder.

    Args:
        jobs: Where jobs lie.
        name: The job's identity.
        job: What job.json says; `schema` and `id` are added.
        fill: Writes the other files into the folder it is given.

    Raises:
        TrackerFailed: The folder cannot be written.
    """
    with explained(jobs):
        before = attempts(jobs, name)
        number = 1 + ((_number(before[-1], name) or 1) if before else 0)
        place = jobs / (name if number == 1 else f"{name}-{number}")
        partial = jobs / f".{place.name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        try:
            fill(partial)
            text = json.dumps({"schema": SCHEMA, "id": name, **job}, indent=1) + "\n"
            write_atomically(partial / "job.json", text.encode())
            partial.rename(place)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return place


def job_id(folder: Path) -> str:
    """Return the identity of the job in a folder.

    Raises:
        TrackerFailed: There is no readable job.
    """
    job = read_json(folder / "job.json")
    if not isinstance(job, dict) or job.get("schema") != SCHEMA or "id" not in job:
        raise TrackerFailed(
            f"{folder / 'job.json'} is no job of schema {SCHEMA}. Delete that folder, and the job "
            "is written anew."
        )
    return str(job["id"])


def read_beat(folder: Path) -> Beat | None:
    """Return how far the job says it is, None if it has said nothing readable."""
    said = read_json(folder / "heartbeat.json")
    if not isinstance(said, dict) or "phase" not in said:
        return None
    fraction, seconds = (_figure(said.get(name)) for name in ("fraction", "seconds"))
    return Beat(str(said["phase"]), fraction, str(said.get("note", "")), seconds or 0.0)


def _figure(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def pulse(folder: Path) -> tuple[int, int, int] | None:
    """Return what changes with every heartbeat, None before the first."""
    try:
        stat = (folder / "heartbeat.json").stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def keep_process(folder: Path, process: ProcessIdentity, shown: str, at: float) -> None:
    """Record who was started to do the job, with what command, and when [s since 1970]."""
    said = {
        "command": shown, "pid": process.pid, "pgid": process.pid,
        "host": process.host, "started": process.started, "at": at,
    }  # fmt: skip
    write_atomically(folder / "process.json", (json.dumps(said, indent=1) + "\n").encode())


def keep_exit(folder: Path, status: str) -> None:
    """Record how the process that was started has ended, in words."""
    said = read_json(folder / "process.json")
    if isinstance(said, dict):
        content = json.dumps({**said, "exit_status": status}, indent=1) + "\n"
        write_atomically(folder / "process.json", content.encode(), lasting=False)


def read_exit(folder: Path) -> str:
    """Return how the process that was started has ended, in words, where that is known."""
    said = read_json(folder / "process.json")
    return str(said.get("exit_status", "unknown")) if isinstance(said, dict) else "none was started"


def read_process(folder: Path) -> ProcessIdentity | None:
    """Return who was started to do the job; None if nobody was."""
    said = read_json(folder / "process.json")
    try:
        return ProcessIdentity(int(said["pid"]), str(said["host"]), said["started"])
    except (KeyError, TypeError, ValueError):
        return None


def log_tail(folder: Path) -> str:
    """Return the last lines of what the worker printed, empty if it printed nothing."""
    tails = [(name, _last_lines(folder / name)) for name in LOGS]
    return "\n".join(f"--- {name}\n{tail}" for name, tail in tails if tail)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals into ours.

    Raises:
        TrackerFailed: The folder cannot be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise TrackerFailed(
                f"The disk is full; nothing was half-written in {folder}. Free some space (old "
                "jobs may be deleted), then resume the run."
            ) from error
        raise TrackerFailed(
            f"{folder} cannot be written ({error.strerror or error}). Name another place with "
            "--external.jobs."
        ) from error


def read_json(path: Path) -> Any:
    """Return what a JSON file says, None where it cannot be read."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _last_lines(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _END, 0))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(deque(text.splitlines(), _TAIL))


def _number(path: Path, name: str) -> int | None:
    """Return which attempt a folder is, from 1; None if it is none at this job."""
    if path.name == name:
        return 1
    rest = path.name.removeprefix(f"{name}-")
    return int(rest) if rest != path.name and rest.isdigit() else None
