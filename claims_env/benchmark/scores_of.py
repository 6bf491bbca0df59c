"""The scores of a benchmark, as its statistics want them."""

from collections.abc import Mapping

import numpy as np

from claims_env.benchmark.board import Board
from claims_env.benchmark.spending import KINDS, Spending, unmatched
from claims_env.errors import BenchmarkError
from claims_env.statistics.benchmark_scores import BenchmarkScores, Kind, WorldFacts

CONTROLS = ("null",)
"""Worlds in which the scheduler has no effect, by name."""

_REFERENCE = "oracle"


def scores_of(
    board: Board,
    spent: tuple[Spending, ...],
    command: str,
    told: Mapping[str, str] | None = None,
) -> BenchmarkScores:
    """Return every cell's held-out success, and what the tables say beside it.

    Args:
        board: The benchmark as it stands.
        spent: What was used.
        command: What validates it, to which a scheduler's name is added.
        told: What worlds are, by name.

    Raises:
        BenchmarkError: A tracker does not say whether it is simulated.
    """
    plan = board.plan
    curves = [board.curves(name).transpose(1, 0, 2) for name in plan.schedulers]
    return BenchmarkScores(
        schedulers=plan.schedulers,
        worlds=tuple(_world(board, tracker, told or {}) for tracker in plan.trackers),
        held_out=np.stack(curves),
        budgets={name: _budget(name, spent) for name in plan.schedulers},
        missing=absences(board),
        replay={name: f"{command} --scheduler '{name}'" for name in plan.schedulers},
        references=_references(board),
        unmatched=unmatched(spent),
    )


def absences(board: Board) -> tuple[str, ...]:
    """Return what is not there and why, a sentence each."""
    failed = tuple(f"{row.cell} failed: {row.error}" for row in board.failed)
    return tuple(f"{cell} is missing: it was not played." for cell in board.missing) + failed


def _references(board: Board) -> tuple[str, ...]:
    """Return who was shown what its world knows of itself, whatever it calls itself."""
    shown = {row.scheduler for row in board.rows.values() if row.revealed}
    return tuple(dict.fromkeys([_REFERENCE, *(n for n in board.plan.schedulers if n in shown)]))


def _world(board: Board, tracker: str, told: Mapping[str, str]) -> WorldFacts:
    kind, facts = board.kinds[tracker], board.plan.facts[tracker]
    kinds: dict[str, Kind] = {"simulated": "simulated", "physics": "physics"}
    if kind not in kinds:
        raise BenchmarkError(
            f"The tracker '{tracker}' says of itself that it is of the kind '{kind}'. Expected "
            "'simulated' or 'physics' in its facts: the two are never pooled."
        )
    name = str(facts.get("name", tracker))
    return WorldFacts(
        tracker, kinds[kind], name in CONTROLS, str(facts.get("told", told.get(name, "")))
    )


def _budget(scheduler: str, spent: tuple[Spending, ...]) -> dict[str, float]:
    """Return what a scheduler used over all its cells."""
    mine = [s for s in spent if s.scheduler == scheduler]
    used = {
        told: sum(s.used[kind] * s.cells for s in mine if kind in s.used)
        for kind, told in KINDS.items()
        if any(kind in s.used for s in mine)
    }
    return {
        **used,
        "seconds": sum(s.seconds * s.cells for s in mine if s.cells),
        "seconds of deciding": sum(s.deciding_s * s.cells for s in mine),
    }
