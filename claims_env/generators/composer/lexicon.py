"""Reads prompts: which moves, in which style, with which timing, the words ask for.

Rules are ordered tables of data (`lexicon_moves`, `lexicon_modifiers`, `lexicon_style`,
`lexicon_timing`); this file applies them. Whatever no table knows is reported, never guessed.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from claims_env.errors import LibraryError
from claims_env.generators.composer.lexicon_fillers import FILLERS
from claims_env.generators.composer.lexicon_modifiers import MODIFIERS, Readings, meant, modified
from claims_env.generators.composer.lexicon_moves import MOVES
from claims_env.generators.composer.lexicon_negation import CONNECTOR, negated
from claims_env.generators.composer.lexicon_style import DOMAIN_STYLES, STYLES, amplitude, styled
from claims_env.generators.composer.lexicon_table import Hit, without
from claims_env.generators.composer.lexicon_timing import PACES, TIMINGS, tempo, timed
from claims_env.generators.composer.score import Move, Score, Style, Timing
from claims_env.prompt import Prompt

SLOWEST, FASTEST = 0.5, 1.7
"""Bounds of the tempo of a free sentence."""

GENERIC = Move("step")
"""What a text that names no move is shown as; its words stand in `not_understood`."""

_REVERSING = ("from", "out of", "off", "after")

_MARKS = r"\u2000-\u206f\u2190-\u25ff\u2b00-\u2bff\u3000-\u303f"
_WORD = re.compile(
    rf"\d+(?:[.,:/]\d+)+|[^\W_](?:[\w'-]|[^\x00-\x7f{_MARKS}])*"
    r"|[\u2600-\u27bf\U0001f000-\U0001faff][\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]*"
)
"""A letter or digit of any script and what is written on with it, or a run of pictographs."""


def read(prompt: Prompt | str) -> Score:
    """Return what a prompt asks for; free text is read by `read_text`.

    Base and combo action give the moves, in the order the template names them; the detail gives the
    style, the rhythm the timing, and the tiers how large and how fast.
    """
    if isinstance(prompt, str):
        return read_text(prompt)
    base, combo = (_phrase(p.text) for p in (prompt.base_action, prompt.combo_action))
    is_base_first = prompt.template.find("{base_action}") < prompt.template.find("{combo_action}")
    opening, closing = (base, combo) if is_base_first else (combo, base)
    before = 0 if is_base_first else len(combo.moves)
    style, unstyled = _read_style(prompt)
    timing, untimed = _read_timing(prompt)
    return _score(
        opening.moves + closing.moves,
        style=style,
        timing=timing,
        not_understood=_words(opening.rest, closing.rest, unstyled, untimed),
        base=tuple(range(before, before + len(base.moves))),
    )


def read_text(text: str, tier: float = 3) -> Score:
    """Return what a free sentence asks for, by keyword and order.

    Args:
        text: Any English sentence.
        tier: How demanding to be where the words do not say it, 1 to 5.

    A move that is denied ('no kick') is not performed, and stands in `not_understood` with its no.

    Raises:
        LibraryError: The text is empty.
    """
    if not text.strip():
        raise LibraryError("The text is empty. Say what the body does, as in 'a jab and a cross'.")
    rest = _folded(text)
    refused = negated(rest)
    rest = without(rest, refused)
    styles = STYLES.find(rest)
    rest = without(rest, styles)
    timings, paces = TIMINGS.find(rest), PACES.find(rest)
    named = _read_moves(without(rest, timings))
    speed = tempo(tier) * math.prod(pace.meaning for pace in paces)
    return _score(
        named.moves,
        style=styled(Style(amplitude=amplitude(tier, tier)), styles),
        timing=timed(Timing(tempo=min(max(speed, SLOWEST), FASTEST)), timings),
        not_understood=(
            *(hit.meaning for hit in refused),
            *_words(without(named.rest, paces)),
        ),
    )


def _score(
    moves: tuple[Move, ...],
    *,
    style: Style,
    timing: Timing,
    not_understood: tuple[str, ...],
    base: tuple[int, ...] = (),
) -> Score:
    """Return a score of these moves, or of the generic one where there is none."""
    fallback = "" if moves else GENERIC.primitive
    return Score(moves or (GENERIC,), style, timing, not_understood, base, fallback)


@dataclass(frozen=True, slots=True)
class _Named:
    """The moves a text names, and the text with every word understood blanked out."""

    moves: tuple[Move, ...]
    rest: str


def _read_moves(text: str) -> _Named:
    """Read moves, each with the modifiers between its neighbours' connectors.

    Moves come in the order of the words, but 'a kick out of a crouch' crouches first.
    """
    known, modifiers = MOVES.find(text), MODIFIERS.find(text)
    hits = [hit for hit in known if hit.meaning]
    heard: list[Hit[Any]] = [*known]
    links = [_link(text, a, b) for a, b in pairwise(hits)]
    borders = [0, *(start for start, _ in links), len(text)]
    groups: list[list[Move]] = []
    for i, hit in enumerate(hits):
        beside = [m for m in modifiers if borders[i] <= m.start < borders[i + 1]]
        is_earlier = i > 0 and links[i - 1][1] in _REVERSING
        groups.insert(i - is_earlier, _modified(hit.meaning, beside))
        heard += (
            m for m in beside if any(meant(move.primitive, m.meaning) for move in hit.meaning)
        )
    return _Named(tuple(move for group in groups for move in group), without(text, heard))


def _modified(moves: Sequence[Move], modifiers: Sequence[Hit[Readings]]) -> list[Move]:
    readings = [modifier.meaning for modifier in modifiers]
    return [again for move in moves for again in modified(move, readings)]


def _link(text: str, before: Hit[Any], after: Hit[Any]) -> tuple[int, str]:
    """Return where the words about the next move begin, and the connector that begins them."""
    connectors = list(CONNECTOR.finditer(text, before.end, after.start))
    return (connectors[-1].start(), connectors[-1].group()) if connectors else (after.start, "")


@lru_cache(maxsize=4096)
def _phrase(text: str) -> _Named:
    """Return what a library's phrase names; the same few hundred phrases fill every prompt."""
    return _read_moves(_folded(text))


def _read_style(prompt: Prompt) -> tuple[Style, str]:
    """Return the style of a prompt and the part of its detail that no row knows."""
    # an imported library may leave slots unsaid: their tier 0 means that there is none
    said = [p.tier for p in (prompt.base_action, prompt.combo_action) if p.tier]
    actions = sum(said) / len(said) if said else prompt.tier
    start = DOMAIN_STYLES.get(prompt.domain, Style())
    hits, rest = _heard_style(prompt.detail.text)
    sized = replace(start, amplitude=amplitude(prompt.detail.tier or actions, actions))
    return styled(sized, hits), rest


@lru_cache(maxsize=4096)
def _heard_style(detail: str) -> tuple[tuple[Hit[Mapping[str, float]], ...], str]:
    text = _folded(detail)
    hits = STYLES.find(text)
    return tuple(hits), without(text, hits)


def _read_timing(prompt: Prompt) -> tuple[Timing, str]:
    """Return the timing of a prompt and the part of its rhythm that no row knows."""
    hits, rest = _heard_timing(prompt.speed_rhythm.text)
    return timed(Timing(tempo=tempo(prompt.speed_rhythm.tier or prompt.tier)), hits), rest


@lru_cache(maxsize=4096)
def _heard_timing(rhythm: str) -> tuple[tuple[Hit[Mapping[str, Any]], ...], str]:
    text = _folded(rhythm)
    hits = TIMINGS.find(text)
    rest = without(text, hits)
    return tuple(hits), without(rest, PACES.find(rest))  # the tier has said how fast


def _folded(text: str) -> str:
    """Return the text in lower case and without accents, so that 'Plié' is 'plie'."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)  # a syllable of Hangul is one letter again


def _words(*texts: str) -> tuple[str, ...]:
    words = (word for text in texts for word in _WORD.findall(text))
    return tuple(word for word in words if word not in FILLERS)
