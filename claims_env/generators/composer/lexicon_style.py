"""Which words of a detail change the style, and how large each tier moves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from claims_env.generators.composer.lexicon_table import Hit, WordTable
from claims_env.generators.composer.score import Style

AMPLITUDES = (0.75, 0.88, 1.0, 1.12, 1.25)
"""Style.amplitude of a detail of tier 1 to 5."""

DOMAIN_STYLES: Mapping[str, Style] = {
    "martial_arts": Style(guard=0.6),
    "dance": Style(turnout=0.35, extension=0.6, depth=0.2),
    "combat": Style(guard=0.8, depth=0.4, lean=0.1),
    "sport": Style(depth=0.35, lean=0.08),
    "gymnastics": Style(extension=0.8, depth=0.25),
}
"""How each domain stands and moves before a detail says otherwise."""

Edits = Mapping[str, float]

_ROWS: tuple[tuple[str, Edits], ...] = (
    # the knees and how deep they bend
    (r"very deep (?:stance|landing)s?", {"depth": 0.9}),
    (r"deep (?:stance|landing)s?", {"depth": 0.7}),
    (r"low (?:stance|landing)s?|bent knees", {"depth": 0.55}),
    (r"bent stance", {"depth": 0.45}),
    (r"soft knees", {"depth": 0.35, "extension": 0.35}),
    (r"(?:natural|easy|flat-footed|tall) stance|flat feet", {"depth": 0.05, "extension": 0.4}),
    # the trunk
    (r"slight forward lean", {"lean": 0.17}),
    (r"strong forward lean", {"lean": 0.36}),
    (r"forward lean|leaning forward", {"lean": 0.26}),
    (r"curved spine", {"lean": 0.26, "extension": 0.55}),
    (r"upright back|straight back|proud chest", {"lean": 0.0}),
    # the hands between the moves
    (r"(?:relaxed )?low hands|relaxed arms", {"guard": 0.0, "extension": 0.3}),
    (r"compact guard", {"guard": 0.55, "extension": 0.2}),
    (r"high guard|raised hands", {"guard": 1.0}),
    (r"(?:tucked|close) elbows", {"guard": 0.55, "extension": 0.2}),
    (r"ready hands|patient hands", {"guard": 0.5}),
    (r"quiet hands|lowered hands", {"guard": 0.1}),
    # the lines of the limbs
    (r"rounded arms", {"extension": 0.3}),
    (r"lifted arms", {"guard": 0.3, "extension": 0.75}),
    (r"half-extended limbs", {"extension": 0.2}),
    (r"long lines|straight lines|stretched limbs", {"extension": 0.95}),
    (r"pointed toes", {"extension": 0.9}),
    (r"full(?:y)? (?:extension|extended|stretched)", {"extension": 1.0}),
    (r"fully locked lines|locked limbs", {"extension": 1.0, "amplitude": 1.03}),
    (r"full turnout", {"turnout": 0.8}),
    (r"slight turnout", {"turnout": 0.25}),
    (r"turnout|turned-out", {"turnout": 0.65}),
    (r"parallel feet", {"turnout": 0.0}),
    # how far
    (
        r"(?:small|tight|short) (?:arcs|movements|gestures|steps|shapes)|close to the body",
        {"amplitude": 0.88, "extension": 0.2},
    ),
    (r"long (?:reach|strides)", {"amplitude": 1.06, "extension": 0.85}),
    (r"(?:wide|sweeping) (?:arcs|arms)", {"amplitude": 1.08}),
    (r"wide steps", {"amplitude": 1.03}),
    (r"maximum reach", {"amplitude": 1.1, "extension": 0.95}),
    (r"huge (?:arcs|curves|strides|amplitude)", {"amplitude": 1.12}),
    # how long a shape is kept [s]
    (r"brief hold", {"hold": 0.15}),
    (r"suspended balance|long hold", {"hold": 0.3}),
    (r"frozen finish|held finish", {"hold": 0.25}),
    (r"clear chamber", {"extension": 0.6}),
)

STYLES: WordTable[Edits] = WordTable(_ROWS)
"""An expression and the fields of `Style` it sets; `amplitude` multiplies."""


def amplitude(detail: float, actions: float) -> float:
    """Return Style.amplitude of a prompt: its detail counts most, its actions a little.

    Args:
        detail: Tier of the detail, 1 to 5, fractions allowed.
        actions: Mean tier of base and combo action.
    """
    return float(np.interp(detail, range(1, 6), AMPLITUDES)) * (1 + 0.03 * (actions - 3))


def styled(start: Style, hits: Iterable[Hit[Edits]]) -> Style:
    """Return the style as the words found would have it; a later word overrules an earlier one."""
    for hit in hits:
        scaled = start.amplitude * hit.meaning.get("amplitude", 1.0)
        start = replace(start, **{**hit.meaning, "amplitude": scaled})
    return replace(start, amplitude=round(start.amplitude, 4))
