"""Pictures into files: all at once or not at all, and no larger than they may be."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from claims_env.durable_file import write_atomically

QUALITIES = (75, 60, 45, 30, 15)
"""WebP qualities, best first; below the last a figure's limbs blur into one another."""


def save_picture(picture: Image.Image, path: Path, *, at_most: int | None = None) -> Path:
    """Write a picture in the format its suffix names, and return the path.

    Args:
        picture: What to write.
        path: Where to; .png or .webp.
        at_most: Size not to exceed [bytes], for WebP alone: the best quality that fits is taken,
            and the last of `QUALITIES` if none does.
    """
    if path.suffix != ".webp" or at_most is None:
        return write_whole(_encoded(picture, path.suffix), path)
    return write_whole(fitted([picture], at_most), path)


def fitted(
    pictures: Sequence[Image.Image], at_most: int | None = None, *, frame_ms: int = 0
) -> bytes:
    """Return a WebP, which moves and loops if there are several pictures, within so many bytes.

    Args:
        pictures: Equally large ones, in order.
        at_most: Size not to exceed if a quality allows it [bytes]; None takes the best quality.
        frame_ms: How long each picture stays [ms].
    """
    encoded = b""
    for quality in QUALITIES[:1] if at_most is None else QUALITIES:
        encoded = _webp(pictures, quality, frame_ms)
        if at_most is None or len(encoded) <= at_most:
            break
    return encoded


def write_whole(content: bytes, path: Path) -> Path:
    """Write a file's content all at once or not at all, and return its path."""
    write_atomically(path, content, lasting=False)
    return path


def _encoded(picture: Image.Image, suffix: str) -> bytes:
    if suffix == ".webp":
        return fitted([picture])
    buffer = io.BytesIO()
    picture.save(buffer, format=suffix.removeprefix(".").upper(), optimize=True)
    return buffer.getvalue()


def _webp(pictures: Sequence[Image.Image], quality: int, frame_ms: int) -> bytes:
    buffer = io.BytesIO()
    first, *others = pictures
    if not others:
        first.save(buffer, "WEBP", quality=quality, method=5)
        return buffer.getvalue()
    # many pictures, often only looked at once: three times as fast for a tenth more bytes
    first.save(
        buffer,
        "WEBP",
        save_all=True,
        append_images=others,
        duration=frame_ms,
        loop=0,
        quality=quality,
        method=2,
    )
    return buffer.getvalue()
