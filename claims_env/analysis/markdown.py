"""Markdown: tables, and how figures are written in them."""

from collections.abc import Sequence

from claims_env.analysis.spread import Estimate, Spread


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table."""
    lines = [heading, ["---"] * len(heading), *rows]
    return [f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines]


def spread(cell: Spread | None) -> str:
    """Return the three percentiles, the middle one bold; a dash if there are none."""
    if cell is None:
        return "-"
    return f"{number(cell.low)} / **{number(cell.middle)}** / {number(cell.high)}"


def number(value: float) -> str:
    """Return a figure with three digits that count, never as a power of ten."""
    if abs(value) < 0.0005:
        return "0"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def interval(estimate: Estimate) -> str:
    """Return a figure and its interval."""
    return f"{estimate.value:.2f} [{estimate.low:.2f}, {estimate.high:.2f}]"


def percent(estimate: Estimate) -> str:
    """Return a share and its interval."""
    return f"{estimate.value:.1%} [{estimate.low:.1%}, {estimate.high:.1%}]"


def picture(file: str, told: str) -> str:
    """Return a small picture, with what it shows for whoever does not see it."""
    return f'<img src="{file}" alt="{told}" width="460">'
