"""Somebody's Python source: decoded and parsed, or refused by file and place."""

import ast

from claims_env.errors import LibraryError


def decoded(content: bytes, name: str) -> str:
    """Return a source's text, without the mark some editors put before it.

    Raises:
        LibraryError: It is not UTF-8, or holds a null byte, which no Python source may.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LibraryError(
            f"{name}: byte {error.start} (0x{content[error.start]:02x}) is not UTF-8. Save the "
            "file in UTF-8, so that no letter of a phrase is lost."
        ) from None
    if (place := content.find(0)) >= 0:
        raise LibraryError(
            f"{name}: byte {place} is a null byte, so it is no Python that can be read. "
            "Restore the file, or name the one that holds the lists."
        )
    return text.removeprefix("\ufeff")


def parsed(text: str, name: str) -> ast.Module:
    """Return a source's tree; nothing of it is run.

    Raises:
        LibraryError: It is no Python.
    """
    try:
        return ast.parse(text, name)
    except SyntaxError as error:
        place = name if error.lineno is None else f"{name}:{error.lineno}"
        raise LibraryError(
            f"{place}: it is no Python that can be read ({error.msg}). Restore the file, or name "
            "the one that holds the lists."
        ) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise LibraryError(
            f"{name}: it is no Python that can be read ({str(error) or type(error).__name__}). "
            "Restore the file, or name the one that holds the lists."
        ) from None
