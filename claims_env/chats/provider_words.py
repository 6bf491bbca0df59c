"""What a provider says about an error, made fit to be shown: short, and nothing of the request."""

import re

from claims_env.chat import Question

LONGEST = 160
"""Characters of a provider's explanation that are shown."""

_ECHO = 20
"""So many characters in a row that are also in the question are a piece of it."""

_SECRET = re.compile(r"\S*(?:sk-|AIza|Bearer|[Kk]ey=)\S*|\S{32,}")
"""Keys as the three vendors make them, and any word long enough to be one, or a picture."""


def quoted(message: str, question: Question) -> str:
    """Return a provider's explanation after a colon, or '' where it has none to show.

    Providers repeat what they object to. An explanation with a piece of the question in it is left
    out altogether, and words that may be a key or a picture are struck out.
    """
    said = " ".join(_printable(message).split())
    if not said or _repeats(said, question):
        return ""
    said = _SECRET.sub("[...]", said)
    return f": {said if len(said) <= LONGEST else said[: LONGEST - 3] + '...'}".rstrip(".")


def shown_code(code: str) -> str:
    """Return a provider's name for an error, or '' where it may be something else."""
    fits = len(code) <= 60 and re.fullmatch(r"[\w. -]*", code, flags=re.ASCII)
    return code if fits and not _SECRET.search(code) else ""


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _repeats(said: str, question: Question) -> bool:
    asked = " ".join(" ".join(m.text for m in question.messages).split())
    pieces = (said[i : i + _ECHO] for i in range(len(said) - _ECHO + 1))
    return any(piece in asked for piece in pieces)
