"""Turns measured values into cells: what is shown, what it sorts by, whether it is good news."""

import math
from collections.abc import Mapping

from claims_env.judge import Alignment, Difficulty, Missing
from claims_env.report.table import NONE, Cell, Tone
from claims_env.tracking_metrics import SuiteMetrics, TrackingMetrics

Beside = SuiteMetrics | None
"""What a success is compared with; None where it was not measured."""

_VERDICT_TONES: dict[str, Tone] = {"aligned": "good", "partial": "weak", "mismatch": "bad"}


def number(value: float | None, digits: int = 0) -> Cell:
    """Return a number with so many decimals, or the sign for none."""
    if value is None or not math.isfinite(value):
        return Cell(NONE)
    return Cell(f"{value:.{digits}f}", sort=value)


def success(metrics: SuiteMetrics | None) -> Cell:
    """Return a success rate as a percentage with its count, such as '40% (4/10)'."""
    if metrics is None:
        return Cell(NONE)
    return share(round(metrics.success_rate * metrics.clips), metrics.clips)


def success_beside(metrics: SuiteMetrics | None, beside: Mapping[str, Beside]) -> Cell:
    """Return a success rate above what it is compared with, by name; sorts by the first."""
    cell = success(metrics)
    if metrics is None:
        return cell
    known = [f"{what} {percent(m)}" for what, m in beside.items() if m is not None]
    return Cell(",\n".join([cell.text, *known]), sort=cell.sort)


def no_policy(zero: Beside, random: Beside) -> dict[str, Beside]:
    """Return what the same clips give without a policy, by name."""
    return {"zero action": zero, "random actions": random}


def percent(metrics: SuiteMetrics) -> str:
    """Return a success rate as a bare percentage."""
    return f"{100 * metrics.success_rate:.0f}%"


def share(some: int, of: int) -> Cell:
    """Return a share as a percentage with its count."""
    return Cell(f"{100 * some / of:.0f}% ({some}/{of})", sort=some / of) if of else Cell(NONE)


def error(metrics: SuiteMetrics | None, name: str = "g_mpjpe") -> Cell:
    """Return one error of a suite over all its clips."""
    return number(None if metrics is None else metrics.all[name])


def outcome(metrics: TrackingMetrics | None) -> Cell:
    """Return whether a clip was tracked, or at which frame it was lost."""
    if metrics is None:
        return Cell(NONE)
    if metrics.success:
        return Cell("tracked", sort=math.inf, tone="good")
    lost = "lost" if metrics.failed_at is None else f"lost at {metrics.failed_at}"
    return Cell(lost, sort=float(metrics.failed_at or 0), tone="bad")


def verdict(answer: Alignment | Missing | None) -> Cell:
    """Return an alignment such as 'aligned 0.82', its rationale as the hint."""
    if answer is None:
        return Cell(NONE)
    if isinstance(answer, Missing):
        return Cell("missing", tone="weak", hint=answer.reason)
    text = f"{answer.verdict} {answer.score:.2f}"
    return Cell(text, answer.score, _VERDICT_TONES[answer.verdict], answer.rationale)


def difficulty(answer: Difficulty | Missing | None) -> Cell:
    """Return a difficulty such as '4/10', its rationale as the hint."""
    if answer is None:
        return Cell(NONE)
    if isinstance(answer, Missing):
        return Cell("missing", tone="weak", hint=answer.reason)
    return Cell(f"{answer.score}/10", sort=answer.score, hint=answer.rationale)


def samples(count: float | None) -> Cell:
    """Return a count of control steps with thousands set apart."""
    return Cell(NONE) if count is None else Cell(f"{count:,.0f}", sort=count)


def duration(seconds: float | None) -> Cell:
    """Return a time as hours, minutes and seconds."""
    if seconds is None:
        return Cell(NONE)
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0)
    text = " ".join([*parts, f"{rest} s"]) if not hours else " ".join(parts)
    return Cell(text or f"{rest} s", sort=seconds)
