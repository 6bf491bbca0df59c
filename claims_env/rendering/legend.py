"""What is written beside key frames: what their colours mean, and above each which one it is."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from claims_env.rendering.figure import LEFT, RIGHT, Colour
from claims_env.rendering.floor import BAND, GRID_5M, POST_DARK, TRAIL
from claims_env.rendering.painter import CONTACT, GHOST

ENTRIES: tuple[tuple[Colour, str], ...] = (
    (LEFT, "left limbs"),
    (RIGHT, "right limbs"),
    (CONTACT, "touches the floor"),
    (GRID_5M, "floor lines 1 m apart"),
    (POST_DARK, f"bands of a post {BAND:g} m each"),
    (TRAIL, "way of the pelvis"),
)
"""Colours and what they mean, what matters most first; the last ones go where room is short."""

GHOST_ENTRY: tuple[Colour, str] = (GHOST, "the frames before")

_INK, _LINE, _GAP, _EDGE = (40, 48, 58), (241, 244, 247), 14, 3


Box = tuple[int, int, int, int]
"""Left, top, right and bottom of a part of a picture [px]."""


def draw_legend(picture: Image.Image, box: Box, *, ghosts: bool = False) -> None:
    """Draw the entries that fit from left to right into a box.

    Args:
        picture: Where to.
        box: Which part of it is free.
        ghosts: Say what ghosts are, too.
    """
    left, top, right, bottom = box
    font = ImageFont.load_default(max(9, round(0.62 * (bottom - top))))
    draw, middle, side = ImageDraw.Draw(picture), (top + bottom) / 2, (bottom - top) // 2
    for colour, text in (*ENTRIES, GHOST_ENTRY) if ghosts else ENTRIES:
        end = left + side + 4 + font.getlength(text)
        if end > right:
            break
        draw.rectangle((left, middle - side / 2, left + side, middle + side / 2), fill=colour)
        draw.text((left + side + 4, middle), text, fill=_INK, font=font, anchor="lm")
        left = round(end) + _GAP


def write_label(picture: Image.Image, box: Box, parts: Sequence[str]) -> None:
    """Write the words about a frame into the line above it, from the left.

    The line is tinted, so that nobody takes the end of one frame's for the beginning of the next's.

    Args:
        picture: Where to.
        box: The line above the frame.
        parts: Such as number, time and way; those at the end go where there is no room for all.
    """
    left, top, right, bottom = box
    font, draw = ImageFont.load_default(bottom - top - 2), ImageDraw.Draw(picture)
    draw.rectangle((left, top, right - 1, bottom - 1), fill=_LINE)
    text = parts[0]
    for part in filter(None, parts[1:]):
        longer = f"{text}   {part}"
        text = longer if font.getlength(longer) <= right - left - 2 * _EDGE else text
    draw.text((left + _EDGE, (top + bottom) / 2), text, fill=_INK, font=font, anchor="lm")
