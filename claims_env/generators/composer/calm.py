"""Calm: the poses a move ends in, which a body short of time passes through on its way to the next.

A move closes by coming back to rest. Where another one follows at once nobody waits for that: feet
are set down, and the rest of the way home is gone together with the first pose of what follows.
"""

from collections.abc import Sequence

from claims_env.generators.composer.cue import Cue
from claims_env.generators.composer.poses import Arm, Plant

_UPRIGHT = {"drop": 0.26, "tilt": 8.0, "bend": 10.0, "side": 0.5, "curve": 0.5, "twist": 0.5}
"""The most a calm pose may be off the resting stance, in the units of `Cue`."""

_TELLING = {"tilt", "arms", "lead", "base"}


def is_calm(cue: Cue) -> bool:
    """Return whether a pose only brings the body back to standing upright on flat feet."""
    return bool(cue.keys() & _TELLING) and all(_is_calm(k, v) for k, v in cue.items())


def _is_calm(key: str, value: object) -> bool:
    if isinstance(value, Plant):
        return value.heel <= 10
    if isinstance(value, Arm):
        return abs(value.forward) < 60 and abs(value.out) < 60
    if key == "look":
        return value == (0, 0)
    return key == "share" or (
        isinstance(value, float | int) and abs(value) <= _UPRIGHT.get(key, -1)
    )


def is_footed(cue: Cue) -> bool:
    """Return whether a pose sets a foot down."""
    return "lead" in cue or "base" in cue


def both(first: Cue, second: Cue) -> Cue:
    """Return two poses as one; where both speak of a part, the second is heard."""
    if "arms" in second:
        first = first.copy()
        first.pop("lead_arm", None)
        first.pop("base_arm", None)
    return {**first, **second}


def in_one(cues: Sequence[Cue]) -> list[Cue]:
    """Return calm poses as one, or as two where both feet are to be set down."""
    whole: Cue = {}
    for cue in cues:
        whole = both(whole, cue)
    if "lead" not in whole or "base" not in whole:
        return [whole]
    first: Cue = {}
    if next(key for cue in cues for key in ("lead", "base") if key in cue) == "lead":
        first["lead"] = whole.pop("lead")
    else:
        first["base"] = whole.pop("base")
    return [first, whole]


def mirrored(cue: Cue) -> Cue:
    """Return the same pose of a standing body, said with lead and base exchanged."""
    other = cue.copy()
    lead, base = other.pop("lead_arm", None), other.pop("base_arm", None)
    if lead is not None:
        other["base_arm"] = lead
    if base is not None:
        other["lead_arm"] = base
    if "share" in other:
        other["share"] = 1 - other["share"]
    return other
