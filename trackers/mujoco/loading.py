"""Makes the tracker a checkpoint was saved by: the file itself says which body and which layers."""

from dataclasses import fields
from pathlib import Path
from typing import Any

from claims_env.errors import CheckpointError, ConfigError
from claims_env.records import from_json
from claims_env.trackers.mujoco.checkpoint import read_about
from claims_env.trackers.mujoco.settings import MujocoSettings
from claims_env.trackers.mujoco.starting_checkpoint import FOLDER
from claims_env.trackers.mujoco.supplied_name import PREFIX, supplied_name
from claims_env.trackers.mujoco.tracker import MujocoTracker


def tracker_of(
    path: Path, *, body: str | None = None, assist: float = 0.0, workers: int = 0
) -> MujocoTracker:
    """Return a tracker that knows what a checkpoint holds.

    Args:
        path: The checkpoint.
        body: The MJCF file it was trained with, where it was one; any other body it says itself.
        assist: Help at the root while it performs, as a fraction of body weight.
        workers: Threads it may perform with; 0 takes every core there is.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker, version or body.
        ConfigError: The assist or the workers are out of range, or the body cannot be read.
        MissingDependency: mujoco or torch is not installed.
    """
    tracker = MujocoTracker(settings_of(path, body=body, assist=assist, workers=workers))
    tracker.load(path)
    return tracker


def settings_of(path: Path, *, body: str | None = None, **chosen: Any) -> MujocoSettings:
    """Return the settings a checkpoint fits, the others as chosen or by default.

    Args:
        path: The checkpoint.
        body: The MJCF file it was trained with, where it was one.
        chosen: Other settings.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker, version or body.
        ConfigError: A chosen setting is unknown or out of range, or the body cannot be read.
    """
    known = {field.name for field in fields(MujocoSettings)}
    shape = {name: value for name, value in saved_shape(path).items() if name in known}
    shape["body"] = _body(path, str(shape.get("body")), body)
    try:
        from_json(MujocoSettings, shape)
    except ConfigError as error:
        raise CheckpointError(
            f"{path}: was saved for {shape}, which this version cannot make: {error}"
        ) from None
    settings: MujocoSettings = from_json(MujocoSettings, {**shape, **chosen})
    return settings


def _body(path: Path, saved: str, given: str | None) -> str:
    """Return the body to make: as saved, or the file whose contents are those it was saved for."""
    if not saved.startswith(PREFIX):
        if given not in (None, saved):
            raise CheckpointError(
                f"{path}: its body is '{saved}', not '{given}'. Leave --body out."
            )
        return saved
    made_for = f"{path}: was trained with the MJCF file of content hash {saved[len(PREFIX) :]}"
    cure = "Name that file: --body FILE.xml."
    if given is None:
        raise CheckpointError(f"{made_for}, which it does not hold. {cure}")
    if not given.endswith(".xml"):
        raise CheckpointError(f"{made_for}, not with '{given}'. {cure}")
    if supplied_name(Path(given)) != saved:
        other = supplied_name(Path(given))[len(PREFIX) :]
        raise CheckpointError(f"{made_for}; '{given}' has {other}. {cure}")
    return given


def saved_shape(path: Path) -> dict[str, Any]:
    """Return what a checkpoint's networks fit, such as its body and hidden layers.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker or version.
    """
    shape: dict[str, Any] = read_about(path)["shape"]
    return shape


def saved_training(path: Path) -> dict[str, Any]:
    """Return what a checkpoint says of its training: seed, stages and samples.

    Raises:
        CheckpointError: The file is missing, damaged, or of another tracker or version.
    """
    numbers = read_about(path)["numbers"]
    return {name: numbers.get(name) for name in ("seed", "stages", "samples")}


def shipped_checkpoint(body: str) -> Path:
    """Return the base checkpoint that comes with the package for a body.

    Raises:
        CheckpointError: There is none.
    """
    there = {file.stem: file for file in sorted(FOLDER.glob("*.npz"))}
    if body not in there:
        known = ", ".join(there) or "none"
        raise CheckpointError(
            f"No base checkpoint ships for the body '{body}' (there: {known}). "
            "Name a checkpoint file, or a run's folder."
        )
    return there[body]
