"""A benchmark's folder: its plan, its results, and nobody else writing there meanwhile.

plan.json         which cells there are, and what they follow from
results.jsonl     a line per cell; the same bytes whichever backend played them
clock.jsonl       how long each took
runs/             a run folder per cell that is no simulated world
leaderboard.md    and leaderboard.html
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims_env.benchmark.plan import Plan, read_plan, write_plan
from claims_env.errors import LedgerError

PLAN = "plan.json"
RUNS = "runs"


def planned(folder: Path, plan: Plan) -> Plan:
    """Return what a folder's plan has become with another added, and write it down.

    Raises:
        LedgerError: It would play the cells there differently, or cannot be written.
    """
    path = folder / PLAN
    grown = read_plan(path).grown(plan) if path.exists() else plan
    write_plan(grown, path)
    return grown


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Keep every other process from writing the folder, which is made if there is none.

    Raises:
        LedgerError: Another process writes it, or nobody can.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise LedgerError(
            f"{folder} cannot be written ({error.strerror}). Choose a writable folder."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise LedgerError(
            f"Another process is writing {folder}. Wait for it, or stop it first."
        ) from None
    finally:
        os.close(lock)
