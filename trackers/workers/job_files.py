"""The worker's half of a job: its folder's files, its program's process group, its result.

Runs under Python 3.8 with the standard library alone, beside the worker's script.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = 1
"""Version of job.json and result.json."""

PHASES = ("import", "convert", "sim", "load", "train", "evaluate", "write")
"""Every phase a heartbeat may name, in their usual order."""

KINDS = (
    "invalid_input", "missing", "crash", "oom", "hang", "cancelled", "disk_full", "bad_output"
)  # fmt: skip
"""Every kind of error a result may hold."""

_RESERVE = 65536
"""Bytes kept free from the start, so that a full disk can still be told [bytes]."""

_TAIL = 20
"""Lines of a traceback that are told."""


class WorkerError(Exception):
    """The job cannot be done; `kind` is one of `KINDS`, `phase` one of `PHASES`."""

    def __init__(self, kind: str, phase: str, message: str) -> None:
        super().__init__(message)
        self.kind, self.phase, self.message = kind, phase, message


class _Watch:
    """What this process knows of its own course."""

    def __init__(self) -> None:
        self.phase, self.note = "import", ""
        self.fraction: float | None = None
        self.began = self.since = time.monotonic()
        self.seconds: dict[str, float] = {}
        self.stopped = False

    def enter(self, phase: str) -> None:
        now = time.monotonic()
        self.seconds[self.phase] = self.seconds.get(self.phase, 0.0) + now - self.since
        self.phase, self.since = phase, now


_WATCH = _Watch()


def read_job(folder: str | Path) -> dict[str, Any]:
    """Return what job.json asks for.

    Raises:
        WorkerError: It cannot be read, is no job, or is of another version.
    """
    path = Path(folder) / "job.json"
    try:
        job = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WorkerError("invalid_input", "import", f"{path} cannot be read ({error}).") from error
    if not isinstance(job, dict) or job.get("schema") != SCHEMA:
        raise WorkerError(
            "invalid_input", "import", f"{path} is no job of schema {SCHEMA}. Write it again."
        )
    return job


def beat(folder: str | Path, phase: str, fraction: float | None = None, note: str = "") -> None:
    """Say how far the job is; called at least once a phase, and as often as there is news.

    Args:
        folder: The job's.
        phase: One of `PHASES`.
        fraction: Share of the phase that is done, 0 to 1, where it is known.
        note: A few words for a person.
    """
    if phase != _WATCH.phase:
        _WATCH.enter(phase)
    _WATCH.fraction, _WATCH.note = fraction, note
    lasted = time.monotonic() - _WATCH.began
    told = {
        "phase": phase, "fraction": fraction, "note": note, "at": time.time(), "seconds": lasted
    }  # fmt: skip
    write_json(Path(folder) / "heartbeat.json", told, lasting=False)


def still_alive(folder: str | Path) -> None:
    """Repeat the last heartbeat: there is no news, but the worker lives."""
    beat(folder, _WATCH.phase, _WATCH.fraction, _WATCH.note)


def cancelled(folder: str | Path) -> bool:
    """Return whether the job is to stop: a file `cancel` lies in its folder, or a signal came."""
    return _WATCH.stopped or (Path(folder) / "cancel").exists()


def write_json(path: str | Path, content: Any, lasting: bool = True) -> None:
    """Write a JSON file all at once or not at all; `lasting` waits until it is on disk."""
    text = json.dumps(content, indent=1).encode("utf-8")
    write_whole(path, lambda file: file.write(text), lasting)


def write_whole(path: str | Path, write: Callable[[BinaryIO], Any], lasting: bool = True) -> None:
    """Write a file all at once or not at all.

    Args:
        path: Where to.
        write: Writes what is in it into an open file.
        lasting: Wait until it is on disk.
    """
    path = Path(path)
    partial = path.with_name("." + path.name + ".partial")
    with partial.open("wb") as file:
        write(file)
        if lasting:
            file.flush()
            os.fsync(file.fileno())
    os.replace(str(partial), str(path))


def sha256(path: str | Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def run_program(
    command: list[str],
    *,
    folder: str | Path,
    cwd: str | Path,
    env: dict[str, str] | None,
    phase: str,
    on_line: Callable[[str], None] | None = None,
    stall_seconds: float | None = None,
    grace_seconds: float = 10.0,
) -> int:
    """Run the tracker's own program to its end, and return its exit status.

    It gets a process group of its own and no input; what it prints appears in our own output.
    The heartbeat goes on while it is silent, in whatever phase was told last.

    Args:
        command: The program and its arguments.
        folder: The job's.
        cwd: Where it runs.
        env: Its whole environment; None takes ours.
        phase: Named if it has to be stopped.
        on_line: Called with every line it prints, without the line's end.
        stall_seconds: How long it may print nothing [s]; None allows any silence.
        grace_seconds: How long it has to end after each signal [s].

    Raises:
        WorkerError: It cannot be started, was cancelled, or printed nothing for too long.
    """
    import program_run

    return program_run.run(
        command,
        folder=Path(folder),
        cwd=cwd,
        env=env,
        phase=phase,
        on_line=on_line,
        stall_seconds=stall_seconds,
        grace_seconds=grace_seconds,
    )


def main(run: Callable[[dict[str, Any], Path], dict[str, Any]]) -> None:
    """Do the job whose folder is the first argument, and leave with 0 if it was done.

    Args:
        run: Does it, and returns what differs from an empty result: status, checkpoint, dropped,
            returned, printed, num_envs, versions. An error of any sort becomes a failed result.
    """
    folder = Path(sys.argv[1]).resolve()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    # whoever started us may go away; the work goes on, and is found again
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    reserve = folder / ".reserve"
    with contextlib.suppress(OSError):
        reserve.write_bytes(b"\0" * _RESERVE)
    result = _outcome(run, folder)
    with contextlib.suppress(OSError):
        reserve.unlink()
    write_json(folder / "result.json", result)
    sys.exit(0 if result["status"] == "ok" else 1)


def _outcome(run: Callable[[dict[str, Any], Path], dict[str, Any]], folder: Path) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "schema": SCHEMA, "id": folder.name, "status": "ok", "error": None, "checkpoint": None,
        "dropped": [], "returned": [], "printed": {}, "num_envs": None, "versions": {},
    }  # fmt: skip
    try:
        beat(folder, "import")
        job = read_job(folder)
        empty["id"], empty["num_envs"] = job.get("id"), job.get("num_envs")
        result = {**empty, **run(job, folder)}
    except Exception as error:
        result = {**empty, "status": "failed", "error": _told(error)}
        with contextlib.suppress(OSError):
            sys.stderr.write("".join(traceback.format_exception(None, error, error.__traceback__)))
    _WATCH.enter(_WATCH.phase)
    return {**result, "seconds": {k: round(v, 3) for k, v in _WATCH.seconds.items()}}


def _told(error: Exception) -> dict[str, str]:
    """Return an error as a result tells it."""
    if isinstance(error, WorkerError):
        return {"phase": error.phase, "kind": error.kind, "message": error.message}
    lines = "".join(traceback.format_exception(None, error, error.__traceback__)).splitlines()
    return {"phase": _WATCH.phase, "kind": _kind(error), "message": "\n".join(lines[-_TAIL:])}


def _kind(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk_full"
    if isinstance(error, ImportError):
        return "missing"
    return "oom" if isinstance(error, MemoryError) else "crash"


def _stop(number: int, frame: object) -> None:
    _WATCH.stopped = True
