"""Foreign checkpoints: what a file seems to be when torch cannot open it."""

import struct
import zipfile
from pathlib import Path

_HEAD = 512

_STARTS = (
    (
        b"version https://git-lfs",
        "it is the pointer that Git LFS leaves in place of a file.",
        "Fetch the file itself: git lfs pull.",
    ),
    (
        b"\x1f\x8b",
        "it is a gzip archive.",
        "Unpack it, and name the model*.pt inside.",
    ),
    (
        b"Rar!",
        "it is a RAR archive.",
        "Unpack it, and name the model*.pt inside.",
    ),
)
"""What a file begins with, what it therefore is, and the cure."""

_BROKEN_ZIP = (zipfile.BadZipFile, struct.error, ValueError, RuntimeError)

_CUT_SHORT = (
    "it is no torch file, or was cut short or damaged on its way here.",
    "Download or copy it again, and compare its size with the original's.",
)


def describe_foreign(path: Path) -> tuple[str, str]:
    """Return what a file that torch cannot open seems to be, and what to do about it.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return "it is empty.", "Download or copy it again."
    for start, what, cure in _STARTS:
        if head.startswith(start):
            return what, cure
    if b"<html" in head.lower() or b"<!doctype html" in head.lower():
        return (
            "it is a web page: the site asked a question instead of sending the file.",
            "Download it in a browser.",
        )
    if head[8:9] == b"{" and b'"dtype"' in head:
        return "it is a safetensors file.", "Name the .pt file that training wrote."
    return _describe_zip(path) if head.startswith(b"PK") else _CUT_SHORT


def _describe_zip(path: Path) -> tuple[str, str]:
    """Tell an archive that holds a checkpoint from a checkpoint that lost its end.

    A torch file is itself a zip archive, and its table of contents comes last.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except _BROKEN_ZIP:
        return _CUT_SHORT
    if any(name.endswith("/data.pkl") for name in names):
        return _CUT_SHORT
    inside = [name for name in names if name.endswith(".pt")] or names
    held = ", ".join(inside[:3]) or "nothing"
    return f"it is a zip archive that holds {held}.", "Unpack it, and name the model*.pt inside."
