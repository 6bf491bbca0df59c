"""The picture of the real rung: intervals of schedulers, and of worlds' agreement with physics."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims_env.report.curves import round_numbers
from claims_env.report.markup import Markup, element

WIDTH = 860
_NAMES, _GAP, _TOP, _ROW, _FOOT = 118, 36, 70, 24, 60
_INK, _GREY, _RULE, _DOT, _PALE = "#39434f", "#68747f", "#dfe4e9", "#2f6fd0", "#9aa7b5"


@dataclass(frozen=True, slots=True)
class RungPanel:
    """Figures with their intervals under one another.

    Attributes:
        title: What is shown.
        horizontal: What the axis shows, with the unit.
        rows: Label, figure, lower and upper bound, and whether it is drawn pale.
        marks: Places on the axis that are ruled, and what they are.
    """

    title: str
    horizontal: str
    rows: tuple[tuple[str, float, float | None, float | None, bool], ...]
    marks: tuple[tuple[float, str], ...] = ()


def rung_chart(title: str, panels: Sequence[RungPanel]) -> str:
    """Return panels beside one another as an SVG file of its own.

    Args:
        title: Above everything.
        panels: At least one, with at least one row each.
    """
    height = _TOP + _ROW * max(len(panel.rows) for panel in panels) + _FOOT
    width = (WIDTH - _GAP * (len(panels) - 1)) / len(panels)
    body = [
        mark
        for place, panel in enumerate(panels)
        for mark in _panel(panel, place * (width + _GAP), width - 12, height)
    ]
    drawing = element(
        "svg",
        element("title", title),
        element("rect", width=WIDTH, height=height, fill="#ffffff"),
        _text(title, WIDTH / 2, 20, _INK, "middle", 14),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        font_family="sans-serif",
        font_size=12,
    )
    return drawing.html + "\n"


def _panel(panel: RungPanel, left: float, width: float, height: float) -> list[Markup]:
    known = [v for row in panel.rows for v in row[1:4] if v is not None]
    ticks = round_numbers(
        min([*known, *(at for at, _ in panel.marks)]), max([*known, *(at for at, _ in panel.marks)])
    )
    start, room = left + _NAMES, width - _NAMES

    def across(value: float) -> float:
        return start + (value - ticks[0]) / (ticks[-1] - ticks[0]) * room

    bottom = _TOP + _ROW * len(panel.rows)
    return [
        _text(panel.title, start + room / 2, 44, _INK, "middle"),
        *(_line(across(t), _TOP - 4, across(t), bottom, _RULE) for t in ticks),
        *(_text(f"{t:g}", across(t), bottom + 16, _GREY, "middle") for t in ticks),
        *(_mark(across(at), bottom, told) for at, told in panel.marks),
        *(part for i, row in enumerate(panel.rows) for part in _row(row, i, left, across)),
        _text(panel.horizontal, left + width / 2, height - 14, _GREY, "middle"),
    ]


def _row(
    row: tuple[str, float, float | None, float | None, bool],
    place: int,
    left: float,
    across: Callable[[float], float],
) -> list[Markup]:
    label, value, low, high, pale = row
    y, colour = _TOP + _ROW * (place + 0.5), _PALE if pale else _DOT
    reach = [] if low is None or high is None else [_line(across(low), y, across(high), y, colour)]
    dot = element("circle", cx=f"{across(value):.1f}", cy=f"{y:.1f}", r=4.5, fill=colour)
    return [*reach, dot, _text(label, left + _NAMES - 12, y + 4, _INK, "end")]


def _mark(x: float, bottom: float, told: str) -> Markup:
    ruled = element(
        "line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=_TOP - 4, y2=f"{bottom:.1f}",
        stroke="#d9730d", stroke_width=1.5, stroke_dasharray="4 3",
    )  # fmt: skip
    return element("g", ruled, _text(told, x, _TOP - 10, "#a3560a", "middle", 11))


def _text(text: str, x: float, y: float, colour: str, anchor: str, size: int = 12) -> Markup:
    return element(
        "text", text, x=f"{x:.1f}", y=f"{y:.1f}", fill=colour, text_anchor=anchor, font_size=size
    )


def _line(x: float, y: float, to_x: float, to_y: float, colour: str) -> Markup:
    width = 1 if colour == _RULE else 3
    return element(
        "line", x1=f"{x:.1f}", y1=f"{y:.1f}", x2=f"{to_x:.1f}", y2=f"{to_y:.1f}",
        stroke=colour, stroke_width=width,
    )  # fmt: skip
