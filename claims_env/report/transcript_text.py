"""Texts of strangers on the page: set apart, folded where long."""

from claims_env.report.markup import Markup, element

FOLDED_FROM = 420
"""Characters above which a text is folded: about five lines of a column."""

_OPENING = 300

MOST = 8000
"""Characters of one text that reach the page; the record holds it all."""


def quoted(text: str, source: str) -> Markup:
    """Return a text as it was said, its opening alone to be seen until it is unfolded.

    Args:
        text: Whatever a model wrote.
        source: The file of the run's folder that holds all of it.
    """
    if len(text) <= FOLDED_FROM:
        return element("p", text, class_="quoted")
    cut = text.rfind(" ", _OPENING // 2, _OPENING) + 1 or _OPENING
    summary = element("summary", element("span", text[:cut].rstrip(), " …", class_="quoted"))
    left = len(text) - MOST
    more = f" (and {left} more characters, in {source})" if left > 0 else ""
    rest = element("p", f"… {text[cut:MOST]}{more}", class_="quoted")
    return element("details", summary, rest, class_="long")


def labelled(label: str, text: str, source: str) -> Markup | None:
    """Return a text under its label; None where there is no text."""
    if not text.strip():
        return None
    return element("div", element("b", label), quoted(text, source), class_="said")
