"""Figures with their intervals under one another as inline SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims_env.report.curves import round_numbers
from claims_env.report.markup import Markup, element

WIDTH = 560
_TOP, _RIGHT = 10, 24
_ROW, _NAMES, _ROOM = 20, 128, 44
"""Of a row, of the names left of it, of the axis below all rows [px]."""


@dataclass(frozen=True, slots=True)
class Whisker:
    """A figure with its interval, on a line of its own.

    Attributes:
        label: Whose it is.
        value: The figure.
        low: Lower bound, or None.
        high: Upper bound, or None.
        hue: Its colour.
        hint: More about it, shown on hovering.
    """

    label: str
    value: float
    low: float | None
    high: float | None
    hue: int
    hint: str


def whisker_chart(title: str, rows: Sequence[Whisker], horizontal: str) -> Markup:
    """Return figures with their intervals under one another.

    Args:
        title: What is drawn, with the unit, and whether it is simulated.
        rows: At least one, in the order to be shown.
        horizontal: What the horizontal axis shows, with the unit.
    """
    known = [v for row in rows for v in (row.value, row.low, row.high) if v is not None]
    ticks = round_numbers(min(known), max(known))
    height = _TOP + _ROW * len(rows) + _ROOM
    drawing = element(
        "svg",
        *_scale(ticks, height, horizontal),
        *(_whisker(i, row, ticks) for i, row in enumerate(rows)),
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_label=title,
    )
    return element("figure", element("figcaption", title), drawing, class_="chart")


def _across(value: float, ticks: Sequence[float]) -> float:
    share = (value - ticks[0]) / (ticks[-1] - ticks[0])
    return _NAMES + share * (WIDTH - _NAMES - _RIGHT)


def _scale(ticks: Sequence[float], height: int, horizontal: str) -> list[Markup]:
    bottom = height - _ROOM + 8
    return [
        *(
            element("path", d=f"M{_across(t, ticks):.1f} {_TOP}V{bottom}", class_="grid")
            for t in ticks
        ),
        *(
            element("text", f"{t:g}", x=f"{_across(t, ticks):.1f}", y=bottom + 14, class_="tick")
            for t in ticks
        ),
        element("text", horizontal, x=(WIDTH + _NAMES) / 2, y=height - 4),
    ]


def _whisker(place: int, row: Whisker, ticks: Sequence[float]) -> Markup:
    y = _TOP + _ROW * (place + 0.5)
    dot = element("circle", cx=f"{_across(row.value, ticks):.1f}", cy=f"{y:.1f}", r=4.2)
    name = element("text", row.label, x=_NAMES - 12, y=f"{y + 4:.1f}", class_="y")
    mark = element("g", _reach(row, y, ticks), dot, class_=f"line c{row.hue}")
    return element("g", element("title", f"{row.label}: {row.hint}"), name, mark)


def _reach(row: Whisker, y: float, ticks: Sequence[float]) -> Markup | None:
    if row.low is None or row.high is None:
        return None
    path = f"M{_across(row.low, ticks):.1f} {y:.1f}H{_across(row.high, ticks):.1f}"
    return element("path", d=path, style="stroke-width:3;opacity:.6")
