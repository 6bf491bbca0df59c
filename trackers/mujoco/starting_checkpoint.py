"""The base checkpoint: what the tracker can do before a run teaches it anything.

`checkpoints/BODY.npz` is an ordinary checkpoint without the optimiser's memory, and
`checkpoints/BODY.json` the record of its training. Both come with the package, under its licence.
"""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.errors import CheckpointError
from claims_env.trackers.mujoco.checkpoint import load_checkpoint, save_checkpoint
from claims_env.trackers.mujoco.settings import MujocoSettings
from claims_env.trackers.mujoco.state import LearnerState

FOLDER = Path(__file__).parent / "checkpoints"

SHIPPED, NONE = "shipped", "none"


def base_path(settings: MujocoSettings) -> Path | None:
    """Return the checkpoint new trackers start from, or None to start from nothing.

    Raises:
        CheckpointError: A file is named that is not there.
    """
    if settings.base == NONE:
        return None
    if settings.base != SHIPPED:
        path = Path(settings.base).expanduser()
        if not path.is_file():
            raise CheckpointError(
                f"base: there is no file {path}. Name a checkpoint, '{SHIPPED}' or '{NONE}'."
            )
        return path
    path = FOLDER / f"{settings.body}.npz"
    # a body of the user's own is a path, which would lead out of the folder
    return path if path.parent == FOLDER and path.is_file() else None


def based(
    fresh: LearnerState, shape: dict[str, Any], settings: MujocoSettings
) -> tuple[LearnerState, str]:
    """Return the state a tracker starts from, and what to call it in records: 'none' or name, hash.

    Args:
        fresh: A state that knows nothing yet, with the run's seed.
        shape: What the networks at hand fit.
        settings: They name the base.

    Raises:
        CheckpointError: A file of the user's own is damaged or does not fit.
    """
    path = base_path(settings)
    if path is None:
        return fresh, NONE
    try:
        base = load_checkpoint(path, shape, fresh)
    except CheckpointError:
        # other layer sizes than the shipped file's are the user's good right; another file is not
        if settings.base == SHIPPED:
            return fresh, NONE
        raise
    digest = sha256(path.read_bytes()).hexdigest()[:12]
    rate = settings.learning_rate or base.learning_rate
    state = replace(base, seed=fresh.seed, learning_rate=rate, stages=0, samples=0, practice={})
    return state, f"{path.name} {digest}"


def save_base(state: LearnerState, shape: dict[str, Any], path: Path) -> None:
    """Write a state as a base: small, without the optimiser's memory and the clips' names."""
    rounded = state.parameters.astype(np.float16).astype(np.float32)
    nothing = np.zeros_like(state.parameters)
    state = replace(
        state, parameters=rounded, first_moment=nothing, second_moment=nothing, steps=0, practice={}
    )
    save_checkpoint(state, shape, path)
