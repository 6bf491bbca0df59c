"""A line of the results: one episode, with all that is needed to play it again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from claims_env.benchmark.cell import Cell
from claims_env.benchmark.packed_actions import PackedActions
from claims_env.errors import ConfigError
from claims_env.records import from_json, to_json

ROW_SCHEMA = 1
"""Raised whenever older readers would misread a row."""

FIGURES = ("held_out_success", "trained_success", "tier", "reward", "kept")
"""What is kept of every round: shares 0 to 1, mean tier 1 to 5, the reward, clips trained on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One finished cell. It holds no wall-clock figures: equal episodes are equal rows.

    Attributes:
        tracker: As asked for.
        scheduler: As asked for.
        index: Which of the plan's seeds.
        seed: Of the episode.
        status: 'done', or 'failed' where something broke: then there are no figures.
        error: What broke, in words; empty if nothing did.
        kind: 'simulated' or 'physics', as the tracker says.
        facts: What the tracker says of itself.
        settings: The run's settings where it is no simulated world, as in config.yaml.
        actions: The scheduler's decisions; None where it writes sentences, or broke.
        library: The digest of the words the actions index.
        code: Digest of the scheduler's source, and of its files if it tells.
        revealed: Whether the scheduler was shown what the world knows of itself: it then competes
            with nobody.
        words: Where the words are; None for the shipped ones.
        sets: Prompts per round.
        rounds: Rounds of the episode.
        figures: Each of `FIGURES`, an entry per round; NaN where a round has none.
        budget: What was used: 'clips' asked for, 'trained' on, 'samples' of training, 'tokens' and
            'questions' of language models.
        ledger: Digest of the run's record where it has a folder; empty otherwise.
        versions: Of the packages that figures can depend on.
        schema: See `ROW_SCHEMA`.
        digest: Of everything else in the row.
    """

    tracker: str
    scheduler: str
    index: int
    seed: int
    status: Literal["done", "failed"]
    kind: str
    library: str
    sets: int
    rounds: int
    error: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    settings: Mapping[str, Any] | None = None
    actions: PackedActions | None = None
    code: str = ""
    revealed: bool = False
    words: str | None = None
    figures: Mapping[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    budget: Mapping[str, float] = field(default_factory=dict[str, float])
    ledger: str = ""
    versions: Mapping[str, str] = field(default_factory=dict[str, str])
    schema: int = ROW_SCHEMA
    digest: str = ""

    @property
    def cell(self) -> Cell:
        """Which cell it is."""
        return Cell(self.tracker, self.scheduler, self.index)

    @property
    def is_done(self) -> bool:
        """Whether there are figures."""
        return self.status == "done"


def sealed(row: Row) -> Row:
    """Return the row with its digest."""
    return replace(row, digest=digest_of(row))


def digest_of(row: Row) -> str:
    """Return the hash of everything in a row but its digest.

    What came into rows later counts only where it says something: older rows keep their digest.
    """
    later = {"code": "", "revealed": False}
    content = {
        key: value
        for key, value in to_json(row).items()
        if key != "digest" and (key not in later or value != later[key])
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def line_of(row: Row) -> str:
    """Return a row as one line of JSON."""
    return json.dumps(to_json(row), sort_keys=True)


def row_of(line: str, where: str) -> Row:
    """Return the row a line holds.

    Args:
        line: Of JSON.
        where: Which line it is, for error texts.

    Raises:
        ConfigError: It does not read as one, or another schema wrote it.
    """
    try:
        content = json.loads(line)
        schema = content.get("schema") if isinstance(content, dict) else None
        if schema != ROW_SCHEMA:
            raise ConfigError(
                f"it has schema {schema}, and this claims_env reads {ROW_SCHEMA}. Use the "
                "claims_env that wrote it."
            )
        row: Row = from_json(Row, content)
        _require_figures(row)
    except (ValueError, ConfigError) as error:
        raise ConfigError(f"{where} holds no result: {error}") from None
    return row


def _require_figures(row: Row) -> None:
    counts = {name: len(row.figures.get(name, ())) for name in FIGURES}
    if row.is_done and set(counts.values()) != {row.rounds}:
        raise ConfigError(
            f"it has figures of so many rounds: {counts}. Expected {row.rounds} of each."
        )
