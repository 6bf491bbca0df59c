"""Files that survive a crash: written whole, or line by line."""

import os
from pathlib import Path


def write_atomically(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Write a file all at once or not at all.

    Args:
        path: Where to.
        content: What is in it.
        lasting: Wait until it is on disk, so that not even a loss of power takes it; what can be
            made again, and comes in thousands, need not.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def append_line(path: Path, line: str) -> None:
    """Add a line and wait until it is on disk; a line that does not fit is taken back."""
    with path.open("ab") as file:
        start = file.tell()
        try:
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.truncate(path, start)
            raise


def drop_torn_line(path: Path) -> None:
    """Cut off a last line that a crash left without its end; a missing file stays missing."""
    if path.exists():
        content = path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.truncate(path, len(whole))
