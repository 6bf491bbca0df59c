"""A BVH file's text: in whatever encoding and with whatever line ends its exporter wrote it."""

import codecs
from pathlib import Path

from claims_env.formats.foreign_files import bytes_of


def bvh_lines(path: Path) -> list[str]:
    """Return the lines of a BVH file.

    Names of joints may be in any encoding, and keep their bytes where it is unknown; numbers are
    the same in all of them.

    Raises:
        MotionError: There is no such file, or it cannot be read.
    """
    content = bytes_of(path)
    # splitlines would also split at characters that occur within names
    return decoded(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def decoded(content: bytes) -> str:
    """Return bytes as text: by their mark if they have one, else as UTF-8, else byte by byte."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin1")
