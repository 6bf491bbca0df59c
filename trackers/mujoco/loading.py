"""Makes the tracker a checkpoint was saved by: the file itself says which body and which layers."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from claims_env.errors import CheckpointError, ConfigError, MotionError
from claims_env.motion import read_npz
from claims_env.records import from_json
from claims_env.trackers.mujoco.settings import MujocoSettings
from claims_env.trackers.mujoco.starting_checkpoint import FOLDER
from claims_env.trackers.mujoco.tracker import MujocoTracker

_FAMILY = "claims_env mujoco checkpoint"
"""How the format of every version begins; which version it is, loading looks at."""


def tracker_of(path: Path, *, assist: float = 0.0, workers: int = 0) -> MujocoTracker:
    """Return a tracker that knows what a checkpoint holds.

    Args:
        path: The checkpoint.
        assist: Help at the root while it performs, as a fraction of body weight.
        workers: Threads it may perform with; 0 takes every core there is.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker or version.
        ConfigError: The assist or the workers are out of range.
        MissingDependency: mujoco or torch is not installed.
    """
    tracker = MujocoTracker(settings_of(path, assist=assist, workers=workers))
    tracker.load(path)
    return tracker


def settings_of(path: Path, **chosen: Any) -> MujocoSettings:
    """Return the settings a checkpoint fits, the others as chosen or by default.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker.
        ConfigError: A chosen setting is unknown or out of range.
    """
    known = {field.name for field in fields(MujocoSettings)}
    shape = {name: value for name, value in saved_shape(path).items() if name in known}
    try:
        from_json(MujocoSettings, shape)
    except ConfigError as error:
        raise CheckpointError(
            f"{path}: was saved for {shape}, which this version cannot make: {error}"
        ) from None
    settings: MujocoSettings = from_json(MujocoSettings, {**shape, **chosen})
    return settings


def saved_shape(path: Path) -> dict[str, Any]:
    """Return what a checkpoint's networks fit, such as its body and hidden layers.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker.
    """
    shape: dict[str, Any] = _about(path)["shape"]
    return shape


def saved_training(path: Path) -> dict[str, Any]:
    """Return what a checkpoint says of its training: seed, stages and samples.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker.
    """
    numbers = _about(path)["numbers"]
    return {name: numbers.get(name) for name in ("seed", "stages", "samples")}


def _about(path: Path) -> dict[str, Any]:
    """Return what a checkpoint says of itself, `shape` and `numbers` being mappings."""
    if not path.is_file():
        raise CheckpointError(f"{path}: there is no such file. Check the path.")
    try:
        about = json.loads(str(read_npz(path)["about"]))
        is_ours = str(about["format"]).startswith(_FAMILY)
        is_ours = is_ours and all(isinstance(about[key], dict) for key in ("shape", "numbers"))
    except (MotionError, KeyError, TypeError, ValueError):
        is_ours, about = False, {}
    if not is_ours:
        raise CheckpointError(
            f"{path}: this is no checkpoint of the mujoco tracker ('{_FAMILY}'), or a damaged one. "
            "A run keeps them as rounds/NNN/tracker.ckpt."
        )
    found: dict[str, Any] = about
    return found


def shipped_checkpoint(body: str) -> Path:
    """Return the base checkpoint that comes with the package for a body.

    Raises:
        CheckpointError: There is none.
    """
    path = FOLDER / f"{body}.npz"
    if not path.is_file():
        there = ", ".join(sorted(file.stem for file in FOLDER.glob("*.npz"))) or "none"
        raise CheckpointError(
            f"No base checkpoint ships for the body '{body}' (there: {there}). Name a checkpoint "
            "file, or a run's folder."
        )
    return path
