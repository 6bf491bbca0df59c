"""Line charts with bands as inline SVG: performance profiles and learning curves."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims_env.report.curves import round_numbers
from claims_env.report.markup import Markup, element

WIDTH, HEIGHT = 560, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 10, 34

GREY = 1
"""The hue of what is there for comparison only."""


@dataclass(frozen=True, slots=True)
class BandLine:
    """A line with its band.

    Attributes:
        label: What it shows.
        values: One per place on the horizontal axis.
        low: Lower edge of the band, or None for none.
        high: Upper edge, likewise.
        hue: Its colour; `GREY` lines are drawn thin, without a band, and are left out of the
            legend.
    """

    label: str
    values: tuple[float, ...]
    low: tuple[float, ...] | None
    high: tuple[float, ...] | None
    hue: int


def band_chart(
    title: str, lines: Sequence[BandLine], places: Sequence[float], horizontal: str
) -> Markup:
    """Return a chart of lines with bands.

    Args:
        title: What is drawn, with the unit, and whether it is simulated.
        lines: At least one; grey ones are drawn beneath the others.
        places: Where on the horizontal axis each value stands, rising.
        horizontal: What the horizontal axis shows, with the unit.
    """
    edges = [edge for line in lines for edge in (line.values, line.low, line.high) if edge]
    heights = round_numbers(min(map(min, edges)), max(map(max, edges)))
    frame = _Frame((places[0], places[-1]), (heights[0], heights[-1]))
    ordered = sorted(lines, key=lambda line: line.hue != GREY)
    drawing = element(
        "svg",
        *_grid(frame, heights, places, horizontal),
        *(_band(line, places, frame) for line in ordered),
        *(_line(line, places, frame) for line in ordered),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=title,
    )
    legend = [_key(line) for line in lines if line.hue != GREY]
    if len(legend) < len(lines):
        legend.append(element("span", "grey: the others, by name on hovering", class_="key"))
    return element(
        "figure", element("figcaption", title), drawing, element("p", *legend), class_="chart"
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the drawing's edges stand for."""

    across: tuple[float, float]
    upward: tuple[float, float]

    def x(self, value: float) -> float:
        low, high = self.across
        share = (value - low) / (high - low) if high > low else 0.5
        return _LEFT + share * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        low, high = self.upward
        return HEIGHT - _BOTTOM - (value - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM)


def _grid(
    frame: _Frame, heights: Sequence[float], places: Sequence[float], horizontal: str
) -> list[Markup]:
    inner = [t for t in round_numbers(places[0], places[-1]) if places[0] <= t <= places[-1]]
    return [
        *(
            element("path", d=f"M{_LEFT} {frame.y(t):.1f}H{WIDTH - _RIGHT}", class_="grid")
            for t in heights
        ),
        *(
            element("text", f"{t:g}", x=_LEFT - 5, y=f"{frame.y(t) + 4:.1f}", class_="tick y")
            for t in heights
        ),
        *(
            element("text", f"{t:g}", x=f"{frame.x(t):.1f}", y=HEIGHT - _BOTTOM + 15, class_="tick")
            for t in inner
        ),
        element("text", horizontal, x=(WIDTH + _LEFT) / 2, y=HEIGHT - 3),
    ]


def _band(line: BandLine, places: Sequence[float], frame: _Frame) -> Markup | None:
    if line.hue == GREY or line.low is None or line.high is None:
        return None
    above = zip(places, line.high, strict=True)
    below = reversed(list(zip(places, line.low, strict=True)))
    points = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in (*above, *below))
    return element(
        "polygon", points=points, class_=f"c{line.hue}", fill="currentColor", fill_opacity=0.13
    )


def _line(line: BandLine, places: Sequence[float], frame: _Frame) -> Markup:
    points = [(frame.x(x), frame.y(y)) for x, y in zip(places, line.values, strict=True)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    style = "stroke-width:1.1;opacity:.55" if line.hue == GREY else None
    drawn = element("path", element("title", line.label), d=path, style=style)
    return element("g", drawn, class_=f"line c{line.hue}")


def _key(line: BandLine) -> Markup:
    mark = element("g", element("path", d="M0 5H22"), class_=f"line c{line.hue}")
    swatch = element("svg", mark, viewBox="0 0 22 10", class_="swatch")
    return element("span", swatch, f" {line.label}", class_="key")
