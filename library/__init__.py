"""The words: one YAML file per domain, read into a `VariableLibrary`.

To add a domain, put `<domain>.yaml` beside the others: its sub-categories, its sentence templates
and, for each of the four slots, phrases with a tier (1 easy to 5 hard) and a category. Keep it
rectangular (as many templates and phrases per slot as the other files), or actions wrap around in
the shorter lists. Begin every template with words no other one begins with, and let no phrase of a
slot be part of another: then every sentence reads back to one prompt. Teach the composer new words
in its lexicon. `claims-env library check` says what of this does not hold.

What was measured of the words lies in `evidence/`, one file per domain.
"""

from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from claims_env.errors import LibraryError
from claims_env.library.schema import PHRASE_FIELDS, Source
from claims_env.library.yaml_source import read_source
from claims_env.prompt import SLOTS, Phrase
from claims_env.variable_library import DomainWords, VariableLibrary

ENDING = ".yaml"
EVIDENCE_ENDING = ".evidence.yaml"


def load_library(folder: Traversable | None = None) -> VariableLibrary:
    """Return the library written in a folder, its domains in the order of their file names.

    Args:
        folder: Where the YAML files lie, or one such file (a `Path` will do), or None for the
            library that ships.

    Raises:
        LibraryError: There is no file, or one is malformed; it names file, line, field and cure.
    """
    return VariableLibrary({domain_of(file): _domain(file) for file in word_files(folder)})


def word_files(folder: Traversable | None = None) -> list[Traversable]:
    """Return the files of a library in the order of their names.

    Raises:
        LibraryError: There is none.
    """
    folder = folder or files(__name__)
    if folder.is_file() and folder.name.endswith(ENDING):
        return [folder]
    if not folder.is_dir():
        is_there = "is no YAML file" if folder.is_file() else "does not exist"
        raise LibraryError(f"{folder} {is_there}. Name a folder with one .yaml file per domain.")
    found = sorted((file for file in folder.iterdir() if _holds_words(file)), key=lambda f: f.name)
    if not found:
        raise LibraryError(f"{folder}: it holds no .yaml file. Write one per domain.")
    return found


def domain_of(file: Traversable) -> str:
    """Return the domain a file holds the words of."""
    return file.name.removesuffix(ENDING)


def shipped_evidence() -> Path | None:
    """Return the folder of what was measured of the shipped words; None where it was left out."""
    folder = Path(str(files(__name__))) / "evidence"
    return folder if folder.is_dir() else None


def words_of(source: Source) -> DomainWords:
    """Return the words of a source without faults."""
    content = source.content
    return DomainWords(
        templates=tuple(content["templates"]),
        phrases={slot: _phrases(content[slot]) for slot in SLOTS},
    )


def _domain(file: Traversable) -> DomainWords:
    source, found = read_source(file)
    if found:
        more = f" ({len(found) - 1} more: `claims-env library check`.)" if found[1:] else ""
        raise LibraryError(f"{found[0]}{more}")
    return words_of(source)


def _phrases(entries: Sequence[dict[str, object]]) -> tuple[Phrase, ...]:
    return tuple(Phrase(*(entry[name] for name in PHRASE_FIELDS)) for entry in entries)  # type: ignore[arg-type]  # the schema holds


def _holds_words(file: Traversable) -> bool:
    return file.name.endswith(ENDING) and not file.name.endswith(EVIDENCE_ENDING)
