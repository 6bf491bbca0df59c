"""A pickle's file: plain or compressed as joblib does it, and read without running anything."""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from claims_env.errors import MotionError
from claims_env.formats.foreign_files import bytes_of
from claims_env.formats.inert_machine import Damaged, Forbidden
from claims_env.formats.pickled_array import read_arrays

SUFFIXES = (".pkl", ".pickle", ".p", ".joblib")
"""How files of pickles are called."""

SWELLING = 100
"""How many times its own size a compressed file may hold: numbers of motions shrink to a half."""

SMALL = 2**28
"""What any compressed file may hold [bytes]."""


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


_COMPRESSED: dict[bytes, Callable[[], _Unpacker]] = {
    b"\x78": zlib.decompressobj,
    b"\x1f\x8b": lambda: zlib.decompressobj(31),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ": lzma.LZMADecompressor,
    b"\x5d\x00": lzma.LZMADecompressor,
}
"""How files begin that joblib compressed, and what opens them."""

_FOREIGN = {
    b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.": (
        "torch.save wrote it.",
        "PHC's libraries are written by joblib.dump: load it with torch, and dump it again.",
    ),
    b"PK": ("it is a zip archive, as numpy and torch.save write.", "Take the .npz or joblib's."),
    b"\x04\x22\x4d\x18": ("it is compressed by lz4.", "Write it again, with compress=3 or none."),
    b"version https://git-lfs": (
        "it is a pointer of Git LFS, and no data.",
        "Fetch the file itself: git lfs pull.",
    ),
    b"<": ("it is a web page or XML.", "Download the file itself."),
}


def read_pickle(path: Path) -> Any:
    """Return what a pickle holds: plain values, arrays of joblib's, and records of other arrays.

    Raises:
        MotionError: The file is missing or damaged, or names something that no array needs.
    """
    content = _content(path)
    try:
        return read_arrays(io.BytesIO(content))
    except Forbidden as name:
        raise dangerous(path, name) from None
    except Damaged as damage:
        raise MotionError(
            path, f"it is no readable pickle ({damage}).", "Take the file from its owner again."
        ) from None


def dangerous(path: Path, name: Forbidden) -> MotionError:
    """Return what is told of a pickle that names what no motion needs."""
    return MotionError(
        path,
        f"it wants {name} to be called, which no motion needs. Nothing was run.",
        "Do not open it elsewhere; take it from its owner again, as plain numpy arrays.",
    )


def _content(path: Path) -> bytes:
    content = bytes_of(path)
    for start, told in _FOREIGN.items():
        if content.startswith(start):
            raise MotionError(path, *told)
    for start, opened in _COMPRESSED.items():
        if content.startswith(start):
            return _unpacked(content, opened, path)
    return content


def _unpacked(content: bytes, opened: Callable[[], _Unpacker], path: Path) -> bytes:
    most = max(SMALL, SWELLING * len(content))
    unpacker = opened()
    try:
        unpacked = unpacker.decompress(content, most + 1)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        raise MotionError(
            path, f"its compression is damaged ({error}).", "Take the file from its owner again."
        ) from None
    if len(unpacked) > most:
        raise MotionError(
            path,
            f"its {len(content)} bytes unpack to more than {most}, as no motion does.",
            "Unpack it yourself, if you trust it: joblib.dump without compress.",
        )
    if not unpacker.eof:
        raise MotionError(
            path, "its compression ends too early.", "Take the file from its owner again."
        )
    return unpacked
