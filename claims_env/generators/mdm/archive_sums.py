"""The check sums of a torch file, which tell damage that still looks like numbers.

A torch file is a zip archive, whose table of contents holds a CRC-32 of every entry; torch writes
them, and compares none when it reads. Files of torch's oldest format have none.
"""

import struct
import zipfile
import zlib
from pathlib import Path

from claims_env.errors import CheckpointError

_CURE = "Download or copy the file anew."

_CHUNK = 1 << 20

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises over a damaged entry, other sums than its own among them."""


def refuse_altered(path: Path) -> None:
    """Refuse a torch file of which an entry is not what was written.

    Args:
        path: A file torch can open.

    Raises:
        CheckpointError: An entry's sum differs; it is named.
    """
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            altered = next((e for e in archive.infolist() if not _whole(archive, e)), None)
    except _UNREADABLE:
        raise CheckpointError(f"{path}: its table of contents is damaged. {_CURE}") from None
    if altered is not None:
        raise CheckpointError(
            f"{path}: its entry '{altered.filename}' has changed since it was written, as its "
            f"check sum tells. {_CURE}"
        )


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry can be read to its end, where zipfile compares its sum."""
    if not entry.CRC:  # what torch writes where it was told to leave the sums out
        return True
    try:
        with archive.open(entry) as file:
            while file.read(_CHUNK):
                pass
    except _UNREADABLE:
        return False
    return True
