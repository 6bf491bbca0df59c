"""The window of a base action: when, within its clip, a prompt's base action is performed."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from math import ceil
from typing import Any

from claims_env.motion import Motion
from claims_env.prompt import Prompt

SHORTEST = 6
"""Frames of a window at the least, so that a pose has a speed and its percentiles differ."""


def base_window(motion: Motion, prompt: Prompt, moves: int) -> slice | None:
    """Return the frames in which a clip first performs the base action, or None if it tells none.

    Read are `moves` (each with its `primitive`, in the order of the sentence) and `timeline`
    (`primitive`, `start` and `end` [s]) of the clip's provenance, as the composer writes them.

    Args:
        motion: The clip.
        prompt: What it is of.
        moves: How many of its moves the base action has, as a clip of it alone shows.
    """
    timeline = motion.provenance.get("timeline", ())
    names = [str(move["primitive"]) for move in motion.provenance.get("moves", ()) if timeline]
    if not names or not moves or "base_action" not in prompt.said:
        return None
    first = 0 if _leads(prompt) else len(names) - moves
    own = [first <= place < first + moves for place in _places(names, timeline)]
    if True not in own:
        return None
    start = own.index(True)
    played = len(list(takewhile(bool, own[start:])))
    return _frames(timeline[start]["start"], timeline[start + played - 1]["end"], motion)


def _leads(prompt: Prompt) -> bool:
    """Return whether the sentence names the base action before the combo action."""
    combo = prompt.template.find("{combo_action}")
    return combo < 0 or prompt.template.find("{base_action}") < combo


def _places(names: Sequence[str], timeline: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return which of the moves each entry is, or -1: they come in order, again and again.

    Moves that were left out are passed over.
    """
    places: list[int] = []
    for entry in timeline:
        latest = places[-1] if places else -1
        coming = [(latest + 1 + step) % len(names) for step in range(len(names))]
        places.append(next((p for p in coming if names[p] == entry["primitive"]), -1))
    return places


def _frames(start: float, end: float, motion: Motion) -> slice:
    first = min(int(start * motion.fps), motion.frames - 1)
    last = max(ceil(end * motion.fps) + 1, first + SHORTEST)
    return slice(max(min(first, motion.frames - SHORTEST), 0), min(last, motion.frames))
