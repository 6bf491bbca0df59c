"""Says what of a row does not hold when its episode is played once more."""

import math
from dataclasses import dataclass

from claims_env.benchmark.row import Row, digest_of
from claims_env.records import to_json
from claims_env.resumption import changes

_PLANNED = ("seed", "kind", "sets", "rounds", "facts", "settings", "words", "code")
"""What the plan says of every row."""

TOLERANCE = 1e-9
"""How far a replayed figure may be off: another processor rounds sums differently."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A row after its check.

    Attributes:
        row: The row.
        how: What was done: 'replayed', 'record read', 'record read and replayed', or 'failed cell'.
        problems: What does not hold, a sentence each; empty if everything does.
    """

    row: Row
    how: str
    problems: tuple[str, ...]


def own_problems(row: Row) -> list[str]:
    """Return what can be held against a row without playing anything."""
    if digest_of(row) == row.digest:
        return []
    return [
        f"its digest is {row.digest or 'missing'}, and its content has {digest_of(row)}: the row "
        "was changed after it was written"
    ]


def misfits(row: Row, expected: Row) -> list[str]:
    """Return in what a row is not of the plan it lies with, a sentence each.

    Args:
        row: As it stands in the results.
        expected: Its cell as the plan has it, without figures.
    """
    was, now = (to_json(one) for one in (expected, row))
    found = changes(*({name: one[name] for name in _PLANNED} for one in (was, now)))
    # packages that only later trackers need came into the plan with them
    shared = [
        {name: v for name, v in one["versions"].items() if name in row.versions}
        for one in (was, now)
    ]
    return found + changes({"versions": shared[0]}, {"versions": shared[1]})


def differences(row: Row, again: Row, tolerance: float = TOLERANCE) -> list[str]:
    """Return in what a row and its replay differ, a sentence each.

    Args:
        row: As it stands in the results.
        again: The same cell, played again.
        tolerance: How far figures may be off, relative and absolute.
    """
    found: list[str] = []
    if row.library != again.library:
        found.append(
            f"the library has digest {again.library}, and the row was played with {row.library}"
        )
    if row.actions != again.actions:
        found.append(f"the actions are not those of {_place(row)}")
    found += changes({"facts": to_json(row.facts)}, {"facts": to_json(again.facts)})
    if row.kind != again.kind:
        found.append(f"it is said to be of the kind '{row.kind}', and is '{again.kind}'")
    for name in sorted({*row.figures, *again.figures}):
        found += _figures(name, row.figures.get(name), again.figures.get(name), tolerance)
    for name in sorted({*row.budget, *again.budget} - {"tokens", "questions"}):
        here, there = row.budget.get(name, math.nan), again.budget.get(name, math.nan)
        if not is_equal(here, there, tolerance):
            found.append(f"budget.{name} is {here:g} in the row and {there:g} now")
    return found


def is_equal(figure: float, other: float, tolerance: float = TOLERANCE) -> bool:
    """Return whether two figures are the same; one that is missing is only like itself."""
    if math.isnan(figure) or math.isnan(other):
        return math.isnan(figure) and math.isnan(other)
    return math.isclose(figure, other, rel_tol=tolerance, abs_tol=tolerance)


def _figures(
    name: str, row: tuple[float, ...] | None, again: tuple[float, ...] | None, tolerance: float
) -> list[str]:
    if row is None or again is None or len(row) != len(again):
        return [f"{name} has {len(row or ())} rounds in the row and {len(again or ())} now"]
    return [
        f"{name} of round {i} is {here!r} in the row and {there!r} now"
        for i, (here, there) in enumerate(zip(row, again, strict=True))
        if not is_equal(here, there, tolerance)
    ]


def _place(row: Row) -> str:
    return "its record" if row.ledger else "its episode"
