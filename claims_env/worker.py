"""Runs one job of an outside tracker: starts its worker or finds it running, and waits for it."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims_env import process_group
from claims_env.attended_job import AttendedJob, cancel, find, start
from claims_env.errors import TrackerFailed
from claims_env.job_failure import job_failure
from claims_env.job_folder import SCHEMA, Beat, job_id, keep_exit, pulse, read_beat, read_process
from claims_env.job_result import read_result
from claims_env.worker_command import Launch, mark, shown

OnBeat = Callable[[Beat], None]

_POLL = 0.05
"""How often the job's folder is looked at, at first [s]; it grows tenfold while nothing happens."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a job is waited for.

    Attributes:
        start: Until the first heartbeat [s].
        heartbeat: Between two heartbeats [s].
        total: From the worker's start to its end, a queue's wait left out [s]; None for no limit.
            A job that it stops may still leave a result.
        patience: How long a cancelled job may take to stop by itself, leaving what it has [s].
        mercy: Between asking a process to end and killing it [s].
        linger: How long a job is waited for whose command has ended without a result while it may
            go on elsewhere, an `ssh` having lost its connection [s]; a network's file system may
            show a heartbeat a minute late.
    """

    start: float = 600.0
    heartbeat: float = 600.0
    total: float | None = None
    patience: float = 60.0
    mercy: float = 5.0
    linger: float = 90.0


@dataclass(frozen=True, slots=True)
class _Problem:
    """Why a job has to be stopped: its kind as in a result's error, and in words."""

    kind: str
    told: str


def run_job(
    folder: Path,
    program: Path,
    launch: Launch,
    limits: Limits,
    on_beat: OnBeat | None = None,
) -> dict[str, Any]:
    """Return the result of a job, `ok` or `partial`; see `conclude`.

    Raises:
        TrackerFailed: As `conclude`, or the result is `failed`.
    """
    result = conclude(folder, program, launch, limits, on_beat)
    if result["status"] == "failed":
        raise failure(folder, program, launch, result)
    return result


def conclude(
    folder: Path,
    program: Path,
    launch: Launch,
    limits: Limits,
    on_beat: OnBeat | None = None,
) -> dict[str, Any]:
    """Return the result of a job, whatever it says; where it left none, a failed one that says why.

    A finished job's result is read; a running job is waited for, whoever started it; one that
    nobody began is started. Whatever stops us, Ctrl-C included, cancels the job first, and waits
    for it to stop.

    Args:
        folder: The job's.
        program: The worker's script.
        launch: How to start it.
        limits: How long to wait.
        on_beat: Told of every heartbeat.

    Raises:
        TrackerFailed: It cannot be started, or what it left is damaged.
    """
    result = read_result(folder)
    if result is not None:
        return result
    attended = find(folder, program, launch) or start(folder, program, launch)
    try:
        problem = _wait(attended, limits, on_beat)
    except BaseException:
        cancel(attended, limits.patience, limits.mercy)
        raise
    if problem:
        cancel(attended, limits.patience, limits.mercy)
    process_group.end(attended.pid, mark(folder), patience=limits.mercy)
    with suppress(OSError):
        keep_exit(folder, attended.exit_status())
    result = read_result(folder)
    if result is None or (problem and result["status"] == "failed"):
        return _nothing(attended, problem)
    return result


def is_dead(folder: Path) -> bool:
    """Return whether a job was begun, has left no result, and is not going to leave one."""
    if read_result(folder) is not None:
        return False
    known = read_process(folder)
    if known is None:
        return pulse(folder) is not None or (folder / "cancel").exists()
    running = process_group.is_running(known)
    # nobody knows of other hosts; but what was cancelled there is not waited for twice
    return running is False or (running is None and (folder / "cancel").exists())


def failure(folder: Path, program: Path, launch: Launch, result: dict[str, Any]) -> TrackerFailed:
    """Return a failed result as an error that tells all there is to know."""
    error = result["error"] or {}
    told = f"{error.get('kind', 'failed')} in phase '{error.get('phase')}': {error.get('message')}"
    return job_failure(folder, shown(launch, program, folder), told, launch)


def _wait(attended: AttendedJob, limits: Limits, on_beat: OnBeat | None) -> _Problem | None:
    """Wait for a job's end; return what is wrong if it has to be stopped instead."""
    ended: float | None = None
    pause = _POLL
    while True:
        if _has_news(attended):
            pause = _POLL
            ended = None
            beat = read_beat(attended.folder)
            if beat is not None:
                # neither a queue's wait counts, nor what our clocks did while we were gone
                attended.began = time.monotonic() - beat.seconds
            if on_beat is not None and beat is not None:
                on_beat(beat)
        running, now = attended.is_running(), time.monotonic()
        done = (attended.folder / "result.json").exists()
        if running is False or done:
            ended = now if ended is None else ended
            # a worker that has written its result has no reason to stay
            if running is not True and (done or now - ended >= _linger(attended, limits)):
                return None
            if done and now - ended > limits.patience:
                return None
        problem = _overdue(attended, limits, now)
        if problem is not None and not done:
            return problem
        attended.rest(pause)
        pause = min(pause * 1.2, 10 * _POLL)


def _id(folder: Path) -> str:
    try:
        return job_id(folder)
    except TrackerFailed:
        return folder.name  # somebody has tidied up


def _has_news(attended: AttendedJob) -> bool:
    felt = pulse(attended.folder)
    if felt is None or felt == attended.last:
        return False
    attended.last, attended.heard = felt, time.monotonic()
    return True


def _linger(attended: AttendedJob, limits: Limits) -> float:
    """Return how long a job without process and result is waited for [s]."""
    goes_elsewhere = bool(attended.launch.prefix) and attended.last is not None
    return limits.linger if goes_elsewhere else 0.0


def _overdue(attended: AttendedJob, limits: Limits, now: float) -> _Problem | None:
    silent, begun = now - attended.heard, attended.last is not None
    if begun and limits.total is not None and now - attended.began > limits.total:
        return _Problem("cancelled", f"it took longer than {limits.total:g} s.")
    if not begun and silent > limits.start:
        within = f"within {limits.start:g} s of its start (external.start_seconds)"
        return _Problem("late", f"it gave no sign of life {within}.")
    if begun and silent > limits.heartbeat:
        return _Problem("hang", f"it gave no sign of life for {limits.heartbeat:g} s.")
    return None


def _nothing(attended: AttendedJob, problem: _Problem | None) -> dict[str, Any]:
    """Return what stands for the result of a job that left none."""
    beat = read_beat(attended.folder)
    kind = "crash" if problem is None else problem.kind
    told = "it ended without a result." if problem is None else f"{problem.told} It was stopped."
    return {
        "schema": SCHEMA, "id": _id(attended.folder), "status": "failed",
        "error": {"kind": kind, "phase": beat.phase if beat else "import", "message": told},
        "checkpoint": None, "dropped": [], "returned": [], "printed": {}, "num_envs": None,
        "versions": {}, "seconds": {},
    }  # fmt: skip
