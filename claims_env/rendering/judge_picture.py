"""The picture a vision-language judge is shown: key frames of one clip, sized for its provider.

Judges see the clip and nothing of where it came from: neither its name nor its prompt is drawn.
"""

import io
from collections.abc import Callable
from functools import partial
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from claims_env.body_mesh import BodyMesh
from claims_env.chat import Picture
from claims_env.errors import ConfigError, UnknownName
from claims_env.motion import Motion
from claims_env.rendering.contact_sheet import MARGIN, Layout
from claims_env.rendering.floor import FLOOR
from claims_env.rendering.legend import draw_legend
from claims_env.rendering.painter import Size
from claims_env.rendering.shots import Look, painted, shots_of, skinned, told
from claims_env.rendering.tiling import LEGEND_HEIGHT, NARROWEST, Tiling, tiling_for

PainterName = Literal["pillow", "mesh", "mujoco"]
"""pillow: capsules, everywhere. mesh: the skin of a body model. mujoco: capsules by OpenGL."""

AT_MOST = 1_000_000
"""Size of a picture not to be exceeded [bytes]; base64 makes a third more of it on the way."""

QUALITIES = (90, 80, 70, 60, 50)
"""JPEG qualities, best first; below the last the grid is lost among blocks."""

_SMALLER = 0.85
_INK, _PAPER = (40, 48, 58), (255, 255, 255)


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

    Where it is too large, first the quality is lowered, then the frames are drawn smaller.

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
    return _fitted(draw, tiling, at_most)


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
        tile: Width and height of a frame [px]; None takes what suits the layout.
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
    """Return the sheet; in a row the line of colours lies over the first frame."""
    shots = shots_of(motion, frames, tiling.tile[0] / tiling.tile[1], ghosts=ghost)
    sheet = Image.new("RGB", tiling.size, _PAPER)
    pictures = look(motion, shots, tiling.tile)
    for i, (shot, picture) in enumerate(zip(shots, pictures, strict=True)):
        _label(picture, *told(motion, shot))
        sheet.paste(picture, _corner(tiling, i))
    if row:
        bottom = sheet.height - MARGIN
        draw_legend(sheet, (MARGIN + 4, bottom - 16, tiling.tile[0], bottom), ghosts=ghost)
    else:
        draw_legend(sheet, (MARGIN + 4, 0, sheet.width - MARGIN, LEGEND_HEIGHT), ghosts=ghost)
    return sheet


def _corner(tiling: Tiling, place: int) -> Size:
    row, column = divmod(place, tiling.columns)
    width, height = (side + MARGIN for side in tiling.tile)
    return MARGIN + column * width, tiling.head + MARGIN + row * height


def _label(picture: Image.Image, number: str, time: str, way: str) -> None:
    """Write into the upper corners, which a body in the middle leaves free."""
    font, draw = ImageFont.load_default(max(10, picture.height // 16)), ImageDraw.Draw(picture)
    corners = ((4, number, "la"), (picture.width - 4, f"{time}\n{way}".rstrip(), "ra"))
    for x, text, anchor in corners:
        draw.text(
            (x, 2),
            text,
            fill=_INK,
            font=font,
            anchor=anchor,
            align="right",
            stroke_width=1,
            stroke_fill=FLOOR,
        )


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
