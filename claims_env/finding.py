"""One thing a check found: where it is, what is wrong, what cures it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say about one place.

    Attributes:
        severity: An error makes the words unusable; a warning is worth a look.
        file: The file's name.
        line: The line in it, from 1; None where the whole file or several are meant.
        field: The place in the file's structure, such as 'detail[3].tier'; may be empty.
        problem: What is wrong, a full sentence.
        cure: What to do, a full sentence.
    """

    severity: Literal["error", "warning"]
    file: str
    line: int | None
    field: str
    problem: str
    cure: str

    @property
    def place(self) -> str:
        """File and line, as editors and terminals link them."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        """Return all of it in one line."""
        return f"{self.place}: {self.problem} {self.cure}"
