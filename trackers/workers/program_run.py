"""Runs a tracker's own program: its process group, its output line by line, its end.

Runs under Python 3.8 with the standard library alone; the worker's `job_files.run_program`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import job_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_POLL = 0.1
"""How often a cancel, the silence and the program's end are looked for [s]."""

_BEAT = 5.0
"""How often the heartbeat goes on while there is no news [s]."""

_LONGEST = 65536
"""Bytes after which a line without an end is taken for one [bytes]."""

_MOST = 256 << 20
"""Bytes of a program's output that are passed on; one that repeats itself would fill the disk."""

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, linux/prctl.h


def run(
    command: list[str],
    *,
    folder: Path,
    cwd: str | Path,
    env: dict[str, str] | None,
    phase: str,
    on_line: Callable[[str], None] | None,
    stall_seconds: float | None,
    grace_seconds: float,
) -> int:
    """See `job_files.run_program`."""
    program = _started(command, cwd, env, phase)
    try:
        lines = _Lines(program, folder, on_line)
        _attend(lines, folder, phase, stall_seconds)
        return program.wait()
    finally:
        _end(program, grace_seconds)
        if program.stdout is not None:
            program.stdout.close()


class _Lines:
    """The output of a program, passed on line by line."""

    def __init__(
        self,
        program: subprocess.Popen[bytes],
        folder: Path,
        on_line: Callable[[str], None] | None,
    ) -> None:
        assert program.stdout is not None
        self.program, self._folder, self._on_line = program, folder, on_line
        self._pipe = program.stdout.fileno()
        self._rest = b""
        self._left = _MOST
        self.last = ""
        self.heard = time.monotonic()

    def read(self, timeout: float) -> bool:
        """Pass on what comes within a time [s]; return whether the output has ended."""
        if not select.select([self._pipe], [], [], timeout)[0]:
            return False
        block = os.read(self._pipe, 1 << 16)
        if not block:
            self._pass_on(self._rest)
            self._rest = b""
            return True
        self.heard = time.monotonic()
        if self._left > 0:
            self._left -= len(block)
            last = b"" if self._left > 0 else b"\n[whatever it prints from here on is left out]\n"
            _echo(block + last, self._folder)
        # progress bars end their lines with a carriage return
        *whole, self._rest = (self._rest + block).replace(b"\r", b"\n").split(b"\n")
        if len(self._rest) > _LONGEST:
            whole, self._rest = [*whole, self._rest], b""
        for line in whole:
            self._pass_on(line)
        return False

    def _pass_on(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace")
        if text.strip():
            self.last = text
            if self._on_line is not None:
                self._on_line(text)


def _attend(lines: _Lines, folder: Path, phase: str, stall_seconds: float | None) -> None:
    """Follow a program until its output ends, or it has ended and says no more."""
    beaten = time.monotonic()
    while not lines.read(_POLL):
        if job_files.cancelled(folder):
            raise job_files.WorkerError("cancelled", phase, "The job was cancelled.")
        now = time.monotonic()
        if now - beaten > _BEAT:
            beaten = now
            job_files.still_alive(folder)
        if lines.program.poll() is not None:
            # a grandchild may hold the output open; it has no more to say that counts
            if now - lines.heard > 10 * _POLL:
                return
        elif stall_seconds is not None and now - lines.heard > stall_seconds:
            raise job_files.WorkerError("hang", phase, _hung(lines, stall_seconds))


def _hung(lines: _Lines, stall_seconds: float) -> str:
    said = "its last line was: " + lines.last[:300] if lines.last else "it had printed nothing."
    return f"The program printed nothing for {stall_seconds:g} s and was stopped; {said}"


def _started(
    command: list[str], cwd: str | Path, env: dict[str, str] | None, phase: str
) -> subprocess.Popen[bytes]:
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    try:
        return subprocess.Popen(
            command,
            cwd=str(cwd),
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=_own_group(os.getpid()),
        )
    except OSError as error:
        raise job_files.WorkerError(
            "missing", phase, f"'{command[0]}' cannot be started ({error})."
        ) from error


def _own_group(parent: int) -> Callable[[], None]:
    """Return what a child does first: lead its own group, and die with us if we are killed."""
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        prctl = None

    def prepare() -> None:
        # the session stays ours, so that whoever looks for what we left behind finds it
        os.setpgid(0, 0)
        if prctl is not None:
            prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return prepare


def _end(program: subprocess.Popen[bytes], grace_seconds: float) -> None:
    """End a program and everything it started, politely first."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if program.poll() is not None:
            break
        _signal(program.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.wait(grace_seconds)
    _signal(program.pid, signal.SIGKILL)  # what it started itself


def _signal(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _echo(block: bytes, folder: Path) -> None:
    """Print what the program printed; where nobody listens any more, into a file instead."""
    rest = block
    while rest:
        try:
            rest = rest[os.write(1, rest) :]
        except BrokenPipeError:
            _listen_alone(folder)
        except OSError:
            return  # a full disk: the work is worth more than its log


def _listen_alone(folder: Path) -> None:
    """Send our output to a file of the job's folder, whoever read it being gone."""
    log = os.open(str(folder / "worker.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
