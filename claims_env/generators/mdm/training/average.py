"""The running average of the weights, which is what a trained model is sampled from."""

from collections.abc import Mapping

import torch
from torch import Tensor


@torch.no_grad()
def follow(average: Mapping[str, Tensor], weights: Mapping[str, Tensor], kept: float) -> None:
    """Move the average towards the weights, in place: kept x average + (1 - kept) x weights."""
    for name, tensor in average.items():
        tensor.lerp_(weights[name], 1 - kept)
