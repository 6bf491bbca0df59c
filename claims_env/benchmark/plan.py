"""The plan of a benchmark: which cells there are, and all they follow from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from claims_env.benchmark.cell import Cell, cell_seed
from claims_env.benchmark.row import Row
from claims_env.durable_file import write_atomically
from claims_env.errors import ConfigError, LedgerError
from claims_env.records import from_json, to_json
from claims_env.resumption import changes

PLAN_SCHEMA = 1
"""Raised whenever older readers would misread a plan."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a benchmark consists of.

    Attributes:
        schedulers: As asked for, settings included.
        trackers: Likewise; simulated worlds and trackers of real composed clips.
        seeds: How many for each pair.
        base_seed: Every cell's seed follows from it and the cell's index.
        sets: Prompts per round.
        rounds: Rounds per episode, the random round 0 included.
        library: The words' file or folder; None for the shipped ones.
        actions: The digest of the library the actions index.
        facts: What each tracker says of itself, by label.
        settings: Of runs that are no simulated world, and of language models, as in config.yaml;
            empty where there are neither.
        code: Digest of each scheduler's source, by label.
        versions: Of the packages that figures can depend on.
        schema: See `PLAN_SCHEMA`.
    """

    schedulers: tuple[str, ...]
    trackers: tuple[str, ...]
    seeds: int
    base_seed: int = 0
    sets: int = 200
    rounds: int = 7
    library: str | None = None
    actions: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    code: Mapping[str, str] = field(default_factory=dict[str, str])
    versions: Mapping[str, str] = field(default_factory=dict[str, str])
    schema: int = PLAN_SCHEMA

    def __post_init__(self) -> None:
        _require(bool(self.schedulers), "schedulers", self.schedulers, "at least one")
        _require(bool(self.trackers), "trackers", self.trackers, "at least one")
        _require(self.seeds >= 1, "seeds", self.seeds, "at least 1")
        _require(self.base_seed >= 0, "seed", self.base_seed, "0 or more")
        _require(self.sets >= 1, "sets", self.sets, "at least 1")
        _require(self.rounds >= 2, "rounds", self.rounds, "at least 2: one decision")

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, in the order of results."""
        return tuple(
            Cell(tracker, scheduler, index)
            for tracker in self.trackers
            for scheduler in self.schedulers
            for index in range(self.seeds)
        )

    def seed_of(self, cell: Cell) -> int:
        """Return the seed of a cell's episode."""
        return cell_seed(self.base_seed, cell.index)

    def holds(self, cell: Cell) -> bool:
        """Return whether a cell is one of these."""
        known = cell.tracker in self.trackers and cell.scheduler in self.schedulers
        return known and 0 <= cell.index < self.seeds

    def counting(self, rows: Mapping[Cell, Row]) -> dict[Cell, Row]:
        """Return the rows that were played by the schedulers as they are."""
        return {c: r for c, r in rows.items() if r.code == self.code.get(r.scheduler, "")}

    def grown(self, other: "Plan") -> "Plan":
        """Return this plan with whatever another of the same kind has beyond it.

        A scheduler's code may have changed: it is the other's, and older cells do not fit it.

        Raises:
            LedgerError: The other would play cells of this one differently; what differs is named.
        """
        if differs := changes(_frame(self, other), _frame(other, self)):
            raise LedgerError(
                f"This benchmark began with something else: {'; '.join(differs)}. Restore that to "
                "go on, or name another folder."
            )
        return replace(
            self,
            schedulers=tuple(dict.fromkeys([*self.schedulers, *other.schedulers])),
            trackers=tuple(dict.fromkeys([*self.trackers, *other.trackers])),
            seeds=max(self.seeds, other.seeds),
            facts={**self.facts, **other.facts},
            code={**self.code, **other.code},
            settings=self.settings or other.settings,
            versions={**self.versions, **other.versions},
        )


def write_plan(plan: Plan, path: Path) -> None:
    """Write a plan as JSON."""
    write_atomically(path, (json.dumps(to_json(plan), indent=1, sort_keys=True) + "\n").encode())


def read_plan(path: Path) -> Plan:
    """Return the plan in a file.

    Raises:
        LedgerError: There is none, it cannot be read, or another schema wrote it.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        plan: Plan = from_json(Plan, content)
    except FileNotFoundError:
        raise LedgerError(
            f"{path.parent} holds no benchmark: {path.name} is missing. Check the path."
        ) from None
    except (OSError, ValueError, ConfigError) as error:
        raise LedgerError(f"{path} cannot be read: {error} Restore it from a backup.") from None
    if plan.schema != PLAN_SCHEMA:
        raise LedgerError(
            f"{path} was written with schema {plan.schema}; this claims_env reads {PLAN_SCHEMA}. "
            f"Use the claims_env that wrote it ({plan.versions.get('claims-env', '?')})."
        )
    return plan


def _frame(plan: Plan, other: Plan) -> dict[str, Any]:
    """Return what must be the same in another plan for their common cells to be the same."""
    frame: dict[str, Any] = to_json(plan)
    kept = ["base_seed", "sets", "rounds", "actions", "schema"]
    if plan.settings and other.settings:
        kept.append("settings")
    shared = {
        "facts": {name: fact for name, fact in frame["facts"].items() if name in other.facts},
        "versions": {name: v for name, v in plan.versions.items() if name in other.versions},
    }
    return {**{key: frame[key] for key in kept}, **shared}


def _require(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"'{name}' is {value}. Expected {expected}.")
