"""What the colours of a key frame mean, on one line."""

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

_INK, _GAP = (40, 48, 58), 14


def draw_legend(
    picture: Image.Image, box: tuple[int, int, int, int], *, ghosts: bool = False
) -> None:
    """Draw the entries that fit from left to right into a box (left, top, right, bottom) [px].

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
