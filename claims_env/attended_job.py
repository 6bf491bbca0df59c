"""A job that is being waited for: started by us, or found running, and cancelled."""

import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from claims_env import process_group
from claims_env.job_failure import job_failure
from claims_env.job_folder import explained, keep_process, pulse, read_process
from claims_env.job_result import read_result
from claims_env.process_group import ProcessIdentity
from claims_env.worker_command import Launch, command, environment, mark, shown

_POLL = 0.05  # [s]


@dataclass(slots=True)
class AttendedJob:
    """A job that is being waited for.

    Attributes:
        folder: The job's.
        process: Who was started to do it, as far as is known.
        child: The same as our own child; None if an earlier process of ours started it.
        began: When the worker began its work, as far as is known, on the monotonic clock [s].
        shown: Its command.
        launch: How it was started.
    """

    folder: Path
    process: ProcessIdentity | None
    child: "subprocess.Popen[bytes] | None"
    began: float
    shown: str
    launch: Launch
    heard: float = field(default_factory=time.monotonic)
    last: tuple[int, int, int] | None = None

    @property
    def pid(self) -> int | None:
        """The session to end, None if it may be somebody else's by now."""
        if self.child is not None:
            return self.child.pid
        here = self.process is not None and process_group.is_running(self.process)
        return self.process.pid if here and self.process else None

    def is_running(self) -> bool | None:
        """Return whether it still runs; None if that cannot be known from here."""
        if self.child is not None:
            return self.child.poll() is None
        return None if self.process is None else process_group.is_running(self.process)

    def rest(self, seconds: float) -> None:
        """Let time pass [s], or as much of it as our own child still takes to end."""
        if self.child is None or self.child.poll() is not None:
            time.sleep(seconds)
            return
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(seconds)

    def exit_status(self) -> str:
        """Return how it ended, in words."""
        if self.child is None:
            return "unknown (an earlier process started it)"
        status = self.child.poll()
        return "none, it was running" if status is None else str(status)


def cancel(attended: AttendedJob, patience: float, mercy: float) -> None:
    """Ask a job to stop, and end what is left of it.

    Args:
        attended: The job.
        patience: How long it may take to stop by itself [s].
        mercy: How long its processes then have before they are killed [s].
    """
    with suppress(OSError):
        (attended.folder / "cancel").touch()
    try:
        # whoever never spoke has nothing to leave, and may not listen either
        give_up = time.monotonic() + (0.0 if pulse(attended.folder) is None else patience)
        while time.monotonic() < give_up and _goes_on(attended):
            time.sleep(_POLL)
    finally:
        process_group.end(attended.pid, mark(attended.folder), patience=mercy)
        if attended.child is not None:
            attended.child.wait()


def _goes_on(attended: AttendedJob) -> bool:
    """Return whether a cancelled job may still have something to write."""
    if attended.is_running():
        return True
    remote = attended.is_running() is None or bool(attended.launch.prefix)
    return remote and read_result(attended.folder) is None and attended.last is not None


def start(folder: Path, program: Path, launch: Launch) -> AttendedJob:
    """Start a job's worker, and return it.

    Raises:
        TrackerFailed: It cannot be started, or its folder cannot be written.
    """
    line = shown(launch, program, folder)
    with explained(folder):
        out, err = (folder / "stdout.log").open("ab"), (folder / "stderr.log").open("ab")
    with out, err:
        try:
            child = subprocess.Popen(
                command(launch, program, folder),
                cwd=folder,
                env=environment(launch, folder),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        except OSError as error:
            raise job_failure(
                folder, line, f"it cannot be started ({error.strerror}).", launch
            ) from None
    process = process_group.identify(child.pid)
    attended = AttendedJob(folder, process, child, time.monotonic(), line, launch)
    try:
        with explained(folder):
            keep_process(folder, process, line, time.time())
    except BaseException:
        cancel(attended, 0.0, 0.0)
        raise
    return attended


def find(folder: Path, program: Path, launch: Launch) -> AttendedJob | None:
    """Return a job that somebody began, None if nobody did."""
    process = read_process(folder)
    if process is None and pulse(folder) is None:
        return None
    line = shown(launch, program, folder)
    return AttendedJob(folder, process, None, time.monotonic(), line, launch)
