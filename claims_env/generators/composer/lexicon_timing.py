"""Which words of a rhythm change the timing, and how fast each tier is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from claims_env.generators.composer.lexicon_table import Hit, WordTable
from claims_env.generators.composer.score import Timing

TEMPOS = (0.84, 0.95, 1.08, 1.27, 1.5)
"""Timing.tempo of a rhythm of tier 1 to 5."""

Edits = Mapping[str, Any]

_ROWS: tuple[tuple[str, Edits], ...] = (
    # patterns: how durations vary along the moves
    (
        r"slow (?:start|set-?up|wind-up|back-?swing|swing-up|preparation|approach) and (?:a )?"
        r"fast (?:finish|release|execution|end)",
        {"pattern": "slow_fast", "sharpness": 0.6},
    ),
    (
        r"explosive (?:burst|stop-and-burst)|bursts? of speed|explosive(?:ly)?",
        {"pattern": "burst", "sharpness": 0.9, "pause": 0.05},
    ),
    (r"syncopated|broken rhythm|off-beat", {"pattern": "syncopated", "sharpness": 0.5}),
    (r"lilting", {"sharpness": 0.35}),
    (r"accelerating|crescendo|speeding up", {"pattern": "accelerating", "sharpness": 0.45}),
    (r"gently building", {"pattern": "accelerating", "sharpness": 0.2}),
    (r"slow and even|sustained", {"pattern": "sustained", "sharpness": 0.15}),
    # how sharply a move starts and stops
    (r"soft legato|soft flowing", {"pattern": "steady", "sharpness": 0.05}),
    (r"staccato|stop-and-go|sharply", {"sharpness": 0.95}),
    (r"brisk|all-out", {"sharpness": 0.5}),
    (r"quick even", {"sharpness": 0.55}),
    (r"calm steady|calm waltz", {"pattern": "steady", "sharpness": 0.25}),
    (r"relentless|without rest|smoothly", {"sharpness": 0.1, "pause": 0.0}),
    (r"measured", {"sharpness": 0.35}),
    # rests between moves [s]
    (r"long pauses", {"pause": 0.45}),
    (r"short pauses", {"pause": 0.2}),
    (r"pauses?|pausing", {"pause": 0.3}),
)

TIMINGS: WordTable[Edits] = WordTable(_ROWS)
"""An expression and the fields of `Timing` it sets."""

PACES: WordTable[float] = WordTable(
    (
        (r"very slow(?:ly)?", 0.7),
        (r"slow(?:ly)?|calm(?:ly)?|gentle|gently|unhurried|leisurely", 0.82),
        (r"very (?:fast|quickly)|top-speed|presto|furious(?:ly)?", 1.35),
        (r"fast|quick(?:ly)?|rapid(?:ly)?|brisk(?:ly)?|explosive(?:ly)?", 1.2),
    )
)
"""How much faster a word makes a free sentence; in a prompt the tier of the rhythm says it."""


def tempo(tier: float) -> float:
    """Return the tempo of a rhythm of this tier, 1 to 5, fractions allowed."""
    return float(np.interp(tier, range(1, 6), TEMPOS))


def timed(start: Timing, hits: Iterable[Hit[Edits]]) -> Timing:
    """Return the timing as the words found would have it; a later word overrules an earlier one."""
    for hit in hits:
        start = replace(start, **hit.meaning)
    return start
