"""Cells that are quick to play, and some that take down whatever plays them."""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from claims_env.benchmark.cell import Cell
from claims_env.benchmark.packed_actions import pack
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.played import Played
from claims_env.benchmark.row import FIGURES, Row, sealed


def toy_plan(
    schedulers: tuple[str, ...] = ("bold", "shy"),
    trackers: tuple[str, ...] = ("easy", "hard"),
    seeds: int = 3,
) -> Plan:
    """Return a plan of two rounds with one set, every tracker simulated."""
    facts = {name: {"kind": "simulated", "name": name} for name in trackers}
    return Plan(schedulers, trackers, seeds, sets=1, rounds=2, actions="words", facts=facts)


def toy_row(plan: Plan, cell: Cell) -> Row:
    """Return a finished row whose figures follow from the cell alone."""
    rng = np.random.default_rng([plan.seed_of(cell), *cell.scheduler.encode()])
    return sealed(
        Row(
            tracker=cell.tracker,
            scheduler=cell.scheduler,
            index=cell.index,
            seed=plan.seed_of(cell),
            status="done",
            kind="simulated",
            library=plan.actions,
            sets=plan.sets,
            rounds=plan.rounds,
            facts=plan.facts[cell.tracker],
            actions=pack(rng.integers(0, 5, (1, 6))),
            figures={name: tuple(rng.random(plan.rounds).round(6).tolist()) for name in FIGURES},
            budget={"clips": 2.0, "trained": 2.0},
        )
    )


def lost_row(plan: Plan, cell: Cell) -> Row:
    """Return the row of a cell whose worker died."""
    return sealed(replace(toy_row(plan, cell), status="failed", error="lost", figures={}))


@dataclass(frozen=True)
class Plays:
    """Plays any cell at once."""

    plan: Plan

    def __call__(self, cell: Cell) -> Played:
        return Played(toy_row(self.plan, cell), seconds=0.01, deciding_s=0.001)


@dataclass(frozen=True)
class Loses:
    """Says of any cell that it is lost."""

    plan: Plan

    def __call__(self, cell: Cell) -> Played:
        return Played(lost_row(self.plan, cell))


@dataclass(frozen=True)
class Dies:
    """Plays like `Plays`, but the process that comes upon one of some cells is killed.

    Attributes:
        plan: Of the cells.
        folder: Where deaths are counted.
        deaths: How often each of them kills; afterwards it can be played.
    """

    plan: Plan
    folder: Path
    deaths: Mapping[Cell, int]

    def __call__(self, cell: Cell) -> Played:
        mark = f"{cell.tracker}-{cell.scheduler}-{cell.index}"
        so_far = len(list(self.folder.glob(f"{mark}-*")))
        if so_far < self.deaths.get(cell, 0):
            (self.folder / f"{mark}-{so_far}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Plays(self.plan)(cell)


@dataclass(frozen=True)
class CannotBegin:
    """Cannot even be unpickled elsewhere."""

    plan: Plan

    def __call__(self, cell: Cell) -> Played:
        return Plays(self.plan)(cell)

    def __reduce__(self) -> tuple[object, ...]:
        return (_refuse, ())


def _refuse() -> None:
    raise SystemExit(7)
