"""What a generator made of a prompt's words, as its clip's provenance tells it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claims_env.motion import Motion


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood and what was not; empty where the generator says nothing.

    Attributes:
        moves: What is performed, in order, such as 'front_kick (height 0.95)'.
        style: How, such as 'amplitude 1.1, guard 1'.
        timing: When, in the same form.
        not_understood: Words that changed nothing.
        left_out: What was understood and had no room.
        remark: What else a viewer must know, such as that nothing fitted the words.
    """

    moves: tuple[str, ...]
    style: str
    timing: str
    not_understood: tuple[str, ...]
    left_out: tuple[str, ...]
    remark: str = ""


def understanding_of(motion: Motion) -> Understanding:
    """Return what a clip's provenance says of its words.

    The keys read are those the composer writes: `moves` (each a mapping with `primitive` and its
    parameters), `style` and `timing` (mappings), `not_understood` and `left_out` (lists),
    `fallback` (what is shown for want of a move named); and those of a generator that plays
    recordings: `clips` (mappings with `clip`, `start_s`, `end_s`) and `matched`.
    """
    said = motion.provenance
    return Understanding(
        moves=tuple(_move(entry) for entry in _listed(said.get("moves", said.get("clips")))),
        style=_settings(said.get("style")),
        timing=_settings(said.get("timing")),
        not_understood=tuple(str(word) for word in _listed(said.get("not_understood"))),
        left_out=tuple(_move(entry) for entry in _listed(said.get("left_out"))),
        remark=_remark(said),
    )


def _remark(said: Mapping[str, Any]) -> str:
    if said.get("matched") is False:
        return "no recording matches these words"
    fallback = said.get("fallback")
    return f"no word names a move; shown instead: {fallback}" if fallback else ""


def _move(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    if "clip" in entry:
        return f"{entry['clip']} ({entry.get('start_s', '?')} to {entry.get('end_s', '?')} s)"
    given = {key: value for key, value in entry.items() if key not in ("primitive", "name")}
    name = str(entry.get("primitive", entry.get("name", "?")))
    return f"{name} ({_settings(given)})" if given else name


def _settings(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return "" if entry is None else str(entry)
    return ", ".join(f"{key} {_value(value)}" for key, value in entry.items())


def _value(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _listed(entry: Any) -> list[Any]:
    if entry is None:
        return []
    is_one = isinstance(entry, str | Mapping) or not isinstance(entry, Iterable)
    return [entry] if is_one else list(entry)
