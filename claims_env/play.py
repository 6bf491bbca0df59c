"""Plays a configured run to its end, for a person at a terminal: progress, record, page."""

import hashlib
import importlib.metadata
import platform
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from claims_env.assembly import build_agent, build_parts, env_of, whole_library
from claims_env.chat_config import decisive
from claims_env.chat_usage import told_usage
from claims_env.config import RunConfig, to_yaml
from claims_env.console import Console
from claims_env.curriculum import Parts
from claims_env.errors import NoMotionSurvived
from claims_env.external_config import decisive as decisive_external
from claims_env.generator import HasDecidingFacts, MotionGenerator
from claims_env.held_out import KIND
from claims_env.ledger import RunLedger
from claims_env.mdm_config import MdmConfig
from claims_env.missing_answers import silences
from claims_env.records import to_json
from claims_env.report import write_report
from claims_env.resumption import require_same
from claims_env.run import run
from claims_env.run_folder import read_rounds, read_usage
from claims_env.suite import Suite
from claims_env.suite_digest import suite_digest
from claims_env.tracker import WorksInFolder

_RECORDED = ("claims-env", "numpy", "gymnasium", "scipy", "mujoco", "torch")


@runtime_checkable
class _HasData(Protocol):
    """A generator, judge or scheduler that depends on files; `digest` is a hash of them."""

    @property
    def digest(self) -> str: ...


def describe(config: RunConfig) -> dict[str, Any]:
    """Return the facts a run's header records: versions, seed and library."""
    return {
        "claims_env": _version("claims-env"),
        "versions": {name: _version(name) for name in _RECORDED},
        "python": platform.python_version(),
        "machine": platform.machine(),
        "seed": config.seed,
        "library": whole_library(config.library).digest,
    }


def play(config: RunConfig, open_ledger: Callable[[], RunLedger]) -> int:
    """Play a run, or what is left of it, then write its page; returns the exit status.

    The parts are built first, so that a name nobody knows leaves no folder behind.

    Args:
        config: What to play.
        open_ledger: Creates or resumes the run's folder.

    Raises:
        ClaimsError: Something went wrong; what was finished is on disk.
        KeyboardInterrupt: It was stopped; likewise.
    """
    parts = build_parts(config)
    scheduler = build_agent(config, parts.library, parts.account)
    with open_ledger() as ledger, Console(config, ledger.folder) as console:
        folder = ledger.folder
        for suite in parts.suites:
            for refusal in suite.refused:
                console.say(f"suite {suite.name} goes without {refusal.name}: {refusal.reason}")
        facts = to_json(deciding_facts(parts, config, scheduler))
        require_same(ledger.stage(-1, "parts", lambda: facts), facts)
        if parts.account is not None:
            parts.account.charge(read_usage(folder))
        if isinstance(parts.tracker, WorksInFolder):
            parts.tracker.work_in(folder)
        env = env_of(parts, config, ledger=ledger, observer=console)
        try:
            with _terminable():
                run(scheduler, env, seed=config.seed, ledger=ledger)
        except NoMotionSurvived:
            # the clips are on record, so that resuming would only find the same ones rejected
            again = f"claims-env run --from {folder / 'config.yaml'} --seed {config.seed + 1}"
            console.say(f"Stopped. Start anew: {again}")
            raise
        except BaseException:
            console.say(f"Stopped. Continue with: claims-env resume {folder}")
            raise
    return show_end(folder)


def show_end(folder: Path) -> int:
    """Write a finished run's page, and tell where it is; returns the exit status.

    Raises:
        LedgerError: The record cannot be read.
    """
    page = write_report(folder)
    found = [f"{silence}" for silence in silences(read_rounds(folder))]
    for told in [*told_usage(read_usage(folder)), *found]:
        sys.stdout.write(f"\n{told}")
    sys.stdout.write(f"\nDone. Look at {page}\n")
    return 0


def deciding_facts(parts: Parts, config: RunConfig, scheduler: object) -> dict[str, Any]:
    """Return what was real and what was not, and whatever else a run depends on."""
    # a generator tells its own settings by name, and its files by what is in them
    decided = replace(
        config,
        chat=decisive(config.chat),
        mdm=MdmConfig(),
        external=decisive_external(config.external),
    )
    return {
        "tracker": parts.tracker.facts,
        "generator": parts.generator.name,
        "generator_version": _version_of(parts.generator),
        "generator_data": _data_of(parts.generator),
        "judges": [judge.name for judge in parts.judges],
        "judge_data": {j.name: j.digest for j in parts.judges if isinstance(j, _HasData)},
        "scheduler_data": scheduler.digest if isinstance(scheduler, _HasData) else None,
        "suites": [_suite_facts(suite) for suite in parts.suites],
        "actions": parts.library.digest,
        "config": hashlib.sha256(to_yaml(decided).encode()).hexdigest()[:16],
        "claims_env": _version("claims-env"),
    }


def _data_of(generator: MotionGenerator) -> Any:
    """Return what a generator's clips follow from beside prompts and seeds: facts, or a hash."""
    if isinstance(generator, HasDecidingFacts):
        return generator.deciding_facts
    return generator.digest if isinstance(generator, _HasData) else None


def _version_of(generator: MotionGenerator) -> str | None:
    """Return the `VERSION` a generator's module names, as ours do; None where it names none."""
    version = getattr(sys.modules.get(type(generator).__module__), "VERSION", None)
    return None if version is None else str(version)


def _suite_facts(suite: Suite) -> dict[str, Any]:
    # a composed suite follows from words, version and seed, which are on record
    digest = None if suite.kind == KIND else suite_digest(suite.motions)
    return {"name": suite.name, "kind": suite.kind, "clips": len(suite.motions), "digest": digest}


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM, which job schedulers send, stop a run as cleanly as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
