"""Line charts as inline SVG: one point per round, gaps where nothing is known."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from claims_env.report.markup import Markup, element

WIDTH, HEIGHT = 560, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 14, 30


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a chart.

    Attributes:
        label: What it shows.
        values: One per round; None where unknown.
        dashed: For what a trained figure is compared with.
        hue: Which colour it has, shared by what belongs together; None for the next by position.
    """

    label: str
    values: tuple[float | None, ...]
    dashed: bool = False
    hue: int | None = None


def chart(
    title: str, curves: Sequence[Curve], *, low: float | None = None, high: float | None = None
) -> Markup:
    """Return a chart with its legend.

    Args:
        title: What is drawn, with the unit.
        curves: Lines of equal length; those without a single value are left out.
        low: Lowest value on the axis, or None to fit it.
        high: Highest value on the axis, or None to fit it.
    """
    known = [curve for curve in curves if any(v is not None for v in curve.values)]
    if not known:
        return element(
            "figure", element("figcaption", f"{title}: nothing recorded"), class_="chart"
        )
    values = [v for curve in known for v in curve.values if v is not None]
    ticks = round_numbers(
        min(values) if low is None else low, max(values) if high is None else high
    )
    rounds = max(len(curve.values) for curve in known)
    drawing = element(
        "svg",
        *_axes(ticks, rounds),
        *(_line(i, curve, ticks, rounds) for i, curve in enumerate(known)),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=title,
    )
    legend = [_key(i, curve) for i, curve in enumerate(known)]
    return element(
        "figure", element("figcaption", title), drawing, element("p", *legend), class_="chart"
    )


def round_numbers(low: float, high: float) -> list[float]:
    """Return three to seven evenly spaced round numbers that span an interval."""
    high = high if high > low else low + (abs(low) or 1.0)
    span = high - low
    raw = span / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, max(last, first + 1) + 1)]


def _axes(ticks: list[float], rounds: int) -> list[Markup]:
    lines = [
        element("path", d=f"M{_LEFT} {_y(t, ticks):.1f}H{WIDTH - _RIGHT}", class_="grid")
        for t in ticks
    ]
    heights = [
        element("text", f"{t:g}", x=_LEFT - 5, y=f"{_y(t, ticks) + 4:.1f}", class_="tick y")
        for t in ticks
    ]
    stride = -(-rounds // 10)
    names = [
        element("text", str(i), x=f"{_x(i, rounds):.1f}", y=HEIGHT - 14, class_="tick")
        for i in range(0, rounds, stride)
    ]
    return [*lines, *heights, *names, element("text", "round", x=WIDTH / 2, y=HEIGHT - 1)]


def _line(index: int, curve: Curve, ticks: list[float], rounds: int) -> Markup:
    points = [
        None if v is None else (_x(i, rounds), _y(v, ticks)) for i, v in enumerate(curve.values)
    ]
    path, pen_up = "", True
    for point in points:
        if point:
            path += f"{'M' if pen_up else 'L'}{point[0]:.1f} {point[1]:.1f}"
        pen_up = point is None
    dots = [
        element(
            "circle",
            element("title", f"{curve.label}, round {i}: {curve.values[i]:.4g}"),
            cx=f"{point[0]:.1f}",
            cy=f"{point[1]:.1f}",
            r=3.5,
        )
        for i, point in enumerate(points)
        if point
    ]
    return element("g", element("path", d=path), *dots, class_=_class(index, curve))


def _key(index: int, curve: Curve) -> Markup:
    swatch = element(
        "svg",
        element("g", element("path", d="M0 5H22"), class_=_class(index, curve)),
        viewBox="0 0 22 10",
        class_="swatch",
    )
    return element("span", swatch, f" {curve.label}", class_="key")


def _class(index: int, curve: Curve) -> str:
    hue = index if curve.hue is None else curve.hue
    return f"line c{hue % 6}" + (" dashed" if curve.dashed else "")


def _x(i: int, rounds: int) -> float:
    room = WIDTH - _LEFT - _RIGHT
    return _LEFT + (room * i / (rounds - 1) if rounds > 1 else room / 2)


def _y(value: float, ticks: list[float]) -> float:
    share = (value - ticks[0]) / (ticks[-1] - ticks[0])
    return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)
