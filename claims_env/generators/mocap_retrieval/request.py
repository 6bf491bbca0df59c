"""Requests: the single actions a prompt asks for, and how fast."""

import re
from dataclasses import dataclass
from typing import Any

from claims_env.generators.mocap_retrieval.synonyms import IDLE, QUALIFIERS, meant
from claims_env.generators.mocap_retrieval.words import fold, stems
from claims_env.prompt import Prompt

TEMPOS = (0.85, 0.92, 1.0, 1.1, 1.2)
"""How fast a rhythm of tier 1 to 5 plays a recording, 1 as it was recorded."""

SLOW, FAST = 0.85, 1.18
"""How fast free text plays one where it says slowly or quickly."""

_BORDER = re.compile(
    r"[,;:.]|\b(?:and|into|then|before|while|with|followed by|out of|from|after|chased by)\b"
)
_REVERSING = ("out of", "after")
_SLOWLY = frozenset(stems("slow slowly gentle gently calm relaxed unhurried legato adagio"))
_QUICKLY = frozenset(stems("fast quick quickly rapid rapidly brisk explosive sprint speed presto"))


@dataclass(frozen=True, slots=True)
class Ask:
    """One action asked for.

    Attributes:
        text: As the prompt words it.
        words: Its stems, without idle ones, none twice.
        slot: Where it stands: base_action, combo_action, or text.
    """

    text: str
    words: tuple[str, ...]
    slot: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a prompt asks for.

    Attributes:
        asks: In the order they are to be done.
        tempo: How fast to play, 1 as recorded.
        domain: Of a slot-filled prompt.
        words: The stems of the whole sentence, without idle ones.
        told: What the provenance should say about what recordings cannot follow.
    """

    asks: tuple[Ask, ...]
    tempo: float
    domain: str | None
    words: tuple[str, ...]
    told: dict[str, Any]


def read_request(prompt: Prompt | str) -> Request:
    """Return what a prompt asks for."""
    if isinstance(prompt, str):
        words = stems(prompt)
        return Request(asks_in(prompt, "text"), _pace(words), None, telling(words), {})
    base = asks_in(prompt.base_action.text, "base_action", prompt.domain)
    combo = asks_in(prompt.combo_action.text, "combo_action", prompt.domain)
    is_base_first = prompt.template.find("{base_action}") < prompt.template.find("{combo_action}")
    return Request(
        asks=base + combo if is_base_first else combo + base,
        tempo=TEMPOS[prompt.speed_rhythm.tier - 1],
        domain=prompt.domain,
        words=telling(stems(prompt.text)),
        told=_told(prompt),
    )


def _told(prompt: Prompt) -> dict[str, Any]:
    return {
        "detail": f"not followed: '{prompt.detail.text}'; a recording's style is its own",
        "speed_rhythm": f"'{prompt.speed_rhythm.text}' only sets the tempo, by its tier",
    }


def asks_in(text: str, slot: str, domain: str = "") -> tuple[Ask, ...]:
    """Return the actions of a phrase: its clauses, each with the qualifying ones beside it.

    'A kick out of a crouch' crouches first.
    """
    clauses: list[str] = []
    reverses = False
    for border, clause in _clauses(fold(text)):
        if clauses and not (_names_action(clause) and _names_action(clauses[-1])):
            clauses[-1] += f" {border} {clause}".replace("  ", " ")
        else:
            reverses = border in _REVERSING and bool(clauses)
            clauses.insert(len(clauses) - reverses, clause)
    asks = [Ask(clause, _words(clause, domain), slot) for clause in clauses]
    return tuple(ask for ask in asks if ask.words)


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stems that are not idle, none twice."""
    return tuple(dict.fromkeys(word for word in words if word not in IDLE))


def _words(clause: str, domain: str) -> tuple[str, ...]:
    return telling(tuple(meant(word, domain) for word in stems(clause)))


def _clauses(text: str) -> list[tuple[str, str]]:
    """Return each clause with the border before it; the first has none."""
    borders = list(_BORDER.finditer(text))
    starts = [0, *(border.end() for border in borders)]
    ends = [*(border.start() for border in borders), len(text)]
    names = ["", *(border.group() for border in borders)]
    found = [(name, text[a:b].strip()) for name, a, b in zip(names, starts, ends, strict=True)]
    return [(name, clause) for name, clause in found if clause]


def _names_action(clause: str) -> bool:
    return any(word not in QUALIFIERS for word in telling(stems(clause)))


def _pace(words: tuple[str, ...]) -> float:
    slow, quick = not _SLOWLY.isdisjoint(words), not _QUICKLY.isdisjoint(words)
    if slow == quick:
        return 1.0
    return SLOW if slow else FAST
