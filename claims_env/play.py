"""Plays a configured run to its end, for a person at a terminal: progress, record, page."""

import importlib.metadata
import platform
import sys
from collections.abc import Callable
from typing import Any

from claims_env.assembly import build_parts, build_scheduler, env_of, whole_library
from claims_env.config import RunConfig
from claims_env.console import Console
from claims_env.curriculum import Parts
from claims_env.errors import NoMotionSurvived, TrackerFailed
from claims_env.ledger import RunLedger
from claims_env.report import write_report
from claims_env.run import run

_RECORDED = ("claims-env", "numpy", "gymnasium", "scipy", "mujoco", "torch")


def describe(config: RunConfig) -> dict[str, Any]:
    """Return the facts a run's header records: versions, seed and library."""
    return {
        "claims_env": _version("claims-env"),
        "versions": {name: _version(name) for name in _RECORDED},
        "python": platform.python_version(),
        "machine": platform.machine(),
        "seed": config.seed,
        "library": whole_library().digest,
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
        try:
            env = env_of(parts, config, ledger=ledger, observer=console)
            ledger.stage(-1, "parts", lambda: _facts(parts))
            run(scheduler, env, seed=config.seed, ledger=ledger)
        except KeyboardInterrupt:
            console.say(f"Stopped. Continue with: claims-env resume {folder}")
            raise
        except (NoMotionSurvived, TrackerFailed):
            console.say(f"The record so far is in {folder}.")
            raise
    page = write_report(folder)
    sys.stdout.write(f"\nDone. Look at {page}\n")
    return 0


def _facts(parts: Parts) -> dict[str, Any]:
    """Return what was real and what was not, for the record."""
    return {
        "tracker": parts.tracker.facts,
        "generator": parts.generator.name,
        "judges": [judge.name for judge in parts.judges],
        "suites": [{"name": suite.name, "kind": suite.kind} for suite in parts.suites],
        "actions": parts.library.digest,
    }


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
