"""What a command writes on: coloured and as wide as the terminal, plain and unwrapped elsewhere."""

import io
import sys

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

UNWRAPPED = 400
"""Columns of a table that nobody has to fit into a window."""


_TIER_STYLES = ("green", "cyan", "yellow", "magenta", "bold red")


def is_seen() -> bool:
    """Say whether output goes to a terminal."""
    return sys.stdout.isatty()


def write(*parts: RenderableType) -> None:
    """Write text and tables to the output."""
    # rich would end the process where a pipe is closed; the command line has its own way
    console = Console(
        file=io.StringIO(),
        force_terminal=is_seen(),
        width=None if is_seen() else UNWRAPPED,
        highlight=False,
        soft_wrap=False,
    )
    with console.capture() as captured:
        for part in parts:
            console.print(part, markup=False, soft_wrap=isinstance(part, str))
    lines = captured.get().splitlines()
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in lines))


def table(title: str, *columns: str) -> Table:
    """Return an empty table; a column whose name begins with '>' is set to the right."""
    made = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD if is_seen() else None,
        pad_edge=False,
        collapse_padding=True,
    )
    for name in columns:
        is_number = name.startswith(">")
        made.add_column(name.removeprefix(">"), justify="right" if is_number else "left")
    return made


def coloured(tier: int) -> Text:
    """Return a tier in its colour, from green for easy to red for hard."""
    return Text(str(tier), _TIER_STYLES[tier - 1])
