"""A folder that one process at a time writes to."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claims_env.errors import OutputError


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Make a folder if there is none, and keep others from writing there; one of nothing goes.

    Raises:
        OutputError: It cannot be made, or another process is writing there.
    """
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # the folder itself is locked: a lock file would lie among the clips
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be made ({error.strerror}). Name a folder with --out."
        ) from None
    try:
        _lock(descriptor, folder)
        try:
            yield
        finally:
            if is_new:
                # what is in use, or holds something, stays
                with suppress(OSError):
                    folder.rmdir()
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(
            f"Another process is writing there: {folder}. Wait for it, or name another folder "
            "with --out."
        ) from None
    except OSError:
        # some network drives lock no folders; clips are made there all the same
        return
