"""A part asked for on one line: its name, and its settings in brackets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from claims_env.errors import ConfigError

_PART = re.compile(r"(?P<name>[^\[\],\s]+)(?:\[(?P<settings>.*)\])?")
_COMMA = re.compile(r",(?![^\[]*\])")
"""A comma that stands in no brackets."""


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A name and what its class is given beside what every such class is given.

    Attributes:
        name: A registered name, or 'module:Class'.
        settings: Keyword arguments, numbers, booleans and words.
    """

    name: str
    settings: Mapping[str, Any]

    @property
    def label(self) -> str:
        """The part as it is written in plans and tables: settings sorted, so that it is unique."""
        inside = ",".join(f"{key}={_written(self.settings[key])}" for key in sorted(self.settings))
        return f"{self.name}[{inside}]" if inside else self.name


def split_parts(line: str) -> tuple[AskedPart, ...]:
    """Return the parts of a line such as 'random,plr[temperature=0.3]', each once.

    Raises:
        ConfigError: The line names nothing, or cannot be read.
    """
    written = [text.strip() for text in _COMMA.split(line) if text.strip()]
    if not written:
        raise ConfigError(f"'{line}' names nothing. Expected names between commas.")
    parts = [read_part(text) for text in written]
    return tuple({part.label: part for part in parts}.values())


def read_part(text: str) -> AskedPart:
    """Return the part a text such as 'plr[temperature=0.3]' asks for.

    Raises:
        ConfigError: It cannot be read.
    """
    match = _PART.fullmatch(text)
    if match is None:
        raise ConfigError(f"'{text}' names no part. Expected a name, or name[setting=value,...].")
    inside = match["settings"] or ""
    return AskedPart(match["name"], dict(_setting(s, text) for s in inside.split(",") if s.strip()))


def _setting(text: str, whole: str) -> tuple[str, Any]:
    key, equals, value = (piece.strip() for piece in text.partition("="))
    try:
        read = yaml.safe_load(value)
    except yaml.YAMLError:
        read = [value]
    if not key.isidentifier() or not equals or not _is_plain(read):
        raise ConfigError(
            f"'{text.strip()}' in '{whole}' is no setting. Expected name=value, the value a "
            "number, true, false or a word."
        )
    return key, read


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
