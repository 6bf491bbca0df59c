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
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # the folder itself is locked: a lock file would lie among the clips
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be made ({error.strerror}). Name a folder with --out."
        ) from None
    try:
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OutputError(f"{folder} may not be written. Name another folder with --out.")
        _lock(descriptor, folder)
        try:
            yield
        finally:
            # what is in use, or holds something, stays
            with suppress(OSError):
                for place in made:
                    place.rmdir()
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
