"""A domain's words as the YAML file a library is made of: how to write one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from claims_env.domain_words import DomainWords
from claims_env.errors import LibraryError
from claims_env.prompt import SLOTS, Phrase


@dataclass(frozen=True, slots=True)
class WordFile:
    """Everything a domain's file holds.

    Attributes:
        domain: Its name, and the file's.
        words: Templates and phrases.
        categories: The sub-categories phrases belong to.
        provenance: Where the words came from; empty for words of one's own.
    """

    domain: str
    words: DomainWords
    categories: tuple[str, ...]
    provenance: Mapping[str, Any] = field(default_factory=dict[str, Any])


def write_word_file(file: WordFile, folder: Path, *, overwrite: bool = False) -> Path:
    """Write a domain's file, all at once or not at all; returns its path.

    Raises:
        LibraryError: It is there already, or cannot be written.
    """
    path = folder / f"{file.domain}.yaml"
    if path.exists() and not overwrite:
        raise LibraryError(f"{path} exists. Name another folder, or replace it with --overwrite.")
    partial = path.with_name(f".{path.name}.partial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_text(spelled_out(file), "utf-8")
        partial.replace(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written ({error.strerror}). Name a folder.") from None
    return path


def spelled_out(file: WordFile) -> str:
    """Return the file's text; `load_library` reads the same words back."""
    lines = [
        f"# The words of {file.domain}: how hard each is (tier 1 to 5) and what it belongs to."
    ]
    if file.provenance:
        lines += ["provenance:", *(f"  {key}: {_flow(v)}" for key, v in file.provenance.items())]
    lines.append(f"categories: {_flow(list(file.categories))}")
    lines += ["templates:", *(f"  - {_flow(template)}" for template in file.words.templates)]
    for slot in SLOTS:
        lines += [f"{slot}:", *(f"  - {_entry(phrase)}" for phrase in file.words.phrases[slot])]
    return "\n".join(lines) + "\n"


def _entry(phrase: Phrase) -> str:
    return _flow({"text": phrase.text, "tier": phrase.tier, "category": phrase.category})


def _flow(value: Any) -> str:
    """Return a value as YAML in one line."""
    text: str = yaml.safe_dump(
        value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6
    )
    return text.removesuffix("...\n").strip()
