"""Cells on trackers of real composed clips: each is a run with a folder, and resumes like one."""

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import numpy as np

from claims_env.assembly.bench import agent_of, config_of
from claims_env.assembly.environment import env_of
from claims_env.assembly.parts import build_parts
from claims_env.benchmark.asked_part import read_part
from claims_env.benchmark.cell import Cell
from claims_env.benchmark.episode import Recorded
from claims_env.benchmark.figures import round_figures, used
from claims_env.benchmark.folder import RUNS
from claims_env.benchmark.packed_actions import PackedActions, pack, unpack
from claims_env.benchmark.played import Played
from claims_env.benchmark.row import Row, sealed
from claims_env.config import RunConfig, to_yaml
from claims_env.curriculum import Parts
from claims_env.errors import BenchmarkError, LedgerError
from claims_env.ledger import RunLedger
from claims_env.records import to_json
from claims_env.resumption import require_same
from claims_env.run import run
from claims_env.run_folder import read_clock, read_events, read_rounds, read_usage
from claims_env.scheduler import Scheduler, Writes


def run_folder_of(folder: Path, cell: Cell) -> Path:
    """Return where a cell's run is, in a benchmark's folder."""
    tracker, scheduler = quote(cell.tracker, safe=""), quote(cell.scheduler, safe="")
    return folder / RUNS / tracker / scheduler / f"{cell.index:03d}"


def play_run(row: Row, folder: Path) -> Played:
    """Play a cell, or what is left of it.

    Args:
        row: The cell, without figures.
        folder: Of the benchmark.

    Raises:
        ClaimsError: Something is wrong with a part, or broke.
    """
    config = config_of(row, row.settings or {})
    parts = build_parts(config)
    agent = agent_of(read_part(row.scheduler), config, parts.library, parts.account)
    where = run_folder_of(folder, row.cell)
    _play(agent, parts, config, where, row.code)
    took = sum(entry["seconds"] for entry in read_clock(where) if entry["stage"] == "decide")
    return Played(told_run(row, where), deciding_s=took)


def replay_run(row: Row) -> Row:
    """Return the row once more, its actions played again without the scheduler: as dear as before.

    Raises:
        BenchmarkError: It holds no actions.
        ClaimsError: As for `play_run`.
    """
    if row.actions is None:
        raise BenchmarkError(
            f"{row.cell} holds no actions: '{row.scheduler}' writes sentences. Check its record."
        )
    config = config_of(row, row.settings or {})
    folder = Path(tempfile.mkdtemp(prefix="claims-replay-"))
    try:
        parts = build_parts(config)
        replayed = Recorded(row.scheduler, unpack(row.actions))
        _play(replayed, parts, config, folder / "run", row.code)
        return told_run(replace(row, actions=None, figures={}), folder / "run")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def told_run(row: Row, where: Path) -> Row:
    """Return a row with what a finished run's folder says.

    Raises:
        LedgerError: The record is missing or damaged, or the run is not finished.
    """
    rounds, events = read_rounds(where), read_events(where)
    if len(rounds) != row.rounds:
        raise LedgerError(
            f"{where} holds {len(rounds)} of {row.rounds} rounds. Run the benchmark again to "
            "finish it."
        )
    figures = round_figures(rounds)
    samples = sum(float(r.training.get("samples", 0)) for r in rounds)
    chats = read_usage(where)
    tokens = sum(c["tokens"]["input"] + c["tokens"]["output"] for c in chats)
    asked = sum(c["calls"] for c in chats)
    decided = [e["result"]["action"] for e in events if e["stage"] == "decide"]
    (made_of,) = (e["result"] for e in events if e["stage"] == "parts")
    return sealed(
        replace(
            row,
            # a run keeps words back for its held-out clips, so that its actions index fewer
            library=made_of["actions"],
            actions=_packed(decided),
            figures=figures,
            budget={
                **used(figures, row.sets),
                "samples": samples,
                "tokens": float(tokens),
                "questions": float(asked),
            },
            ledger=hashlib.sha256((where / "events.jsonl").read_bytes()).hexdigest()[:16],
        )
    )


def _play(
    agent: Scheduler | Writes, parts: Parts, config: RunConfig, where: Path, code: str
) -> None:
    # the front door of a run knows what its record must hold; imported late, it knows this room
    from claims_env.play import deciding_facts, describe

    with _ledger(where, config, describe(config)) as ledger:
        facts = {**to_json(deciding_facts(parts, config, agent)), "scheduler_code": code}
        require_same(ledger.stage(-1, "parts", lambda: facts), facts)
        if parts.account is not None:
            parts.account.charge(read_usage(where))
        run(agent, env_of(parts, config, ledger=ledger), seed=config.seed, ledger=ledger)


def _ledger(where: Path, config: RunConfig, facts: dict[str, object]) -> RunLedger:
    if (where / "run.json").exists():
        return RunLedger.resume(where)
    return RunLedger.create(where, to_yaml(config), facts)


def _packed(decided: Sequence[Sequence[object]]) -> PackedActions | None:
    """Return the decisions of a scheduler that chooses; None of one that writes."""
    if any(isinstance(word, str) for action in decided for word in action):
        return None
    return pack(np.array(decided, dtype=np.int64))
