"""What a benchmark measured, as arrays: where its statistics begin."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from claims_env.errors import ContractBroken
from claims_env.statistics.aggregate import Scores

Kind = Literal["simulated", "physics"]


@dataclass(frozen=True, slots=True)
class WorldFacts:
    """What a world is, as far as its scores must be read by it.

    Attributes:
        name: As asked for.
        kind: 'simulated' or 'physics'; the two are never pooled.
        control: Whether the scheduler has no effect in it by construction. It is pooled with
            nothing: it is there to see how often a difference is found where there is none.
        told: What it is, in a few words.
    """

    name: str
    kind: Kind
    control: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class BenchmarkScores:
    """Every cell's success on held-out clips.

    Attributes:
        schedulers: Names.
        worlds: What they were played in.
        held_out: Share of held-out clips tracked after each round, 0 to 1, shape (schedulers,
            worlds, runs, rounds); NaN where a cell is missing. Run k is the same seed for all.
        budgets: What each scheduler used over all its cells, by scheduler and by name.
        missing: What is not there and why, a sentence each.
        replay: The command that plays a scheduler's episodes again, by scheduler.
        references: Who reads what no scheduler may know. They are shown, and are out of the
            competition: no rank, no winner, nobody is worse for being behind them.
        unmatched: Which budgets were not used alike, a sentence each; None has it read from the
            budgets over all cells.
    """

    schedulers: tuple[str, ...]
    worlds: tuple[WorldFacts, ...]
    held_out: Scores
    budgets: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, dict[str, float]])
    missing: tuple[str, ...] = ()
    replay: Mapping[str, str] = field(default_factory=dict[str, str])
    references: tuple[str, ...] = ("oracle",)
    unmatched: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse scores that do not belong to these schedulers and worlds.

        Raises:
            ContractBroken: The axes do not fit.
        """
        expected = (len(self.schedulers), len(self.worlds))
        shape = self.held_out.shape
        if len(shape) != 4 or shape[:2] != expected or 0 in shape:
            raise ContractBroken(
                f"Held-out success has shape {shape}; expected {expected} schedulers and worlds, "
                "then at least one run and one round."
            )

    @property
    def runs(self) -> int:
        """How many seeds."""
        return int(self.held_out.shape[2])

    @property
    def final(self) -> Scores:
        """Success after the last round, shape (schedulers, worlds, runs)."""
        return np.asarray(self.held_out[..., -1])

    def pooled(self, kind: Kind) -> tuple[int, ...]:
        """Return the places of the worlds of a kind that are no control."""
        return tuple(
            i for i, world in enumerate(self.worlds) if world.kind == kind and not world.control
        )

    def competing(self, matrices: Mapping[str, Scores]) -> dict[str, Scores]:
        """Return the scores of those in competition."""
        return {name: matrix for name, matrix in matrices.items() if name not in self.references}

    def matrices(self, worlds: tuple[int, ...]) -> dict[str, Scores]:
        """Return final scores (runs, worlds) of every scheduler without a missing cell there."""
        chosen = self.final[:, list(worlds)].transpose(0, 2, 1)
        return {
            name: matrix
            for name, matrix in zip(self.schedulers, chosen, strict=True)
            if np.isfinite(matrix).all()
        }
