"""What a run's folder says of how its prompts were chosen, and what language models were asked."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from claims_env.decision_record import Decision, decision_from_json
from claims_env.errors import ConfigError
from claims_env.records import from_json
from claims_env.run_folder import round_folder

DECISION = "decision.json"
"""Where a round's folder holds what its scheduler said."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a scheduler said of its prompts for one round.

    Attributes:
        decision: The talk with a language model, set by set; None where it is something else.
        other: Whatever else a scheduler of somebody's own put there, as JSON; or why the file
            cannot be read.
    """

    decision: Decision | None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one model was asked for one purpose; the counts are those of `chats.meter`."""

    purpose: str
    model: str
    calls: int
    answers: int
    errors: dict[str, int]
    attempts: int
    tokens: dict[str, int]
    estimated: int
    usd: float | None
    served: dict[str, int]

    @property
    def others(self) -> tuple[str, ...]:
        """Who answered without having been asked by that name."""
        return others_than(self.model, self.served)


def others_than(asked: str, served: Iterable[str]) -> tuple[str, ...]:
    """Return who answered without having been asked by that name, as the provider says."""
    return tuple(sorted(set(served) - {asked, asked.partition(":")[2], ""}))


def read_explanation(folder: Path, round_index: int) -> Explanation | None:
    """Return what was said of a round's prompts, or None if nothing was."""
    path = round_folder(folder, round_index) / DECISION
    try:
        values = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        return Explanation(None, f"{DECISION} cannot be read: {error}.")
    try:
        return Explanation(decision_from_json(values))
    except ConfigError:
        return Explanation(None, json.dumps(values, indent=1, ensure_ascii=False))


def briefly(told: Explanation) -> Explanation:
    """Return who chose what, without the reasons and the answers."""
    if told.decision is None:
        return told
    groups = tuple(
        replace(
            group,
            askings=tuple(replace(asking, answer="") for asking in group.askings),
            analysis={},
            changes=tuple(replace(change, reasons={}) for change in group.changes),
        )
        for group in told.decision.groups
    )
    return Explanation(replace(told.decision, groups=groups))


def read_spent(folder: Path) -> dict[int, tuple[Spent, ...]]:
    """Return what was spent on language models by round, one entry per purpose and model.

    Whatever is damaged is passed over: no result depends on it.
    """
    try:
        lines = (folder / "usage.jsonl").read_bytes().splitlines()
    except OSError:
        return {}
    found: dict[int, dict[tuple[str, str], Spent]] = {}
    for index, spent in (pair for line in lines for pair in _entries(line)):
        known = found.setdefault(index, {})
        key = (spent.purpose, spent.model)
        known[key] = _added(known[key], spent) if key in known else spent
    return {index: tuple(found[index].values()) for index in sorted(found)}


def _entries(line: bytes) -> list[tuple[int, Spent]]:
    names = [f.name for f in fields(Spent)]
    try:
        stage = json.loads(line)
        return [
            (int(stage["round"]), from_json(Spent, {name: entry[name] for name in names}))
            for entry in stage["chats"]
        ]
    except (ValueError, KeyError, TypeError, RecursionError, ConfigError):
        return []


def _added(a: Spent, b: Spent) -> Spent:
    return Spent(
        purpose=a.purpose,
        model=a.model,
        calls=a.calls + b.calls,
        answers=a.answers + b.answers,
        errors=_summed(a.errors, b.errors),
        attempts=a.attempts + b.attempts,
        tokens=_summed(a.tokens, b.tokens),
        estimated=a.estimated + b.estimated,
        usd=None if a.usd is None or b.usd is None else a.usd + b.usd,
        served=_summed(a.served, b.served),
    )


def _summed(a: dict[str, int], b: dict[str, Any]) -> dict[str, int]:
    return {name: a.get(name, 0) + b.get(name, 0) for name in {**a, **b}}
