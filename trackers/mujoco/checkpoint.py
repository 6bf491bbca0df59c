"""The tracker's checkpoints: npz files of plain arrays, nothing that runs when it is read."""

import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.errors import CheckpointError, MotionError
from claims_env.motion import read_npz
from claims_env.trackers.mujoco.clip_progress import Practice
from claims_env.trackers.mujoco.state import LearnerState

_FAMILY, _VERSION = "claims_env mujoco checkpoint", 2
FORMAT = f"{_FAMILY} {_VERSION}"

_IN_A_RUN = "tracker.ckpt"
"""What a run's folder calls its checkpoints."""

_TRAIN_AGAIN = (
    "If a run keeps it: delete the lines of that round's train stage and after from the run's "
    "events.jsonl, then resume."
)
"""The way on without a run's checkpoint: training starts over from the one before it."""

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
        CheckpointError: The file is missing, damaged, or of another tracker or version.
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
            raise CheckpointError(f"{path}: '{name}' is missing or misshapen. {_cure(path)}")
        if not np.isfinite(got).all():
            raise CheckpointError(f"{path}: '{name}' is not finite. {_cure(path)}")
    kept = {name: arrays[name] for name in _ARRAYS}
    practice = {name: Practice(*row) for name, row in about["practice"].items()}
    numbers = {name: about["numbers"][name] for name in _NUMBERS}
    return LearnerState(**kept, **numbers, practice=practice)


def read_about(path: Path) -> dict[str, Any]:
    """Return what a checkpoint says of itself: the mappings `shape`, `numbers` and `practice`.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker or version.
    """
    return _about(_read(path), path)


def _read(path: Path) -> dict[str, Any]:
    try:
        return read_npz(path)
    except MotionError as error:
        if not path.exists():
            advice = f" {_TRAIN_AGAIN}" if path.name == _IN_A_RUN else ""
            raise CheckpointError(
                f"{path}: there is no such file. Check the path.{advice}"
            ) from None
        raise _no_checkpoint(path, error.problem) from None


def _about(arrays: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return what the file says about itself, having checked that it is one of ours."""
    try:
        about = json.loads(str(arrays["about"]))
        saved_as = str(about["format"])
        if saved_as.startswith(_FAMILY) and saved_as != FORMAT:
            raise _of_another_version(path, saved_as)
        ours = saved_as == FORMAT and set(about["numbers"]) == set(_NUMBERS)
        numeric = all(isinstance(n, int | float) for n in about["numbers"].values())
        ours = ours and numeric and isinstance(about["shape"], dict)
        ours = ours and all(_is_practice(row) for row in about["practice"].values())
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError):
        ours = False
    if not ours:
        raise _no_checkpoint(path, f"what it says of itself is not a '{FORMAT}'.")
    return about  # type: ignore[no-any-return]


def _no_checkpoint(path: Path, problem: str) -> CheckpointError:
    return CheckpointError(
        f"{path}: this is no checkpoint of the mujoco tracker, or is damaged: {problem} "
        f"{_cure(path)}"
    )


def _of_another_version(path: Path, saved_as: str) -> CheckpointError:
    number = saved_as.removeprefix(_FAMILY).strip()
    age = "a newer" if number.isdigit() and int(number) > _VERSION else "an older"
    return CheckpointError(
        f"{path}: {age} version of claims_env saved this ('{saved_as}'), and this one reads "
        f"'{FORMAT}' alone. Train anew, or use the version that saved it."
    )


def _cure(path: Path) -> str:
    if path.name == _IN_A_RUN:
        return _TRAIN_AGAIN
    return f"Take another; a run keeps its own as rounds/NNN/{_IN_A_RUN}."


def _is_practice(row: Any) -> bool:
    """Return whether this is a clip's failure and assist, two shares."""
    return len(row) == 2 and all(isinstance(n, int | float) and 0 <= n <= 1 for n in row)
