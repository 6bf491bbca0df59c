"""The words: one YAML file per domain, read into a `VariableLibrary`.

To add a domain, put `<domain>.yaml` beside the others: its sub-categories, its sentence templates
and, for each of the four slots, phrases with a tier (1 easy to 5 hard) and a category. Keep it
rectangular (as many templates and phrases per slot as the other files), or actions wrap around in
the shorter lists. Begin every template with words no other one begins with, and let no phrase of a
slot be part of another: then every sentence reads back to one prompt. Teach the composer new words
in its lexicon.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from claims_env.errors import LibraryError
from claims_env.prompt import SLOTS, Phrase
from claims_env.variable_library import DomainWords, VariableLibrary

_FIELDS = ("categories", "templates", *SLOTS)
_PHRASE_FIELDS = ("text", "tier", "category")
_Loader: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # libyaml, where built in, is 8x faster


def load_library(folder: Traversable | None = None) -> VariableLibrary:
    """Return the library written in a folder, its domains in the order of their file names.

    Args:
        folder: Where the YAML files lie (a `Path` will do), or None for the library that ships.

    Raises:
        LibraryError: There is no file, or one is malformed; it names file, field and cure.
    """
    folder = folder or files(__name__)
    found = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda f: f.name
    )
    if not found:
        raise LibraryError(f"{folder}: it holds no .yaml file. Write one per domain.")
    return VariableLibrary({file.name.removesuffix(".yaml"): _domain(file) for file in found})


def _domain(file: Traversable) -> DomainWords:
    content = _content(file)
    _check_fields(file.name, content, _FIELDS)
    categories = _strings(file.name, "categories", content["categories"])
    return DomainWords(
        templates=_strings(file.name, "templates", content["templates"]),
        phrases={slot: _phrases(file.name, slot, content[slot], categories) for slot in SLOTS},
    )


def _content(file: Traversable) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LibraryError(
            f"{file.name}: it is no readable YAML ({error}). Mend that line."
        ) from None


def _phrases(file: str, slot: str, entries: Any, categories: Sequence[str]) -> tuple[Phrase, ...]:
    if not isinstance(entries, list):
        raise LibraryError(f"{file}: {slot} is {_kind(entries)}. Write a list of phrases there.")
    return tuple(
        _phrase(file, f"{slot}[{i}]", entry, categories) for i, entry in enumerate(entries)
    )


def _phrase(file: str, place: str, entry: Any, categories: Sequence[str]) -> Phrase:
    _check_fields(f"{file}: {place}", entry, _PHRASE_FIELDS)
    text, tier, category = (entry[field] for field in _PHRASE_FIELDS)
    if not isinstance(text, str) or not text.strip():
        raise LibraryError(
            f"{file}: {place}.text is {text!r}. Write the words, in quotes if need be."
        )
    if type(tier) is not int or not 1 <= tier <= 5:
        raise LibraryError(f"{file}: {place}.tier is {tier!r}. Write a whole number, 1 to 5.")
    if category not in categories:
        raise LibraryError(
            f"{file}: {place}.category is {category!r}. Known: {', '.join(categories)}. "
            f"Take one of these or add it to `categories`."
        )
    return Phrase(text, tier, category)


def _strings(file: str, field: str, entries: Any) -> tuple[str, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise LibraryError(f"{file}: {field} is no list of words. Write `{field}: [..., ...]`.")
    return tuple(entries)


def _check_fields(where: str, entry: Any, fields: Sequence[str]) -> None:
    """Refuse anything but a mapping with exactly these fields."""
    if not isinstance(entry, Mapping):
        raise LibraryError(f"{where} is {_kind(entry)}. Write a mapping with {', '.join(fields)}.")
    if missing := [field for field in fields if field not in entry]:
        raise LibraryError(f"{where} lacks {', '.join(missing)}. Add it.")
    if unknown := [str(field) for field in entry if field not in fields]:
        raise LibraryError(f"{where} has unknown {', '.join(unknown)}. Known: {', '.join(fields)}.")


def _kind(entry: Any) -> str:
    return "empty" if entry is None else f"a {type(entry).__name__}"
