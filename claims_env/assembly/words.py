"""The library room, reached only when words are asked for."""

import importlib
from pathlib import Path

from claims_env.checked_library import CheckedLibrary
from claims_env.variable_library import VariableLibrary
from claims_env.word_file import WordFile


def whole_library(path: Path | None = None) -> VariableLibrary:
    """Return the library of a folder or file, or the shipped one; reserved phrases included.

    Raises:
        LibraryError: It is missing or malformed.
    """
    library: VariableLibrary = importlib.import_module("claims_env.library").load_library(path)
    return library


def official_words(clone: Path) -> tuple[WordFile, ...]:
    """Return the words of a clone of the official release, read without running any of it.

    Raises:
        LibraryError: It holds none, or they are no plain lists.
    """
    formats = importlib.import_module("claims_env.formats.official_library")
    found: tuple[WordFile, ...] = formats.read_official_library(clone)
    return found


def check_words(path: Path | None = None) -> CheckedLibrary:
    """Return what a check of a library's files finds.

    Raises:
        LibraryError: There is no file to check.
    """
    room = importlib.import_module("claims_env.library.check")
    checked: CheckedLibrary = room.check_library(path)
    return checked


def shipped_evidence() -> Path | None:
    """Return the folder of what was measured of the shipped words; None where it was left out."""
    folder: Path | None = importlib.import_module("claims_env.library").shipped_evidence()
    return folder
