"""The picture a vision-language judge is shown: key frames of one clip, sized for its provider.

Judges see the clip and nothing of where it came from: neither its name nor its prompt is drawn.
"""

import io
from collections.abc import Callable
from functools import partial
from typing import Literal

from PIL import Image

from claims_env.body_mesh import BodyMesh
from claims_env.chat import Picture
from claims_env.errors import ConfigError, UnknownName
from claims_env.motion import Motion
from claims_env.rendering.album import Album, movement_digest
from claims_env.rendering.contact_sheet import MARGIN, Layout
from claims_env.rendering.legend import draw_legend, write_label
from claims_env.rendering.painter import Size
from claims_env.rendering.shots import Look, painted, shots_of, skinned, told
from claims_env.rendering.tiling import LEGEND_HEIGHT, NARROWEST, Tiling, tiling_for

PainterName = Literal["pillow", "mesh", "mujoco"]
"""pillow: capsules, everywhere. mesh: the skin of a body model. mujoco: capsules by OpenGL."""

AT_MOST = 1_000_000
"""Size of a picture not to be exceeded [bytes]; base64 makes a third more of it on the way."""

QUALITIES = (90, 80, 70, 60, 50)
"""JPEG qualities, best first; below the last the grid is lost among blocks."""

_SMALLER, _LATEST = 0.85, Album()
_PAPER = (255, 255, 255)


def judge_picture(
    motion: Motion,
    *,
    frames: int,
    layout: Layout = "grid",
    provider: str | None = None,
    tile: Size | None = None,
    ghost: bool = False,
    painter: PainterName = "pillow",
    body: BodyMesh | None = None,
    at_most: int = AT_MOST,
) -> Picture:
    """Return what `judge_sheet` draws as a JPEG; the same clip gives the same bytes.

    Where it is too large, first the quality is lowered, then the frames are drawn smaller. The
    latest pictures are kept in memory, for the next judge who is shown the same.

    Args:
        motion: The clip.
        frames: See `judge_sheet`, as for all that follow but the last.
        layout: See there.
        provider: See there.
        tile: See there.
        ghost: See there.
        painter: See there.
        body: See there.
        at_most: Size of the file not to be exceeded [bytes].

    Raises:
        ConfigError: No picture of that size shows anything; also see `judge_sheet`.
        MissingDependency: See there.
        UnknownName: See there.
    """
    draw = partial(_drawn, motion, frames, ghost, look_named(painter, body), layout == "row")
    tiling = tiling_for(min(frames, motion.frames), provider, layout, tile)
    fit = partial(_fitted, draw, tiling, at_most)
    if body is not None:  # nothing cheap tells one body's skin from another's
        return fit()
    key = (movement_digest(motion), tiling, layout, ghost, painter, at_most)
    return _LATEST.picture(key, fit)


def judge_sheet(
    motion: Motion,
    *,
    frames: int,
    layout: Layout = "grid",
    provider: str | None = None,
    tile: Size | None = None,
    ghost: bool = False,
    painter: PainterName = "pillow",
    body: BodyMesh | None = None,
) -> Image.Image:
    """Return evenly spaced frames of a clip, numbered and timed, under a line of what colours mean.

    Args:
        motion: The clip.
        frames: How many (the paper: 60 for alignment, 15 for difficulty); a shorter clip shows each
            of its frames once.
        layout: row: the paper's strip, whose frames a provider may shrink past reading. grid: the
            most legible sheet for the provider.
        provider: Who will be sent it, see `provider_pixels.PIXEL_RULES`; None suits all.
        tile: Width and height of a frame, its line of text included [px]; None takes what suits
            the layout.
        ghost: Show where the body was in the frames before, as pale shapes.
        painter: Who draws; 'mesh' needs a body, 'mujoco' needs MuJoCo and a working OpenGL.
        body: Whose skin 'mesh' draws.

    Raises:
        ConfigError: There are no frames, the tile is too small, 'mesh' has no body, or OpenGL does
            not work here.
        MissingDependency: 'mujoco' was asked for and is not installed.
        UnknownName: There is no such provider or painter.
    """
    tiling = tiling_for(min(frames, motion.frames), provider, layout, tile)
    return _drawn(motion, frames, ghost, look_named(painter, body), layout == "row", tiling)


def look_named(painter: str, body: BodyMesh | None = None) -> Look:
    """Return a painter by name.

    Raises:
        ConfigError: It draws a body's skin and there is no body.
        UnknownName: There is none of this name.
    """
    if painter == "pillow":
        return painted
    if painter == "mujoco":
        from claims_env.rendering.gl_painter import gl_painted  # loads nothing heavy until called

        return gl_painted
    if painter != "mesh":
        raise UnknownName("painter", painter, ("pillow", "mesh", "mujoco"))
    if body is None:
        raise ConfigError(
            "The painter 'mesh' draws the skin of a body model, and none was given. "
            "Cure: name the model's file, or take the painter 'pillow'."
        )
    return skinned(body)


def _drawn(
    motion: Motion, frames: int, ghost: bool, look: Look, row: bool, tiling: Tiling
) -> Image.Image:
    """Return the sheet; in a row the line of colours stands above the first frame."""
    width, height = tiling.view
    shots = shots_of(motion, frames, width / height, ghosts=ghost)
    sheet = Image.new("RGB", tiling.size, _PAPER)
    for i, (shot, picture) in enumerate(zip(shots, look(motion, shots, tiling.view), strict=True)):
        left, top = _corner(tiling, i)
        sheet.paste(picture, (left, top + tiling.label))
        write_label(sheet, (left, top, left + width, top + tiling.label), told(motion, shot))
    draw_legend(sheet, _legend_box(tiling, row=row), ghosts=ghost)
    return sheet


def _corner(tiling: Tiling, place: int) -> Size:
    row, column = divmod(place, tiling.columns)
    width, height = (side + MARGIN for side in tiling.tile)
    return MARGIN + column * width, tiling.head + MARGIN + row * height


def _legend_box(tiling: Tiling, *, row: bool) -> tuple[int, int, int, int]:
    """Return where the colours are explained: above a grid, in a row within the first label."""
    if not row:
        return MARGIN + 4, 0, tiling.size[0] - MARGIN, LEGEND_HEIGHT
    width, words = tiling.tile[0], 5 * tiling.label  # room for the first number and time
    return MARGIN + words, MARGIN, MARGIN + width, MARGIN + tiling.label


def _fitted(draw: Callable[[Tiling], Image.Image], tiling: Tiling, at_most: int) -> Picture:
    """Return the best picture within so many bytes."""
    while tiling.tile[0] >= NARROWEST:
        sheet = draw(tiling)
        for quality in QUALITIES:
            data = _jpeg(sheet, quality)
            if len(data) <= at_most:
                return Picture(data, "image/jpeg", *sheet.size)
        tiling = tiling.reduced(_SMALLER)
    raise ConfigError(
        f"No picture of {tiling.frames} frames fits into {at_most} bytes. Cure: allow more bytes "
        "or show fewer frames."
    )


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    """Encode with colours as fine as brightness: limbs of a few pixels tell left from right."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, subsampling=0, optimize=False)
    return buffer.getvalue()
