"""HTML that is escaped unless it is markup already, so that no prompt or rationale injects any.

Nor does any text hide or turn others: characters that could are written as boxes.
"""

import html
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_VOID = {"img", "input", "meta", "br"}


@dataclass(frozen=True, slots=True)
class Markup:
    """A piece of finished HTML; only `element` and the page's own files make any."""

    html: str


Content = Markup | str | None
"""What an element may hold: markup as it is, text to be escaped, nothing."""


def element(name: str, /, *children: Content, **attributes: str | float | None) -> Markup:
    """Return `<name ...>children</name>`.

    An attribute of None is left out; a trailing underscore is dropped (`class_`), other underscores
    become hyphens (`data_v`).
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(children).html}</{name}>")


def joined(children: Iterable[Content]) -> Markup:
    """Return contents one after another."""
    return Markup("".join(_written(child) for child in children))


def visible(text: str) -> str:
    """Return a text in which a box stands for every character that would hide or turn others."""
    return "".join(c if c in "\n\t" or _shows(c) else "\N{REPLACEMENT CHARACTER}" for c in text)


def _written(content: Content) -> str:
    if content is None:
        return ""
    return content.html if isinstance(content, Markup) else _escaped(content)


def _escaped(text: str) -> str:
    # a lone surrogate, legal in JSON, could not be written as UTF-8
    return html.escape(visible(text.encode("utf-8", "replace").decode("utf-8")), quote=True)


def _shows(character: str) -> bool:
    # C: control, format, surrogate and unassigned characters
    return not unicodedata.category(character).startswith("C")
