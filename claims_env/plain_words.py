"""Words that came from a model, or go to one, made harmless: one line, capped, nothing hidden."""

import json
import unicodedata

FIELD = 300
"""Most characters of one field a judge wrote that are kept."""


def plain(text: str, most: int = FIELD) -> str:
    """Return a text in one line, without control and invisible characters, cut where it is long.

    A scheduler's model reads what judges wrote: no line of it may pass for a line of its own, nor a
    backtick close a quotation.
    """
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or _shows(c))
    line = " ".join(kept.replace("`", "'").split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def quoted(text: str, most: int = 1000) -> str:
    """Return a text as one JSON string: it cannot end the quotation it stands in."""
    return json.dumps(plain(text, most), ensure_ascii=False)


def _shows(character: str) -> bool:
    # C: control, format, surrogate and unassigned characters
    return not unicodedata.category(character).startswith("C")
