"""A chart of judges' mean scores per tier, as SVG text: the paper's Fig. 6 with intervals."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from claims_env.analysis.drawing import COLOURS
from claims_env.reliability import JudgeReliability, TierMean

_WIDTH, _HEIGHT = 640, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 16, 58, 44
_LOWEST, _HIGHEST = 1, 10
_APART = 14.0
"""Between the judges of one tier [px], so that their intervals do not cover one another."""

_INK, _GREY, _FRAME = "#39434f", "#68747f", "#dfe4e9"


def tier_chart(title: str, judges: Sequence[JudgeReliability]) -> str:
    """Return each judge's mean score per tier as a line with 95 % intervals.

    Tiers a judge did not rate at all leave a gap.

    Args:
        title: Above the chart.
        judges: With the same tiers, in order.
    """
    tiers = [tier.tier for tier in judges[0].tiers]
    parts = [*_scale(), *(_name(tier, place, len(tiers)) for place, tier in enumerate(tiers))]
    for number, judge in enumerate(judges):
        parts += _curve(judge.tiers, number, len(judges))
        parts.append(_key(judge.judge, number))
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(_text("tier of the prompt", middle, _HEIGHT - 8, _GREY))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
        f"{_text(title, _WIDTH / 2, 20, _INK)}{''.join(parts)}</svg>\n"
    )


def _scale() -> list[str]:
    """Return a line and a number for each score there is."""
    lines = [
        _line(_LEFT, _y(score), _WIDTH - _RIGHT, _y(score), _FRAME, 1)
        for score in range(_LOWEST, _HIGHEST + 1)
    ]
    numbers = [
        _text(str(score), _LEFT - 14, _y(score) + 4, _GREY)
        for score in range(_LOWEST, _HIGHEST + 1)
    ]
    return [*lines, *numbers]


def _name(tier: int, place: int, of: int) -> str:
    return _text(str(tier), _x(place, of), _HEIGHT - _BOTTOM + 18, _INK)


def _curve(tiers: Sequence[TierMean], number: int, judges: int) -> list[str]:
    aside, colour = (number - (judges - 1) / 2) * _APART, COLOURS[number % len(COLOURS)]
    parts: list[str] = []
    last: tuple[float, float] | None = None
    for place, tier in enumerate(tiers):
        if tier.mean is None:
            last = None
            continue
        x, y = _x(place, len(tiers)) + aside, _y(tier.mean.value)
        if last is not None:
            parts.append(_line(*last, x, y, colour, 1.5))
        parts += [*_whisker(tier, x, colour), _dot(tier, x, y, colour)]
        last = x, y
    return parts


def _whisker(tier: TierMean, x: float, colour: str) -> list[str]:
    if tier.mean is None or tier.mean.low is None or tier.mean.high is None:
        return []
    low, high = _y(tier.mean.low), _y(tier.mean.high)
    ends = [_line(x - 4, y, x + 4, y, colour, 2) for y in (low, high)]
    return [_line(x, low, x, high, colour, 2), *ends]


def _dot(tier: TierMean, x: float, y: float, colour: str) -> str:
    rated = tier.clips - tier.missing
    told = f"tier {tier.tier}: {0 if tier.mean is None else tier.mean.value:.2f}, {rated} clips"
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"><title>{told}</title></circle>'


def _key(judge: str, number: int) -> str:
    x, colour = _LEFT + 8 + (number % 3) * 190, COLOURS[number % len(COLOURS)]
    y = 36 + (number // 3) * 14
    swatch = f'<circle cx="{x}" cy="{y - 4}" r="4" fill="{colour}"/>'
    return swatch + _text(judge, x + 9, y, _INK, anchor="start")


def _x(place: int, of: int) -> float:
    return _LEFT + (place + 0.5) * (_WIDTH - _LEFT - _RIGHT) / of


def _y(score: float) -> float:
    share = (score - _LOWEST) / (_HIGHEST - _LOWEST)
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _text(text: str, x: float, y: float, colour: str, *, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(text)}</text>"
    )


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, width: float) -> str:
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" '
        f'stroke="{colour}" stroke-width="{width}"/>'
    )
