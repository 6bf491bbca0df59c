"""Casting: which recording plays which part of a request."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from claims_env.generators.mocap_retrieval.caption_index import CaptionIndex, Match
from claims_env.generators.mocap_retrieval.request import Ask, Request
from claims_env.generators.mocap_retrieval.synonyms import domain_stems
from claims_env.generators.mocap_retrieval.words import spelled

GOOD_ENOUGH = 0.25
"""The lowest score that counts as an answer."""

NEAR_TIE = 0.06
"""Matches this close to the best are as good; the seed chooses among them."""

MOST_PARTS = 4
"""More do not fit into six seconds: a recorded action takes a second and a half."""


SENTENCE = "the words of the whole sentence"
DOMAIN = "the usual actions of its domain"
CHANCE = "chance: no word of it is in any caption"
"""How a stand-in was chosen."""


@dataclass(frozen=True, slots=True)
class Part:
    """One recording and what it is there for.

    Attributes:
        asked: The words of the prompt it answers.
        match: The caption that was found.
        count: How many asks it answers, one after the other.
    """

    asked: tuple[str, ...]
    match: Match
    count: int = 1


@dataclass(frozen=True, slots=True)
class Cast:
    """The recordings for a request.

    Attributes:
        parts: In the order they are played; at least one.
        matched: Whether they answer an action asked for; if not, they are a stand-in.
        not_understood: Words of the actions that no part answers, as the prompt spells them.
        left_out: Actions that were found and had no room.
        stand_in: How the stand-in was chosen; None for a match.
    """

    parts: tuple[Part, ...]
    matched: bool
    not_understood: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    stand_in: str | None = None


def cast(request: Request, index: CaptionIndex, rng: np.random.Generator) -> Cast:
    """Return the recordings that answer a request best, near-ties settled by chance.

    Where nothing is good enough a stand-in is cast, and said to be one: the nearest by the words of
    the whole sentence, then by the domain's usual actions, then any clip.
    """
    answered = [(ask, _choices(index, ask.words)) for ask in request.asks]
    unknown = tuple(word for ask, found in answered for word in _unmet(ask, found))
    parts: list[Part] = []
    for ask, found in answered:
        if found:
            _add(parts, ask, found, rng)
    if not parts:
        return _stand_in(request, index, unknown, rng)
    kept, left_out = _room_for(parts)
    return Cast(kept, True, unknown, left_out)


def _choices(index: CaptionIndex, words: Sequence[str]) -> list[Match]:
    """Return the matches that are good enough and as good as the best, one per clip."""
    good = [m for m in index.find(words) if m.is_action and m.score >= GOOD_ENOUGH]
    return _near_ties(good)


def _near_ties(matches: Sequence[Match]) -> list[Match]:
    near: dict[int, Match] = {}
    for match in matches:
        if match.score >= matches[0].score - NEAR_TIE:
            near.setdefault(match.clip, match)
    return list(near.values())


def _unmet(ask: Ask, found: Sequence[Match]) -> tuple[str, ...]:
    met = {word for match in found for word in match.words}
    return spelled(ask.text, set(ask.words) - met)


def _add(parts: list[Part], ask: Ask, found: Sequence[Match], rng: np.random.Generator) -> None:
    """Append a part, or lengthen the last one if its recording will do again."""
    if parts and any(match.clip == parts[-1].match.clip for match in found):
        last = parts[-1]
        parts[-1] = replace(last, asked=(*last.asked, ask.text), count=last.count + 1)
        return
    parts.append(Part((ask.text,), _drawn(found, rng)))


def _room_for(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Return the parts there is room for, in order, and the words of those left out."""
    best = sorted(range(len(parts)), key=lambda i: -parts[i].match.score)[:MOST_PARTS]
    kept = tuple(part for i, part in enumerate(parts) if i in best)
    return kept, tuple(a for i, part in enumerate(parts) if i not in best for a in part.asked)


def _stand_in(
    request: Request, index: CaptionIndex, unknown: tuple[str, ...], rng: np.random.Generator
) -> Cast:
    usual = domain_stems(request.domain) if request.domain else ()
    for words, why in ((request.words, SENTENCE), (usual, DOMAIN)):
        near = _near_ties([match for match in index.find(words) if match.is_action])
        if near:
            return Cast((Part((), _drawn(near, rng)),), False, unknown, stand_in=why)
    return Cast((Part((), _drawn(index.actions, rng)),), False, unknown, stand_in=CHANCE)


def _drawn(matches: Sequence[Match], rng: np.random.Generator) -> Match:
    return matches[int(rng.integers(len(matches)))]
