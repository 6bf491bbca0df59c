"""What each scheduler used per episode, and where that was not the same for all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from claims_env.benchmark.board import Board

MATCHED = 0.05
"""Budgets that differ by no more than this share count as matched: filters reject some clips."""

KINDS = {
    "clips": "clips asked for",
    "trained": "clips trained on",
    "samples": "training samples",
    "tokens": "tokens of language models",
}
"""The budgets that decide on results, in words; seconds only tell of the machine."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What one scheduler used with one tracker, on average over its finished cells.

    Attributes:
        scheduler: Whose it is.
        tracker: With whom.
        cells: How many are counted.
        used: Each of `KINDS` per episode; what was not counted is left out.
        seconds: Wall clock per episode [s]; NaN where nobody kept it.
        deciding_s: Of that, the scheduler's decisions [s].
    """

    scheduler: str
    tracker: str
    cells: int
    used: dict[str, float]
    seconds: float
    deciding_s: float


def spendings(board: Board) -> tuple[Spending, ...]:
    """Return what was used, by tracker and then by scheduler; pairs without cells are left out."""
    plan = board.plan
    pairs = [(tracker, scheduler) for tracker in plan.trackers for scheduler in plan.schedulers]
    found = (_spending(board, tracker, scheduler) for tracker, scheduler in pairs)
    return tuple(spending for spending in found if spending.cells)


def together(spent: Sequence[Spending], scheduler: str) -> Spending | None:
    """Return what a scheduler used per episode over all trackers, or None of one without cells."""
    mine = [s for s in spent if s.scheduler == scheduler]
    cells = sum(s.cells for s in mine)
    if not cells:
        return None
    kinds = [kind for kind in KINDS if any(kind in s.used for s in mine)]
    return Spending(
        scheduler=scheduler,
        tracker="",
        cells=cells,
        used={k: sum(s.used.get(k, 0.0) * s.cells for s in mine) / cells for k in kinds},
        seconds=sum(s.seconds * s.cells for s in mine) / cells,
        deciding_s=sum(s.deciding_s * s.cells for s in mine) / cells,
    )


def unmatched(spent: Sequence[Spending]) -> tuple[str, ...]:
    """Return a warning for every tracker and budget that schedulers did not use alike.

    A lead that was bought with more of something is no lead of the scheduler.
    """
    trackers = dict.fromkeys(spending.tracker for spending in spent)
    return tuple(
        told
        for tracker in trackers
        for kind in KINDS
        if (told := _told(kind, tracker, [s for s in spent if s.tracker == tracker]))
    )


def _spending(board: Board, tracker: str, scheduler: str) -> Spending:
    rows = [
        row
        for row in board.rows.values()
        if row.is_done and (row.tracker, row.scheduler) == (tracker, scheduler)
    ]
    clocks = [board.clocks[row.cell] for row in rows if row.cell in board.clocks]
    used = {k: _mean([row.budget[k] for row in rows if k in row.budget]) for k in KINDS}
    return Spending(
        scheduler=scheduler,
        tracker=tracker,
        cells=len(rows),
        used={kind: value for kind, value in used.items() if any(kind in r.budget for r in rows)},
        seconds=_mean([clock.seconds for clock in clocks]),
        deciding_s=_mean([clock.deciding_s for clock in clocks]),
    )


def _told(kind: str, tracker: str, spent: Sequence[Spending]) -> str | None:
    known = {s.scheduler: s.used[kind] for s in spent if kind in s.used}
    if len(known) < 2 or max(known.values()) - min(known.values()) <= MATCHED * max(known.values()):
        return None
    least, most = min(known, key=lambda k: known[k]), max(known, key=lambda k: known[k])
    return (
        f"On {tracker} the budgets are not matched: {least} used {known[least]:,.0f} "
        f"{KINDS[kind]} per episode, and {most} {known[most]:,.0f}."
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan
