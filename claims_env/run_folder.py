"""A run's folder: where things are in it, and how to read them without writing anything."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.errors import ConfigError, LedgerError
from claims_env.records import from_json
from claims_env.rounds import Round

SCHEMA_VERSION = 1
"""Raised whenever older readers would misread a run directory."""


def round_folder(folder: Path, round_index: int) -> Path:
    """Return where a round's files are."""
    return folder / "rounds" / f"{round_index:03d}"


def checkpoint_path(folder: Path, round_index: int) -> Path:
    """Return the tracker's checkpoint after a round."""
    return round_folder(folder, round_index) / "tracker.ckpt"


def motion_path(folder: Path, round_index: int, name: str) -> Path:
    """Return a motion's file."""
    return round_folder(folder, round_index) / "motions" / f"{name}.npz"


def read_arrays(folder: Path, round_index: int, name: str) -> dict[str, npt.NDArray[Any]]:
    """Return arrays kept under a name ('tracked' or 'suite_tracked'), empty if there are none."""
    path = round_folder(folder, round_index) / f"{name}.npz"
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}


def read_header(folder: Path) -> dict[str, Any]:
    """Return what run.json says.

    Raises:
        LedgerError: There is no run, or another schema version wrote it.
    """
    try:
        header: dict[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
    except FileNotFoundError:
        raise LedgerError(f"{folder} holds no run: run.json is missing. Check the path.") from None
    except (OSError, ValueError) as error:
        raise LedgerError(f"{folder / 'run.json'} cannot be read: {error}") from None
    version = header.get("schema_version")
    if version != SCHEMA_VERSION:
        raise LedgerError(
            f"{folder} was written with schema version {version}; this claims_env reads version "
            f"{SCHEMA_VERSION}. Use the claims_env that wrote it ({header.get('claims_env', '?')})."
        )
    return header


def read_rounds(folder: Path) -> tuple[Round, ...]:
    """Return the completed rounds of a run, oldest first.

    Raises:
        LedgerError: A recorded round does not read as one.
    """
    read_header(folder)
    done = [event["result"] for event in read_events(folder) if event["stage"] == "close"]
    try:
        return tuple(from_json(Round, result["round"]) for result in done)
    except ConfigError as error:
        raise LedgerError(f"{folder / 'events.jsonl'} holds a damaged round: {error}") from None


def read_clock(folder: Path) -> list[dict[str, Any]]:
    """Return how long each stage took: round, stage, seconds."""
    return _read_lines(folder / "clock.jsonl")


def read_events(folder: Path) -> list[dict[str, Any]]:
    """Return every finished stage: round, stage, result. A line torn by a crash is passed over."""
    return _read_lines(folder / "events.jsonl")


def _read_lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    whole, _, _torn = path.read_text("utf-8").rpartition("\n")
    try:
        return [json.loads(line) for line in whole.splitlines()]
    except ValueError as error:
        raise LedgerError(f"{path} is damaged: {error}. Restore it from a backup.") from None
