"""Which commit a checkout is at, read from its .git folder without running git."""

import re
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{40}")


def commit_of(folder: Path) -> str | None:
    """Return the commit a folder is at, 40 hexadecimal digits; None if it is no checkout."""
    git = folder / ".git"
    head = _line(git / "HEAD")
    if not head.startswith("ref: "):
        return head if _HASH.fullmatch(head) else None
    name = head.removeprefix("ref: ").strip()
    # the name comes from a file of somebody else's, so it does not get to leave the folder
    if not re.fullmatch(r"refs/[\w./-]+", name) or ".." in name:
        return None
    loose = _line(git / name)
    return loose if _HASH.fullmatch(loose) else _packed(git / "packed-refs", name)


def _packed(file: Path, name: str) -> str | None:
    for line in _text(file).splitlines():
        commit, _, ref = line.partition(" ")
        if ref == name and _HASH.fullmatch(commit):
            return commit
    return None


def _line(file: Path) -> str:
    return _text(file).strip()


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
