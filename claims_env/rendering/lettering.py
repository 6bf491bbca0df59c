"""Text in pictures: broken into lines, or shortened, to so many pixels."""

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

MOST_LINES = 4
"""Lines of a caption; a text of pages must not push its pictures out of sight."""


def wrapped(text: str, font: Font, width: float) -> list[str]:
    """Return a text as one to `MOST_LINES` lines no wider than so many pixels."""
    lines, words = [""], text.split()
    for i, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        elif len(lines) < MOST_LINES:
            lines.append(word)
        else:
            lines[-1] = " ".join([lines[-1], *words[i:]])
            break
    return [shortened(line, font, width) for line in lines]


def shortened(text: str, font: Font, width: float) -> str:
    """Return a text, or its beginning and three dots, no wider than so many pixels."""
    if font.getlength(text) <= width:
        return text
    shortest, longest = 0, len(text)
    while shortest < longest:  # the most letters that fit, by halving
        middle = (shortest + longest + 1) // 2
        fits = font.getlength(f"{text[:middle].rstrip()}...") <= width
        shortest, longest = (middle, longest) if fits else (shortest, middle - 1)
    return f"{text[:shortest].rstrip()}..." if shortest else ""
