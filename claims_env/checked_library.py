"""A library that was looked over: what was found in its files, and where in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from claims_env.finding import Finding
from claims_env.variable_library import VariableLibrary

Place = tuple[str | int, ...]
"""The way to a value in a domain's file: keys and indices from the top."""


@dataclass(frozen=True, slots=True)
class CheckedLibrary:
    """What a check of a library's files gives.

    Attributes:
        findings: Errors first, then by file and line.
        library: The words, or None where errors keep them from being one.
        files: Each domain's file name.
        lines: Each domain's places, and the line each begins in, from 1.
    """

    findings: tuple[Finding, ...]
    library: VariableLibrary | None
    files: Mapping[str, str]
    lines: Mapping[str, Mapping[Place, int]]

    def warn(self, domain: str, place: Place, problem: str, cure: str) -> Finding:
        """Return a warning about a place in a domain's file."""
        line = self.lines[domain].get(place)
        return Finding("warning", self.files[domain], line, spelled(place), problem, cure)


def spelled(place: Place) -> str:
    """Return a place as people write it, such as 'detail[3].tier'."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return words.removeprefix(".")
