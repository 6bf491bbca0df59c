"""The JSON objects in what a model wrote: whole, fenced, between words, or a comma away from it."""

import json
import re
from collections.abc import Iterator
from typing import Any

_FENCED = re.compile(r"```[\w-]*[ \t]*\n(.*?)```", re.DOTALL)
_OPENED = re.compile(r'\{\s*"[^"]*(?:"\s*:|$)')
"""A brace that opens JSON, not prose: a name and a colon follow, or the text ends before them."""

_TEXT_OR_BRACE = re.compile(r'"(?:\\.|[^"\\])*"|[{}"]', re.DOTALL)
_TEXT_OR_TRAILING_COMMA = re.compile(r'"(?:\\.|[^"\\])*"|,(?=\s*[}\]])', re.DOTALL)

_OPENING = 80
"""Characters of an answer without any object that are repeated."""


def objects_in(text: str) -> list[dict[str, Any]]:
    """Return the outermost objects of a text, those in fenced blocks last: the likeliest last.

    Forgiven are a trailing comma, a line break inside a text, and 7.0 for the integer 7. Of an
    object that is damaged or cut off nothing is returned, neither what lies whole inside it nor
    what stands before it, since that was a draft. Where an object has one key alone, the object
    under that key is listed before it.
    """
    fenced = "\n".join(_FENCED.findall(text))
    # a text that is an object may itself quote a fence
    places = (text,) if text.lstrip().startswith("{") else (text, fenced)
    return [value for place in places for value in _since_damage(place)]


def why_none(text: str) -> str:
    """Return why a text holds no object, in a sentence."""
    damaged = [place for place, value in _pieces(text) if value is None]
    if not damaged:
        said = text.strip()[:_OPENING]
        return f"It begins {said!r} and holds no JSON object." if said else "It is empty."
    try:
        _DECODER.raw_decode(text, damaged[-1])
    except json.JSONDecodeError as error:
        where = error.pos - damaged[-1]
        return f"Its JSON is damaged or cut off: {error.msg} at character {where} of the object."
    except (ValueError, RecursionError):
        pass
    return "Its JSON is damaged."


def _since_damage(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for _, value in _pieces(text):
        if value is None:
            found = []
        else:
            found += [inner for inner in value.values() if _is_wrapped(value, inner)] + [value]
    return found


def _pieces(text: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """Yield where each outermost object opens, and what it is; None if it is damaged."""
    place = text.find("{")
    while place >= 0:
        value, end = _object_at(text, place)
        if value is not None or _OPENED.match(text, place):
            yield place, value
        place = text.find("{", end)


def _object_at(text: str, place: int) -> tuple[dict[str, Any] | None, int]:
    """Return the object that opens at a brace, None if that is none, and where to look on."""
    try:
        decoded: tuple[dict[str, Any], int] = _DECODER.raw_decode(text, place)
        return decoded
    except (ValueError, RecursionError):
        pass
    if not _OPENED.match(text, place):
        return None, place + 1
    # nothing inside a damaged object is taken for the answer
    end = _end(text, place)
    return _mended(text[place:end]), end


def _mended(text: str) -> dict[str, Any] | None:
    """Return an object without its trailing commas.

    Nothing else is mended: what an apostrophe or a missing brace was meant to be is a guess.
    """
    whole = _TEXT_OR_TRAILING_COMMA.sub(lambda m: m[0] if m[0] != "," else "", text)
    try:
        value: dict[str, Any] = _DECODER.decode(whole)
    except (ValueError, RecursionError):
        return None
    return value


def _end(text: str, place: int) -> int:
    """Return where the brace that opens at a place is closed; the end of the text if nowhere."""
    depth = 0
    for part in _TEXT_OR_BRACE.finditer(text, place):
        depth += {"{": 1, "}": -1}.get(part[0], 0)
        if depth == 0:
            return part.end()
    return len(text)


def _is_wrapped(value: dict[str, Any], inner: Any) -> bool:
    return len(value) == 1 and isinstance(inner, dict)


def _number(digits: str) -> float:
    """Return 7.0 as the integer it is, so that it passes for one."""
    value = float(digits)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


_DECODER = json.JSONDecoder(parse_float=_number, parse_constant=_no_number, strict=False)
"""Lets line breaks inside texts pass, since models write them; not NaN and Infinity."""
