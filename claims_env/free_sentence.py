"""What a sentence must be to serve as a prompt where there is no library to choose from."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

SHORTEST = 12
"""Characters below which nothing is described."""

LONGEST = 500
"""Characters above which text encoders stop reading: the official library's longest prompt has 488
(measured over all that its templates make)."""

_ANOTHER = re.compile(r"[.!?]['\")\]]*\s+\S")
"""The end of a sentence with something after it."""


def tidied(text: str) -> str:
    """Return a text with single blanks, and without marks around it that models like to add."""
    return " ".join(text.split()).strip("\"'`*“” ")


def sentence_problem(text: str) -> str | None:
    """Return what keeps a text from being a prompt, with the cure, or None."""
    if not SHORTEST <= len(text) <= LONGEST:
        return f"It has {len(text)} characters. Take {SHORTEST} to {LONGEST}."
    if odd := sorted({char for char in text if not char.isprintable()}):
        names = ", ".join(unicodedata.name(char, f"U+{ord(char):04X}") for char in odd)
        return f"It holds {names}. Use printable characters on one line."
    if not any(char.isalpha() for char in text):
        return "It holds no word. Say what the person does."
    if _ANOTHER.search(text):
        return "It is more than one sentence. Say it in one."
    return None


def repeated(sentences: Sequence[str]) -> list[int]:
    """Return the places of the sentences that say again what one before them says.

    Case, blanks and a full stop make no difference.
    """
    seen: Counter[str] = Counter()
    places: list[int] = []
    for place, sentence in enumerate(sentences):
        key = folded(sentence)
        if seen[key]:
            places.append(place)
        seen[key] += 1
    return places


def folded(sentence: str) -> str:
    """Return what two sentences have in common if they say the same."""
    return " ".join(sentence.casefold().split()).rstrip(".!")


def round_problem(sentences: Sequence[str]) -> str | None:
    """Return what keeps sentences from being a round, naming the first that does not fit."""
    for place, sentence in enumerate(sentences):
        if problem := sentence_problem(sentence):
            return f"Sentence {place} is {sentence[:60]!r}. {problem}"
    if places := repeated(sentences):
        return (
            f"Sentence {places[0]} is {sentences[places[0]][:60]!r}, which the round says already. "
            "Make every sentence of a round its own."
        )
    return None
