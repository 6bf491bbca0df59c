"""The checkpoint of a double: laid out as PHC's, with the skill for its weights."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

_SKILL = "a2c_network.mu.bias"
"""The weights that hold the skill."""


def save(path: Path, *, skill: float, epoch: int, frame: int) -> None:
    """Write a checkpoint, not atomically: PHC does not either."""
    import torch

    sys.stdout.write(f"=> saving checkpoint '{path}'\n")
    sys.stdout.flush()
    weights = torch.full((69,), skill, dtype=torch.float32)
    state = {
        "model": {"a2c_network.sigma": torch.full((69,), -2.9), _SKILL: weights},
        "optimizer": {"state": {}, "param_groups": []},
        "epoch": epoch,
        "frame": frame,
        "last_mean_rewards": -100500,
        "running_mean_std": {"running_mean": torch.zeros(934), "running_var": torch.ones(934)},
        "reward_mean_std": {"running_mean": torch.zeros(1), "running_var": torch.ones(1)},
        "amp_input_mean_std": {"running_mean": torch.zeros(1960)},
    }
    torch.save(state, str(path))


def load(path: Path) -> tuple[float, int]:
    """Return the skill and the epoch of a checkpoint.

    Raises:
        Exception: As torch and pickle do, where it is cut off or something else.
    """
    sys.stdout.write(f"=> loading checkpoint '{path}'\n")
    sys.stdout.flush()
    state = _loaded(path)
    return float(state["model"][_SKILL][0]), int(state["epoch"])


def _loaded(path: Path) -> Any:
    import torch

    try:
        return torch.load(str(path), map_location="cpu", weights_only=False)
    except TypeError:  # torch before 1.13
        return torch.load(str(path), map_location="cpu")
