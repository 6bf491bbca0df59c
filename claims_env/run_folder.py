"""A run's folder: where things are in it, and how to read them without writing anything."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy.typing as npt

from claims_env.errors import ConfigError, LedgerError, MotionError
from claims_env.motion import read_npz
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


def unfinished_path(folder: Path, round_index: int) -> Path:
    """Return what a training stage had learned when it was interrupted; resuming starts it anew."""
    return round_folder(folder, round_index) / "unfinished.ckpt"


def motion_path(folder: Path, round_index: int, name: str) -> Path:
    """Return a motion's file."""
    return round_folder(folder, round_index) / "motions" / f"{name}.npz"


def read_arrays(folder: Path, round_index: int, name: str) -> dict[str, npt.NDArray[Any]]:
    """Return arrays kept under a name ('tracked' or 'suite_tracked').

    They are only ever looked at, so there are none where the file is missing or damaged.
    """
    try:
        return read_npz(round_folder(folder, round_index) / f"{name}.npz")
    except MotionError:
        return {}


def read_header(folder: Path) -> dict[str, Any]:
    """Return what run.json says.

    Raises:
        LedgerError: There is no run, it cannot be read, or another schema version wrote it.
    """
    try:
        header = json.loads((folder / "run.json").read_text("utf-8"))
    except FileNotFoundError:
        raise LedgerError(f"{folder} holds no run: run.json is missing. Check the path.") from None
    except (OSError, ValueError) as error:
        raise LedgerError(
            f"{folder / 'run.json'} cannot be read: {error}. Restore it from a backup."
        ) from None
    if not isinstance(header, dict):
        raise LedgerError(
            f"{folder / 'run.json'} holds no facts about a run. Restore it from a backup."
        )
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
        return tuple(from_json(Round, result.get("round")) for result in done)
    except ConfigError as error:
        raise LedgerError(f"{folder / 'events.jsonl'} holds a damaged round: {error}") from None


def read_clock(folder: Path) -> list[dict[str, Any]]:
    """Return how long each stage took: round, stage, seconds.

    Whatever is damaged is passed over: no result depends on it.
    """
    try:
        lines = _whole_lines(folder / "clock.jsonl")
    except LedgerError:
        return []
    entries = (_parsed(line, _is_time) for line in lines)
    return [entry for entry in entries if entry is not None]


def read_usage(folder: Path) -> list[dict[str, Any]]:
    """Return what language models were asked: an entry per stage, purpose and model.

    Whatever is damaged is passed over: no result depends on it.
    """
    try:
        lines = _whole_lines(folder / "usage.jsonl")
    except LedgerError:
        return []
    stages = (_parsed(line, lambda entry: isinstance(entry.get("chats"), list)) for line in lines)
    return [entry for stage in stages if stage is not None for entry in stage["chats"]]


def read_events(folder: Path) -> list[dict[str, Any]]:
    """Return every finished stage: round, stage, result. A line torn by a crash is passed over.

    Raises:
        LedgerError: The file cannot be read, or a line before its end is damaged.
    """
    path = folder / "events.jsonl"
    events: list[dict[str, Any]] = []
    for number, line in enumerate(_whole_lines(path), 1):
        event = _parsed(line, _is_event)
        if event is None:
            raise LedgerError(
                f"{path} is damaged: line {number} records no stage. Restore it from a backup."
            )
        events.append(event)
    return events


def _whole_lines(path: Path) -> list[bytes]:
    """Return a file's lines but for the one a crash tore, none where there is no file."""
    try:
        return path.read_bytes().split(b"\n")[:-1]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LedgerError(
            f"{path} cannot be read ({error.strerror}). Check its permissions and its disk."
        ) from None


def _parsed(line: bytes, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
    try:
        entry = json.loads(line.decode("utf-8"))
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and fits(entry) else None


def _is_event(entry: dict[str, Any]) -> bool:
    named = isinstance(entry.get("round"), int) and isinstance(entry.get("stage"), str)
    return named and isinstance(entry.get("result"), dict)


def _is_time(entry: dict[str, Any]) -> bool:
    named = isinstance(entry.get("round"), int) and isinstance(entry.get("stage"), str)
    seconds = entry.get("seconds")
    return named and isinstance(seconds, int | float) and math.isfinite(seconds)
