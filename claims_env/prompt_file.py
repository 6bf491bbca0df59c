"""A text for language models in a file that people read and edit: a version, then named parts."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from claims_env.errors import ConfigError

_VERSION = re.compile(r"version: *(\S[^\n]*?) *\n")
_HEADING = re.compile(r"^## +(\S[^\n]*?) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PromptFile:
    """The parts of a file, with $placeholders.

    Attributes:
        version: What it calls itself, such as 'scheduler 1'; raised whenever the words change.
        parts: The text below each '## NAME', by its name.
        digest: Of the file's text, the first 12 digits of its sha256.
    """

    version: str
    parts: Mapping[str, str]
    digest: str

    @property
    def label(self) -> str:
        """Version and digest, by which records know the text."""
        return f"{self.version} ({self.digest})"

    def fill(self, part: str, **values: str) -> str:
        """Return a part with its placeholders filled in; what it does not ask for is left out."""
        return Template(self.parts[part]).substitute(values)


def read_prompt_file(path: Path, known: Mapping[str, Collection[str]]) -> PromptFile:
    """Read a file.

    Args:
        path: Its place.
        known: The parts it must have, each with the placeholders it may ask for.

    Raises:
        ConfigError: It cannot be read, lacks a part, or asks for what is not told there.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The prompt {path} cannot be read: {error}.") from None
    version, parts = _VERSION.match(text), _parts(text)
    if version is None or set(parts) != set(known):
        raise ConfigError(
            f"{path} is no prompt. Expected a line 'version: NAME', then a line '## PART' with its "
            f"text below for each of: {', '.join(known)}. Found: {', '.join(parts) or 'none'}."
        )
    for name, part in parts.items():
        _check_placeholders(part, f"{path}, '{name}'", known[name])
    return PromptFile(version[1], parts, hashlib.sha256(text.encode()).hexdigest()[:12])


def _parts(text: str) -> dict[str, str]:
    _, *found = _HEADING.split(text)
    return {name: part.strip() for name, part in zip(found[::2], found[1::2], strict=True)}


def _check_placeholders(text: str, where: str, known: Collection[str]) -> None:
    if not Template(text).is_valid():
        raise ConfigError(f"{where} holds a '$' that is no placeholder. Write '$$' for the sign.")
    if unknown := sorted(set(Template(text).get_identifiers()) - set(known)):
        told = ", ".join(f"${name}" for name in sorted(known)) or "none"
        raise ConfigError(f"{where} asks for ${unknown[0]}, which is not told here. Known: {told}.")
