"""Makes the cells of a benchmark playable: names become parts, and an episode becomes a row."""

import hashlib
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims_env.answers import require_contract
from claims_env.assembly.by_name import create, with_plugins
from claims_env.assembly.schedulers import PLUGINS, SCHEDULERS, WRITERS, asks_chat, build_agent
from claims_env.assembly.words import whole_library
from claims_env.benchmark.asked_part import AskedPart, read_part
from claims_env.benchmark.cell import Cell
from claims_env.benchmark.plan import Plan
from claims_env.benchmark.played import Played
from claims_env.benchmark.row import Row, sealed
from claims_env.chat_usage import ChatAccount
from claims_env.config import RunConfig
from claims_env.errors import ClaimsError, ConfigError
from claims_env.records import from_json
from claims_env.scheduler import Scheduler, Writes
from claims_env.variable_library import VariableLibrary


@dataclass(frozen=True, slots=True)
class Player:
    """Plays cells of a plan; it can be pickled, so that any process can.

    Attributes:
        plan: What the cells belong to.
        folder: Of the benchmark; runs that are no simulated world are kept in it.
    """

    plan: Plan
    folder: Path

    def __call__(self, cell: Cell) -> Played:
        """Return what came of a cell; whatever breaks in it is its result."""
        start = time.perf_counter()
        try:
            played = self._play(cell)
        # a scheduler is anybody's code: what it raises fails its cell, and not its neighbours
        except (Exception, SystemExit) as error:
            played = Played(failed(self.plan, cell, told(error)))
        return replace(played, seconds=time.perf_counter() - start)

    def _play(self, cell: Cell) -> Played:
        from claims_env.assembly.bench_runs import play_run
        from claims_env.assembly.bench_worlds import play_world

        row = blank(self.plan, cell)
        return play_world(row) if is_world(cell.tracker) else play_run(row, self.folder)


@dataclass(frozen=True, slots=True)
class Lost:
    """Says of cells that whatever played them died.

    Attributes:
        plan: What the cells belong to.
    """

    plan: Plan

    def __call__(self, cell: Cell) -> Played:
        """Return the row of a cell nothing survived."""
        why = (
            "Its worker died each time: killed, or out of memory. Give it fewer neighbours with "
            "--workers, or see what happens with --backend serial."
        )
        return Played(failed(self.plan, cell, why))


def failed(plan: Plan, cell: Cell, error: str) -> Row:
    """Return the row of a cell that has no figures."""
    return sealed(replace(blank(plan, cell), status="failed", error=error))


def blank(plan: Plan, cell: Cell) -> Row:
    """Return a cell's row before there is anything to say of its episode."""
    facts = plan.facts.get(cell.tracker, {})
    return Row(
        tracker=cell.tracker,
        scheduler=cell.scheduler,
        index=cell.index,
        seed=plan.seed_of(cell),
        status="done",
        kind=str(facts.get("kind", "unknown")),
        library=plan.actions,
        sets=plan.sets,
        rounds=plan.rounds,
        facts=facts,
        settings=_settings(plan, cell),
        code=plan.code.get(cell.scheduler, ""),
        words=plan.library,
        versions=plan.versions,
    )


def _settings(plan: Plan, cell: Cell) -> Mapping[str, Any] | None:
    """Return what a cell's row must hold of a run's settings: nothing, where no run is made."""
    needed = not is_world(cell.tracker) or asks_chat(read_part(cell.scheduler).name)
    return plan.settings if needed else None


def is_world(tracker: str) -> bool:
    """Return whether a tracker, as asked for, is a simulated world."""
    from claims_env.assembly.worlds import WORLDS

    return read_part(tracker).name in WORLDS


@lru_cache(maxsize=4)
def words_of(path: str | None) -> VariableLibrary:
    """Return a library, read once per process: it does not change."""
    return whole_library(None if path is None else Path(path))


def config_of(row: Row, settings: Mapping[str, Any]) -> RunConfig:
    """Return the settings of a row's run.

    Args:
        row: What is to be played.
        settings: What the row does not say itself, as in config.yaml.
    """
    config: RunConfig = from_json(RunConfig, dict(settings))
    asked = read_part(row.tracker)
    options = {**config.tracker.options, **asked.settings}
    return replace(
        config,
        scheduler=read_part(row.scheduler).name,
        seed=row.seed,
        sets=row.sets,
        rounds=row.rounds,
        library=None if row.words is None else Path(row.words),
        tracker=replace(config.tracker, name=asked.name, options=options),
    )


def agent_of(
    asked: AskedPart, config: RunConfig, library: VariableLibrary, account: ChatAccount | None
) -> Scheduler | Writes:
    """Return a fresh scheduler, with the settings that stand behind its name.

    Raises:
        ConfigError: It takes none, or others.
        ClaimsError: As for `build_agent`.
    """
    if not asked.settings:
        return build_agent(config, library, account)
    if asks_chat(asked.name):
        raise ConfigError(
            f"'{asked.label}' has settings in brackets, and '{asked.name}' is set up under 'llm' "
            "and 'chat' in a run's config.yaml. Give that with --from."
        )
    table = with_plugins(asked.name, {**WRITERS, **SCHEDULERS}, PLUGINS)
    agent: Scheduler | Writes = create(
        "scheduler", asked.name, table, library, **dict(asked.settings)
    )
    require_contract(
        agent, "scheduler", asked.name, "write" if isinstance(agent, Writes) else "act"
    )
    return agent


def code_of(agent: Scheduler | Writes) -> str:
    """Return a digest of what a scheduler does: its module's source, and its files if it tells."""
    file = getattr(sys.modules.get(type(agent).__module__), "__file__", None)
    source = Path(file).read_bytes() if file else b""
    data = str(getattr(agent, "digest", "")).encode()
    return hashlib.sha256(source + b"\0" + data).hexdigest()[:16]


def told(error: BaseException) -> str:
    """Return an error in words: ours as it is, others with where they came from."""
    if isinstance(error, ClaimsError):
        return f"{type(error).__name__}: {error}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}, line {last.lineno}, in {last.name}"
    try:
        said = str(error)
    # an exception of anybody's, too, may break while it is put into words
    except Exception as another:
        said = f"(no text: {type(another).__name__})"
    return f"{type(error).__name__}: {said} ({place})"
