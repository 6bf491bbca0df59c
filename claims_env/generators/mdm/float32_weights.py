"""A model's weights as they are computed with: single precision, finite, in memory of their own."""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from claims_env.errors import CheckpointError


def float32_weights(tensors: Mapping[str, Tensor], path: Path) -> dict[str, Tensor]:
    """Return copies as float32, contiguous, that do not change with the file.

    Raises:
        CheckpointError: A tensor holds NaN or infinite numbers; it is named.
    """
    copies = {
        name: tensor.detach().to(torch.float32, copy=True).contiguous()
        for name, tensor in tensors.items()
    }
    for name, tensor in copies.items():
        if not bool(torch.isfinite(tensor).all()):
            raise CheckpointError(
                f"{path}: '{name}' holds NaN or infinite numbers: the training had broken down, or "
                "the file is damaged. Take an earlier checkpoint, or copy this one anew."
            )
    return copies
