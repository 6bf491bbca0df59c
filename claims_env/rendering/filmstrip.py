"""One clip as a strip for people: caption, telling frames, their times, the moves' names."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from claims_env.body_mesh import BodyMesh
from claims_env.motion import Motion
from claims_env.rendering.camera import Camera, cameras_for
from claims_env.rendering.contact_sheet import MARGIN, arranged
from claims_env.rendering.lettering import shortened, wrapped
from claims_env.rendering.mesh import Mesh, meshes_of
from claims_env.rendering.painter import Size, paint
from claims_env.rendering.telling_frames import telling_frames
from claims_env.rendering.timeline import Span, first_pass, move_at, timeline_of
from claims_env.rotation import Floats

STRIP_TILE: Size = (104, 112)
"""Width and height of a strip's frame [px]: twelve of them fit a page."""

_CAPTION, _LINE, _TIMES, _MOVES, _TITLE = 21, 16, 15, 17, 40
_FAR = 1.0
"""Travel from which on a frame says how far it is [m]."""

_INK, _GREY, _PALE = (34, 42, 52), (104, 116, 130), (210, 216, 224)
_TINTS = ((46, 125, 116), (132, 94, 34))
"""Moves in turn, so that a repetition is seen to begin."""

_TIERS = ((90, 143, 90), (74, 128, 166), (166, 138, 54), (186, 102, 52), (166, 58, 58))


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a strip.

    Attributes:
        text: Its heading.
        tier: Difficulty, 1 to 5, shown as a coloured number before it; None leaves it out.
        note: Said in grey at the right, such as what was made of the words.
    """

    text: str
    tier: int | None = None
    note: str = ""


def filmstrip(
    motion: Motion,
    caption: Caption,
    *,
    count: int = 12,
    columns: int | None = None,
    tile: Size = STRIP_TILE,
    once: bool = False,
    body: BodyMesh | None = None,
) -> Image.Image:
    """Return a strip of one clip; a camera that does not move unless the body travels far.

    Args:
        motion: What to show.
        caption: What stands above it.
        count: How many frames.
        columns: Frames per row; None puts all in one.
        tile: Width and height of one frame [px].
        once: Stop where every move has been shown once, if the clip says when that is.
        body: Whose skin to show; None draws the capsule figure.
    """
    last = first_pass(motion) if once else motion.frames - 1
    # a move that begins where the strip ends is not shown
    spans = [span for span in timeline_of(motion) if span.start * motion.fps < last - 0.5]
    parts = [(round(s.start * motion.fps) + 1, round(s.end * motion.fps) - 1) for s in spans]
    numbers = telling_frames(motion.joints, count, last, [p for p in parts if 0 <= p[0] <= p[1]])
    shown = motion.joints[: last + 1]
    cameras = cameras_for(shown, tile[0] / tile[1])
    skins = meshes_of(motion, body, numbers) if body else [None] * len(numbers)
    tiles = [
        _frame(shown, n, cameras[n], tile, skin) for n, skin in zip(numbers, skins, strict=True)
    ]
    columns = min(columns or len(tiles), len(tiles))
    rows = [
        _row(tiles[i : i + columns], [n / motion.fps for n in numbers[i : i + columns]], spans)
        for i in range(0, len(tiles), columns)
    ]
    return stacked([_heading(caption, rows[0].width), *rows])


def stacked(strips: Sequence[Image.Image], title: str = "") -> Image.Image:
    """Return pictures below one another on white, under a title if there is one."""
    top = _TITLE if title else 0
    size = max(s.width for s in strips), sum(s.height for s in strips) + top
    sheet = Image.new("RGB", size, "white")
    if title:
        ImageDraw.Draw(sheet).text((6, 9), title, fill=_INK, font=ImageFont.load_default(20))
    for strip in strips:
        sheet.paste(strip, (0, top))
        top += strip.height
    return sheet


def _frame(
    joints: Floats, number: int, camera: Camera, tile: Size, skin: Mesh | None
) -> Image.Image:
    """Return one frame, and how far the body has come by then, since cameras may follow it."""
    gone = float(np.linalg.norm(joints[number, 0, :2] - joints[0, 0, :2]))
    label = f"{gone:.1f} m" if gone >= _FAR else ""
    trail = joints[: number + 1, 0]
    return paint(joints[number], camera, tile, label=label, trail=trail, mesh=skin)


def _heading(caption: Caption, width: int) -> Image.Image:
    """Return the caption; a note that does not fit beside its text stands below it."""
    font, small = ImageFont.load_default(13), ImageFont.load_default(11)
    left = 5 if caption.tier is None else 25
    lines = wrapped(caption.text, font, width - left - 5)
    room = width - left - font.getlength(lines[-1]) - 24
    notes = (
        [] if small.getlength(caption.note) <= room else wrapped(caption.note, small, width - 10)
    )
    height = _CAPTION + _LINE * (len(lines) + len(notes) - 1)
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    if caption.tier is not None:
        _badge(draw, caption.tier)
    for i, line in enumerate(lines):
        draw.text((left, 3 + i * _LINE), line, fill=_INK, font=font)
    for i, line in enumerate(notes, len(lines)):
        draw.text((left, 4 + i * _LINE), line, fill=_GREY, font=small)
    if not notes:
        place = (width - 5, 5 + (len(lines) - 1) * _LINE)
        draw.text(place, caption.note, fill=_GREY, font=small, anchor="ra")
    return picture


def _badge(draw: ImageDraw.ImageDraw, tier: int) -> None:
    colour = _TIERS[min(max(tier, 1), len(_TIERS)) - 1]
    draw.rounded_rectangle((3, 3, 19, _CAPTION - 3), 3, fill=colour)
    font = ImageFont.load_default(13)
    draw.text((11, 3), str(tier), fill="white", font=font, anchor="ma")


def _row(
    tiles: Sequence[Image.Image], times: Sequence[float], spans: Sequence[Span]
) -> Image.Image:
    """Return frames side by side, their times [s] below them, and the moves below those."""
    frames = arranged(tiles, len(tiles))
    lane = _TIMES + (_MOVES if spans else 4)
    picture = Image.new("RGB", (frames.width, frames.height + lane), "white")
    picture.paste(frames, (0, 0))
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(11)
    step = tiles[0].width + MARGIN
    for i, time in enumerate(times):
        middle = MARGIN + (i + 0.5) * step
        draw.text((middle, frames.height), f"{time:.2f} s", fill=_GREY, font=font, anchor="ma")
    if spans:
        _name_moves(draw, times, spans, step, frames.height + _TIMES)
    return picture


def _name_moves(
    draw: ImageDraw.ImageDraw, times: Sequence[float], spans: Sequence[Span], step: int, top: int
) -> None:
    """Draw a line under the frames of each move, and its name where the line has room for it."""
    font, places = ImageFont.load_default(11), enumerate(move_at(spans, time) for time in times)
    for span, group in groupby(places, key=lambda place: place[1]):
        within = [i for i, _ in group]
        left, right = MARGIN + within[0] * step + 2, within[-1] * step + step - 2
        colour = _PALE if span is None else _TINTS[spans.index(span) % 2]
        draw.line((left, top + 2, right, top + 2), fill=colour, width=2)
        if span is not None:
            name = shortened(span.name.replace("_", " "), font, right - left)
            draw.text(((left + right) / 2, top + 4), name, fill=colour, font=font, anchor="ma")
