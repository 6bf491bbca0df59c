"""What a model takes: known by its name beforehand, or learned from a refusal."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from claims_env.chats.refusal import Refusal

Structured = Literal["json_schema", "json_object"]
"""How a reply's form can be asked for: by its schema, or only that it be JSON."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """Parameters a model takes.

    Attributes:
        temperature: Whether it takes one.
        seed: Whether it takes one.
        caps: Names for the most tokens of an answer, the one to use first.
        structured: Ways to ask for JSON, the one to use first; none leaves it to the words.
    """

    temperature: bool = True
    seed: bool = True
    caps: tuple[str, ...] = ("max_tokens", "max_completion_tokens")
    structured: tuple[Structured, ...] = ("json_schema", "json_object")


_REASONING = Abilities(temperature=False, caps=("max_completion_tokens",))
_JSON_ONLY = Abilities(structured=("json_object",))

BY_PREFIX = {
    "o1": _REASONING,
    "o3": _REASONING,
    "o4": _REASONING,
    "gpt-5": _REASONING,
    "gpt-6": _REASONING,
    "gpt-3.5": _JSON_ONLY,
    "gpt-4-": _JSON_ONLY,
    "deepseek": _JSON_ONLY,
    "qwen": _JSON_ONLY,
    "qvq": _JSON_ONLY,
    "gemini-3": Abilities(temperature=False),
}
"""By how a name begins; the longest fitting beginning counts, and what fits none takes everything.

Sources: OpenAI's guide to reasoning models (no temperature, max_completion_tokens), Model Studio's
on structured output (Qwen-VL: json_object), Google's on Gemini 3 (leave the temperature alone).
"""

_OBJECTION = re.compile(
    r"unsupported|not support|unrecogni[sz]ed|unknown|not permitted|not allowed|deprecated", re.I
)
_NAMES = (
    "temperature",
    "seed",
    "max_completion_tokens",
    "max_tokens",
    "response_format",
    "json_schema",
)


def abilities_of(model: str) -> Abilities:
    """Return what a model of this name takes."""
    name = model.lower()
    fitting = [prefix for prefix in BY_PREFIX if name.startswith(prefix)]
    return BY_PREFIX[max(fitting, key=len)] if fitting else Abilities()


def amended(abilities: Abilities, refusal: Refusal) -> Abilities | None:
    """Return the abilities without the one parameter a refusal names, or None if it names none."""
    name = _named(refusal)
    if name == "temperature" and abilities.temperature:
        return replace(abilities, temperature=False)
    if name == "seed" and abilities.seed:
        return replace(abilities, seed=False)
    if name in abilities.caps:
        return replace(abilities, caps=tuple(cap for cap in abilities.caps if cap != name))
    if name in ("response_format", "json_schema") and abilities.structured:
        return replace(abilities, structured=abilities.structured[1:])
    return None


def _named(refusal: Refusal) -> str | None:
    if refusal.status not in (400, 422) or not _OBJECTION.search(
        f"{refusal.code} {refusal.message}"
    ):
        return None
    if refusal.parameter:
        return next((name for name in _NAMES if refusal.parameter.startswith(name)), None)
    # where several are named, the others are advice: "use max_completion_tokens instead"
    places = {name: re.search(rf"\b{name}\b", refusal.message) for name in _NAMES}
    found = {name: place.start() for name, place in places.items() if place}
    return min(found, key=lambda name: found[name]) if found else None
