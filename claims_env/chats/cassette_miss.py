"""Why a cassette has no answer: what sets a question apart from the nearest recorded one."""

from collections.abc import Iterator, Mapping
from typing import Any

from claims_env.question_record import Record

_FIELDS = {
    "chat": "model",
    "prompt_version": "prompt version",
    "sample": "sample",
    "max_tokens": "max_tokens",
    "temperature": "temperature",
    "seed": "seed",
}

_AROUND = 30
"""Characters of a text that are repeated from where it differs."""

_DIGEST = 12
"""Characters of a picture's digest that are repeated."""


def explain_miss(asked: Record, recorded: Mapping[int, Record]) -> str:
    """Return what the nearest recorded question has different.

    Args:
        asked: The question without an answer.
        recorded: The questions with one, by their line in the cassette.
    """
    if not recorded:
        return "It holds no answer at all."
    line = min(recorded, key=lambda number: _distance(recorded[number], asked))
    told = "; ".join(_differences(recorded[line], asked))
    return f"The nearest of {len(recorded)} recorded, in line {line}, differs in {told}."


def _distance(recorded: Record, asked: Record) -> tuple[int, float]:
    """Return how many things differ, and how much of the texts does."""
    pairs = zip(recorded["messages"], asked["messages"], strict=False)
    apart = sum(1 - _common(r["text"], a["text"]) for r, a in pairs)
    return len(list(_differences(recorded, asked))), apart


def _differences(recorded: Record, asked: Record) -> Iterator[str]:
    for field, name in _FIELDS.items():
        if recorded[field] != asked[field]:
            yield f"the {name} (recorded {recorded[field]!r}, asked {asked[field]!r})"
    if recorded["schema"] != asked["schema"]:
        yield "the schema"
    if _roles(recorded) != _roles(asked):
        yield f"the messages (recorded {_roles(recorded)}, asked {_roles(asked)})"
        return
    for old, new in zip(recorded["messages"], asked["messages"], strict=True):
        yield from _message_differences(old, new)


def _message_differences(old: Record, new: Record) -> Iterator[str]:
    if old["text"] != new["text"]:
        start = _prefix(old["text"], new["text"])
        said = [text["text"][start : start + _AROUND] for text in (old, new)]
        yield (
            f"the {new['role']}'s text from character {start} on "
            f"(recorded {said[0]!r}, asked {said[1]!r})"
        )
    if len(old["pictures"]) != len(new["pictures"]):
        counts = len(old["pictures"]), len(new["pictures"])
        yield f"the number of pictures (recorded {counts[0]}, asked {counts[1]})"
        return
    for i, (was, now) in enumerate(zip(old["pictures"], new["pictures"], strict=True), 1):
        if was != now:
            yield f"picture {i} (recorded {_picture(was)}, asked {_picture(now)})"


def _picture(picture: Record) -> str:
    return f"{picture['width']}x{picture['height']} {picture['sha256'][:_DIGEST]}"


def _roles(record: Record) -> list[Any]:
    return [message["role"] for message in record["messages"]]


def _common(one: str, other: str) -> float:
    """Return which part of the longer text both begin and end with, 0 to 1."""
    longer = max(len(one), len(other))
    if one == other or not longer:
        return 1.0
    start = _prefix(one, other)
    end = _prefix(one[start:][::-1], other[start:][::-1])
    return (start + end) / longer


def _prefix(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
