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
from typing import Any, Protocol, runtime_checkable

from claims_env.assembly import build_parts, build_scheduler, env_of, whole_library
from claims_env.chat_config import decisive
from claims_env.chat_usage import told_usage
from claims_env.config import RunConfig, to_yaml
from claims_env.console import Console
from claims_env.curriculum import Parts
from claims_env.errors import LedgerError
from claims_env.generator import MotionGenerator
from claims_env.held_out import KIND
from claims_env.ledger import RunLedger
from claims_env.records import to_json
from claims_env.report import write_report
from claims_env.run import run
from claims_env.run_folder import read_usage
from claims_env.suite import Suite
from claims_env.suite_digest import suite_digest

_RECORDED = ("claims-env", "numpy", "gymnasium", "scipy", "mujoco", "torch")

_ROOM = 80
"""Characters a value may take in a refusal that tells of several."""


@runtime_checkable
class _HasData(Protocol):
    """A generator or judge that depends on files; `digest` says which by a hash of them."""

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
    scheduler = build_scheduler(config.scheduler, parts.library)
    with open_ledger() as ledger, Console(config, ledger.folder) as console:
        folder = ledger.folder
        for suite in parts.suites:
            for refusal in suite.refused:
                console.say(f"suite {suite.name} goes without {refusal.name}: {refusal.reason}")
        facts = to_json(_facts(parts, config))
        _same_as_before(ledger.stage(-1, "parts", lambda: facts), facts)
        if parts.account is not None:
            parts.account.charge(read_usage(folder))
        env = env_of(parts, config, ledger=ledger, observer=console)
        try:
            with _terminable():
                run(scheduler, env, seed=config.seed, ledger=ledger)
        except BaseException:
            console.say(f"Stopped. Continue with: claims-env resume {folder}")
            raise
    page = write_report(folder)
    for told in told_usage(read_usage(folder)):
        sys.stdout.write(f"\n{told}")
    sys.stdout.write(f"\nDone. Look at {page}\n")
    return 0


def _facts(parts: Parts, config: RunConfig) -> dict[str, Any]:
    """Return what was real and what was not, and whatever else a run depends on."""
    decided = replace(config, chat=decisive(config.chat))
    return {
        "tracker": parts.tracker.facts,
        "generator": parts.generator.name,
        "generator_version": _version_of(parts.generator),
        "generator_data": parts.generator.digest if isinstance(parts.generator, _HasData) else None,
        "judges": [judge.name for judge in parts.judges],
        "judge_data": {j.name: j.digest for j in parts.judges if isinstance(j, _HasData)},
        "suites": [_suite_facts(suite) for suite in parts.suites],
        "actions": parts.library.digest,
        "config": hashlib.sha256(to_yaml(decided).encode()).hexdigest()[:16],
        "claims_env": _version("claims-env"),
    }


def _version_of(generator: MotionGenerator) -> str | None:
    """Return the `VERSION` a generator's module names, as ours do; None where it names none."""
    version = getattr(sys.modules.get(type(generator).__module__), "VERSION", None)
    return None if version is None else str(version)


def _suite_facts(suite: Suite) -> dict[str, Any]:
    # a composed suite follows from words, version and seed, which are on record
    digest = None if suite.kind == KIND else suite_digest(suite.motions)
    return {"name": suite.name, "kind": suite.kind, "clips": len(suite.motions), "digest": digest}


def _same_as_before(recorded: dict[str, Any], now: dict[str, Any]) -> None:
    """Refuse to continue a run with other parts than it began with.

    Raises:
        LedgerError: Something differs; it is named.
    """
    changed = sorted(key for key in now if recorded.get(key) != now[key])
    if changed:
        differs = [
            told for key in changed for told in _differences(key, recorded.get(key), now[key])
        ]
        raise LedgerError(
            f"This run began with something else: {'; '.join(differs)}. "
            "Restore that to resume it, or start a new run from its config.yaml with "
            "`claims-env run --from`."
        )


def _differences(name: str, before: Any, after: Any) -> list[str]:
    """Return what differs between two facts, a sentence for each part that does."""
    before, after = _parts(before), _parts(after)
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            told
            for key in sorted({*before, *after})
            if before.get(key) != after.get(key)
            for told in _differences(f"{name}.{key}", before.get(key), after.get(key))
        ]
    return [f"{name} was {_short(before)} and is {_short(after)}"]


def _parts(fact: Any) -> Any:
    """Return a fact by name of its parts, where they have names: a run's suites do."""
    if isinstance(fact, list) and fact and all(isinstance(p, dict) and "name" in p for p in fact):
        return {str(part["name"]): part for part in fact}
    return fact


def _short(value: Any) -> str:
    """Return a value in words that leave room for others."""
    text = "not on record" if value is None else str(value)
    return text if len(text) <= _ROOM else f"{text[: _ROOM - 1]}…"


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
