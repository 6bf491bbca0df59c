"""The tracker's checkpoints: npz files of plain arrays, nothing that runs when it is read."""

import json
import os
import zipfile
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.errors import CheckpointError
from claims_env.trackers.mujoco.clip_progress import Practice
from claims_env.trackers.mujoco.state import LearnerState

FORMAT = "claims_env mujoco checkpoint 2"

TRAIN_AGAIN = (
    "If a run keeps it: delete the lines of that round's train stage and after from the run's "
    "events.jsonl, then resume."
)
"""The way on without a checkpoint: training starts over from the one before it."""

_ARRAYS = ("parameters", "first_moment", "second_moment", "mean", "variance")
_NUMBERS = tuple(
    field.name for field in fields(LearnerState) if field.name not in (*_ARRAYS, "practice")
)


def save_checkpoint(state: LearnerState, shape: dict[str, Any], path: Path) -> None:
    """Write a checkpoint, all at once or not at all; the same state gives the same bytes.

    Args:
        state: What was learned.
        shape: What the networks fit (body, layer sizes); `load_checkpoint` wants it to agree.
        path: Where.
    """
    numbers = {name: getattr(state, name) for name in _NUMBERS}
    arrays: dict[str, Any] = {name: getattr(state, name) for name in _ARRAYS}
    practice = {name: [p.failure, p.assist] for name, p in state.practice.items()}
    about = {"format": FORMAT, "shape": shape, "numbers": numbers, "practice": practice}
    arrays["about"] = np.array(json.dumps(about, sort_keys=True))
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            np.savez_compressed(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def load_checkpoint(path: Path, shape: dict[str, Any], like: LearnerState) -> LearnerState:
    """Read a checkpoint.

    Args:
        path: The file.
        shape: What the networks at hand fit.
        like: A state of the tracker at hand; the arrays must have its shapes.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker.
    """
    arrays = _read(path)
    about = _about(arrays, path)
    if about["shape"] != shape:
        raise CheckpointError(
            f"{path}: was saved for {about['shape']}, but this tracker is {shape}. "
            "Choose the same body and hidden sizes, or another checkpoint."
        )
    for name in _ARRAYS:
        wanted = getattr(like, name)
        got = arrays.get(name)
        if got is None or got.shape != wanted.shape or got.dtype != wanted.dtype:
            raise CheckpointError(f"{path}: '{name}' is missing or misshapen. {TRAIN_AGAIN}")
        if not np.isfinite(got).all():
            raise CheckpointError(f"{path}: '{name}' is not finite. {TRAIN_AGAIN}")
    kept = {name: arrays[name] for name in _ARRAYS}
    practice = {name: Practice(*row) for name, row in about["practice"].items()}
    numbers = {name: about["numbers"][name] for name in _NUMBERS}
    return LearnerState(**kept, **numbers, practice=practice)


def _read(path: Path) -> dict[str, Any]:
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}
    except FileNotFoundError:
        raise CheckpointError(
            f"{path}: there is no such file. Check the path. {TRAIN_AGAIN}"
        ) from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, AttributeError) as error:
        raise CheckpointError(
            f"{path}: it is no readable checkpoint ({error}). {TRAIN_AGAIN}"
        ) from None


def _about(arrays: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return what the file says about itself, having checked that it is one of ours."""
    try:
        about = json.loads(str(arrays["about"]))
        ours = about["format"] == FORMAT and set(about["numbers"]) == set(_NUMBERS)
        numeric = all(isinstance(n, int | float) for n in about["numbers"].values())
        ours = ours and numeric and "shape" in about
        ours = ours and all(_is_practice(row) for row in about["practice"].values())
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError):
        ours = False
    if not ours:
        raise CheckpointError(
            f"{path}: this is no checkpoint of the mujoco tracker ('{FORMAT}'). "
            "Load it with the tracker that saved it."
        )
    return about  # type: ignore[no-any-return]


def _is_practice(row: Any) -> bool:
    """Return whether this is a clip's failure and assist, two shares."""
    return len(row) == 2 and all(isinstance(n, int | float) and 0 <= n <= 1 for n in row)
