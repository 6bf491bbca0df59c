"""One process of ours at a time: whoever comes second to a folder waits, and finds it done."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other processes out of a folder that is there, for as long as the block lasts.

    The lock is the system's: it goes with the process, however that ends, so none is ever stale.
    Where the file system has no locks, there is none.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        handle = None
    try:
        if handle is not None:
            _lock(handle, folder)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        logging.getLogger(__name__).warning("Another process is at work in %s; waiting", folder)
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        return
