"""A table that does not know what it becomes, and its two ways to be written: HTML, Markdown."""

from dataclasses import dataclass
from typing import Literal

from claims_env.report.markup import Markup, element, joined

NONE = "\N{EN DASH}"
"""Shown wherever there is no value; never a zero."""

TRACKED, LOST = "\N{CHECK MARK}", "\N{BALLOT X}"
"""Mark a clip's outcome in a history of rounds."""

_SENTENCE = 40

Tone = Literal["", "good", "bad", "weak"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry.

    Attributes:
        text: What is shown.
        sort: What it sorts by, if not its text.
        tone: How it is coloured.
        hint: More about it, shown on hovering; HTML only.
        heat: How strongly it is shaded, 0 to 1, or None for not at all; HTML only.
    """

    text: str
    sort: float | None = None
    tone: Tone = ""
    hint: str = ""
    heat: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings.

    Attributes:
        caption: What it shows.
        headings: One per column, with the unit.
        rows: As many cells each as there are headings.
        prose: Whether the second column holds sentences and deserves room.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    prose: bool = False


def table_as_html(table: Table) -> Markup:
    """Return the table with headings that sort when clicked."""
    headings = [
        element("th", element("button", h, type="button"), scope="col") for h in table.headings
    ]
    body = element(
        "table",
        element("caption", table.caption),
        element("thead", element("tr", *headings)),
        element("tbody", *(element("tr", *map(_cell, row)) for row in table.rows)),
    )
    return element("div", body, class_="wide prose" if table.prose else "wide")


def table_as_markdown(table: Table) -> str:
    """Return the table as GitHub writes it, columns padded for reading in a terminal."""
    lines = [[plain(h) for h in table.headings]]
    lines += [[plain(cell.text) for cell in row] for row in table.rows]
    widths = [_width([line[i] for line in lines]) for i in range(len(table.headings))]
    lines.insert(1, ["-" * width for width in widths])
    padded = (
        "| "
        + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )
    return f"**{plain(table.caption)}**\n\n" + "\n".join(padded) + "\n"


def plain(text: str) -> str:
    """Return text as one Markdown line in which nothing is markup."""
    line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    for sign in "\\`*|":
        line = line.replace(sign, "\\" + sign)
    # a bracket alone is harmless and reads better: units stand in brackets
    line = line.replace("](", "]\\(").replace("][", "]\\[")
    return line.replace("&", "&amp;").replace("<", "&lt;")


def _width(texts: list[str]) -> int:
    """Return how wide to pad a column: to its widest entry, sentences apart."""
    return max([3, *(len(text) for text in texts if len(text) <= _SENTENCE)])


def _cell(cell: Cell) -> Markup:
    return element(
        "td",
        joined([cell.text]),
        class_=" ".join(filter(None, (cell.tone, "" if cell.heat is None else "heat"))) or None,
        style=None if cell.heat is None else f"--heat:{cell.heat:.3f}",
        data_v=cell.sort,
        title=cell.hint or None,
    )
