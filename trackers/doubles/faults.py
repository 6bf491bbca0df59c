"""Bad luck on demand: what goes wrong in a double, and how often.

Runs under Python 3.8; copied into every checkout that a double writes.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path

VARIABLE = "CLAIMS_DOUBLE_FAULTS"
"""The environment variable that holds the faults: JSON, a name and a count for each."""

FAULTS = {
    "crash_before_write": "ends with a traceback before it has written its result",
    "crash_after_write": "ends with a traceback after it has written its result",
    "hang": "stops saying anything, and ends only when it is killed",
    "nan": "what it learned, or performed, is not a number",
    "divergence": "the simulation of one clip comes to numbers that are none half way",
    "truncated": "the last file it writes is cut off in the middle",
    "wrong_count": "one clip is missing from what it returns",
    "full_disk": "the disk is full when it writes",
    "gpu_oom": "the GPU's memory does not suffice",
    "stale_failed_keys": "the output folder holds what another clip set left there",
    "slow_start": "says nothing for two seconds before it begins",
    "segfault": "dies of a segmentation fault half way through",
}
"""Every fault there is, and what it does."""

SLOW_START_S = 2.0
"""How long a slow start takes [s]."""


def strikes(fault: str, checkout: Path) -> bool:
    """Return whether a fault happens now, and count it.

    Args:
        fault: One of `FAULTS`.
        checkout: The double's folder, where the count is kept, so that it holds across processes.
    """
    wanted = _wanted().get(fault, 0)
    if not wanted:
        return False
    with (checkout / ".faults").open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        happened = file.read().split().count(fault)
        if happened >= wanted:
            return False
        file.write(fault + "\n")
    return True


def crash(when: str) -> None:
    """End with a traceback."""
    raise RuntimeError(f"The double was told to crash {when}.")


def hang() -> None:
    """Say nothing more, and go away only when killed: an interrupt is not heard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(3600)


def segfault() -> None:
    """Die of SIGSEGV, as a physics engine does: no traceback, no cleaning up."""
    sys.stdout.flush()
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)


def run_out_of_disk(path: Path) -> None:
    """Fail as a write to a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def run_out_of_memory() -> None:
    """Fail as torch does when the GPU's memory does not suffice."""
    raise RuntimeError(
        "CUDA out of memory. Tried to allocate 2.34 GiB (GPU 0; 23.69 GiB total capacity; "
        "21.02 GiB already allocated; 1.07 GiB free; 21.30 GiB reserved in total by PyTorch)"
    )


def start_slowly() -> None:
    """Say nothing for a while."""
    time.sleep(SLOW_START_S)


def cut(path: Path) -> None:
    """Cut a file off in the middle."""
    os.truncate(str(path), path.stat().st_size // 2)


def _wanted() -> dict[str, int]:
    said = os.environ.get(VARIABLE, "").strip() or "{}"
    try:
        wanted = {str(name): int(count) for name, count in json.loads(said).items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise SystemExit(
            f'{VARIABLE} is {said!r}; expected JSON such as {{"hang": 1}} ({error}).'
        ) from error
    unknown = sorted(set(wanted) - set(FAULTS))
    if unknown:
        raise SystemExit(
            "{} names no fault: {}. There are: {}.".format(VARIABLE, unknown, ", ".join(FAULTS))
        )
    return wanted
