"""Drawings as SVG text: points in a plane, and spreads side by side, readable on any background."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np

from claims_env.rotation import Floats

COLOURS = ("#2f6fd0", "#d1495b", "#2a9d6f", "#d9902f", "#8457b8", "#3f8f9f", "#8a6d3b")
_INK, _FRAME = "#39434f", "#b9c2cc"
_WIDTH, _HEIGHT, _EDGE = 640, 440, 44


@dataclass(frozen=True, slots=True)
class Box:
    """A spread to be drawn: percentiles 5, 25, 50, 75 and 95 of a figure, under a name."""

    name: str
    percentiles: tuple[float, float, float, float, float]


def box_of(name: str, values: Sequence[float]) -> Box:
    """Return the percentiles of a figure under a name."""
    five, quarter, half, three, most = np.percentile(values, [5, 25, 50, 75, 95]).tolist()
    return Box(name, (five, quarter, half, three, most))


def scatter(title: str, places: Floats, labels: Sequence[str]) -> str:
    """Return points (n, 2) in a plane, coloured by label, each label written at its middle.

    Axes without a unit have no ticks. What lies beyond the 1st and 99th percentile is drawn at the
    edge, so that one odd point does not shrink all others.
    """
    low, high = np.percentile(places, [1, 99], axis=0)
    share = np.clip((places - low) / np.maximum(high - low, 1e-9), 0, 1)
    x = _EDGE + share[:, 0] * (_WIDTH - 2 * _EDGE)
    y = _HEIGHT - _EDGE - share[:, 1] * (_HEIGHT - 2 * _EDGE)
    kinds = sorted(set(labels))
    points = [
        f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{_colour(kinds, label)}"/>'
        for a, b, label in zip(x.tolist(), y.tolist(), labels, strict=True)
    ]
    names = [
        _text(kind.replace("_", " "), *_middle(x, y, labels, kind), _colour(kinds, kind), bold=True)
        for kind in kinds
    ]
    return _svg(title, [f'<g fill-opacity="0.55">{"".join(points)}</g>', *names])


def boxes(title: str, spreads: Sequence[Box]) -> str:
    """Return spreads side by side over a scale that begins at zero or below."""
    top = max(box.percentiles[-1] for box in spreads)
    low = min(0.0, *(box.percentiles[0] for box in spreads))
    step = (_WIDTH - 2 * _EDGE) / len(spreads)

    def height(value: float) -> float:
        return _HEIGHT - _EDGE - (value - low) / max(top - low, 1e-9) * (_HEIGHT - 2 * _EDGE)

    parts: list[str] = []
    for i, box in enumerate(spreads):
        middle, colour = _EDGE + (i + 0.5) * step, COLOURS[i % len(COLOURS)]
        five, quarter, half, three, most = map(height, box.percentiles)
        parts += [
            _line(middle, five, middle, most, colour, 2),
            f'<rect x="{middle - 22:.1f}" y="{three:.1f}" width="44" height="{quarter - three:.1f}"'
            f' fill="{colour}" fill-opacity="0.45" stroke="{colour}"/>',
            _line(middle - 22, half, middle + 22, half, colour, 3),
            _text(f"{box.percentiles[2]:.2f}", middle + 42, half + 4, colour),
            _text(box.name, middle, _HEIGHT - 12, _INK),
        ]
    ends = [_text(f"{v:.2g}", _EDGE - 28, height(v) + 4, _INK) for v in (low, top)]
    return _svg(title, [*parts, *ends])


def _svg(title: str, parts: Sequence[str]) -> str:
    frame = (
        f'<rect x="{_EDGE - 14}" y="{_EDGE - 14}" width="{_WIDTH - 2 * _EDGE + 28}" '
        f'height="{_HEIGHT - 2 * _EDGE + 28}" fill="none" stroke="{_FRAME}"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>{frame}'
        f"{_text(title, _WIDTH / 2, 20, _INK)}{''.join(parts)}</svg>\n"
    )


def _text(text: str, x: float, y: float, colour: str, *, bold: bool = False) -> str:
    # a white rim keeps a name readable on top of points
    rim = ' stroke="#ffffff" stroke-width="4" paint-order="stroke" font-weight="bold"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{colour}"{rim if bold else ""}>'
        f"{escape(text)}</text>"
    )


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, width: int) -> str:
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" '
        f'stroke="{colour}" stroke-width="{width}"/>'
    )


def _middle(x: Floats, y: Floats, labels: Sequence[str], kind: str) -> tuple[float, float]:
    own = np.array([label == kind for label in labels])
    return float(np.median(x[own])), float(np.median(y[own]))


def _colour(kinds: Sequence[str], label: str) -> str:
    return COLOURS[kinds.index(label) % len(COLOURS)]
