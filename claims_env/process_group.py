"""Processes that were started earlier, perhaps by another of us: who they are, and their end."""

import os
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_POLL = 0.02  # [s]


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """Which process it is, so that another with the same number is not taken for it.

    Attributes:
        pid: Its number; it leads a session, and so a group, of the same number.
        host: Where: the host's name, its boot and its namespace of process numbers.
        started: When, in ticks since that boot (field 22 of /proc/PID/stat); None where there is
            no /proc.
    """

    pid: int
    host: str
    started: int | None


def identify(pid: int) -> ProcessIdentity:
    """Return who a running process is."""
    stat = _stat(pid)
    return ProcessIdentity(pid, this_host(), None if stat is None else int(stat[19]))


def this_host() -> str:
    """Return a name for this host, from this boot to the next, as processes here are numbered."""
    name = socket.gethostname()
    with suppress(OSError):
        name += " " + (_PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()
        name += " " + os.readlink(_PROC / "self/ns/pid")
    return name


def is_running(process: ProcessIdentity) -> bool | None:
    """Return whether it still runs; None if that cannot be known from here."""
    if process.host != this_host() or process.started is None:
        return None
    stat = _stat(process.pid)
    return stat is not None and stat[0] not in "ZX" and int(stat[19]) == process.started


def members(pid: int | None, mark: Mapping[str, str]) -> list[int]:
    """Return the processes of a session, and those that carry a mark in their environment.

    Args:
        pid: The session's leader; None looks for the mark alone.
        mark: One environment variable; grandchildren inherit it, whatever session they made.
    """
    ((name, value),) = mark.items()
    marked = f"{name}={value}".encode()
    return [
        p
        for p in _everyone()
        if (pid is not None and _session(p) == pid) or marked in _environment(p)
    ]


def end(pid: int | None, mark: Mapping[str, str], *, patience: float = 5.0) -> None:
    """End every process of a job: SIGTERM first, and SIGKILL for what is left after a while [s]."""
    left = members(pid, mark)
    _send(left, signal.SIGTERM)
    give_up = time.monotonic() + patience
    while left and time.monotonic() < give_up:
        time.sleep(_POLL)
        left = members(pid, mark)
    kill(pid, mark)


def kill(pid: int | None, mark: Mapping[str, str]) -> None:
    """Kill every process of a job at once, those included that are started meanwhile."""
    give_up = time.monotonic() + 5.0
    while (left := members(pid, mark)) and time.monotonic() < give_up:
        _send(left, signal.SIGKILL)
        time.sleep(_POLL)


def _send(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(process, number)


def _everyone() -> Iterator[int]:
    """Yield every process but this one and those that have ended and only wait to be told of."""
    with suppress(OSError):
        for entry in os.scandir(_PROC):
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                stat = _stat(int(entry.name))
                if stat is not None and stat[0] not in "ZX":
                    yield int(entry.name)


def _session(pid: int) -> int | None:
    stat = _stat(pid)
    return None if stat is None else int(stat[3])


def _environment(pid: int) -> list[bytes]:
    try:
        return (_PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _stat(pid: int) -> list[str] | None:
    """Return the fields of /proc/PID/stat from the third on, the state; None if there is none."""
    try:
        text = (_PROC / str(pid) / "stat").read_text("utf-8", "replace")
    except OSError:
        return None
    # the second field is the command, in brackets, and may hold anything
    return text.rpartition(")")[2].split()
