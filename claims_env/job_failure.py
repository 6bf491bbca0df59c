"""How a job's failure is told: command, exit status, last phase, end of the log, folder."""

import shutil
from contextlib import suppress
from pathlib import Path

from claims_env.errors import TrackerFailed
from claims_env.job_folder import log_tail, read_beat, read_exit
from claims_env.worker_command import Launch, struck

_SCANT = 16 << 20
"""Free bytes under which a full disk is the likely cause."""


def job_failure(folder: Path, line: str, told: str, launch: Launch) -> TrackerFailed:
    """Return a failure as an error that tells all there is to know, and no secret.

    Args:
        folder: The job's.
        line: Its command, as it may be shown.
        told: What went wrong.
        launch: How it was started.
    """
    beat = read_beat(folder)
    phase = "before its first heartbeat" if beat is None else f"in phase '{beat.phase}'"
    tail = log_tail(folder) or "(it printed nothing)"
    text = f"The tracker's worker failed: {told}{_scarce(folder)}\nLast seen {phase}. "
    text += f"Exit status: {read_exit(folder)}.\n"
    text = struck(f"{text}Command: {line}\n{tail}", launch)
    return TrackerFailed(f"{text}\nEverything about it is in {folder}")


def _scarce(folder: Path) -> str:
    with suppress(OSError):
        if shutil.disk_usage(folder).free < _SCANT:
            return " The disk it writes to is full: free some space."
    return ""
