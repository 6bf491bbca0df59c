"""What is kept of a gradient step that was not finite, so that it can be taken again and looked at.

A plain npz: the parameters, the scaled observations and everything else the loss was computed from.
"""

import json
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import torch

from claims_env.errors import CheckpointError
from claims_env.rotation import Floats
from claims_env.trackers.mujoco.experience import Experience
from claims_env.trackers.mujoco.policy import Policy
from claims_env.trackers.mujoco.settings import MujocoSettings

_TROUBLE = (OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError)

FORMAT = "claims_env mujoco dump 1"

BATCH = ("observation", "action", "log_probability", "advantage", "target", "taught")
"""What the loss is computed from; fields of `Experience`."""


WHERE = f"{tempfile.gettempdir()}/claims-env-*/not-finite.npz"
"""What every dump's path looks like."""


def write_dump(
    policy: Policy, experience: Experience, rows: torch.Tensor, how: dict[str, float]
) -> Path:
    """Write a gradient step into a new file in the system's temporary folder; return its path."""
    arrays = {name: getattr(experience, name)[rows].float().numpy() for name in BATCH}
    about = {
        "format": FORMAT,
        "how": how,
        "hidden": list(policy.hidden),
        "hidden_type": str(policy.hidden_type).removeprefix("torch."),
    }
    arrays["parameters"] = policy.parameters.numpy()
    folder = Path(tempfile.mkdtemp(prefix="claims-env-"))
    path = folder / "not-finite.npz"
    np.savez_compressed(path, about=np.array(json.dumps(about)), **arrays)
    return path


def read_dump(path: Path) -> tuple[Policy, dict[str, torch.Tensor], dict[str, float]]:
    """Return the policy, the batch, and the other numbers of the loss of a dump.

    Raises:
        CheckpointError: It is missing, damaged or something else.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays: dict[str, Any] = {key: archive[key] for key in archive.files}
        about = json.loads(str(arrays["about"]))
        batch = {name: torch.from_numpy(arrays[name]) for name in BATCH}
        if about["format"] != FORMAT:
            raise ValueError(about["format"])
        settings = MujocoSettings(
            hidden=tuple(about["hidden"]), precision=about["hidden_type"], workers=1
        )
        policy = Policy(batch["observation"].shape[1], batch["action"].shape[1], settings, 0)
        policy.parameters.copy_(torch.from_numpy(arrays["parameters"]))
    except (*_TROUBLE, zipfile.BadZipFile, zlib.error) as error:
        raise CheckpointError(f"{path}: it is no readable dump ('{FORMAT}'): {error}.") from None
    batch["observation"] = batch["observation"].to(policy.hidden_type)
    return policy, batch, about["how"]


def not_finite(numbers: dict[str, Floats]) -> dict[str, int]:
    """Return how many entries of each array are not finite, where there are any."""
    counts = {name: int((~np.isfinite(array)).sum()) for name, array in numbers.items()}
    return {name: count for name, count in counts.items() if count}
