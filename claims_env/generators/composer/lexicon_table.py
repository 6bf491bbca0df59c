"""WordTable: an ordered table of expressions, and where they occur in a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Meaning]):
    """One place in a text that a table knows.

    Attributes:
        start: Its first character.
        end: One past its last character.
        meaning: What the table says about it.
    """

    start: int
    end: int
    meaning: Meaning


class WordTable(Generic[Meaning]):
    """Finds expressions as whole words, leftmost first; of those, the first row of the table.

    Args:
        rows: A regular expression without named groups, and what it means.
        ending: What may follow every expression within its last word.
    """

    def __init__(self, rows: Sequence[tuple[str, Meaning]], *, ending: str = "") -> None:
        self.rows = tuple(rows)
        expressions = (f"(?P<r{i}>{row[0]})" for i, row in enumerate(self.rows))
        # said once for all rows: most places in a text are ruled out before any is tried
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(expressions)}){ending}(?!\w)")

    def find(self, text: str) -> list[Hit[Meaning]]:
        """Return the hits in order; they do not overlap."""
        return [
            Hit(match.start(), match.end(), self.rows[int(match.lastgroup[1:])][1])
            for match in self._pattern.finditer(text)
            if match.lastgroup
        ]


def without(text: str, hits: Sequence[Hit[Any]]) -> str:
    """Return the text with the hits blanked out; every other character keeps its place."""
    for hit in hits:
        text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
    return text
