"""The state of a training: what it needs to go on from where it stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Where a training stands.

    Attributes:
        step: How many steps are done.
        weights: The network's, by their published names.
        average: Their running average.
        optimiser: AdamW's own state.
    """

    step: int
    weights: Mapping[str, Tensor]
    average: Mapping[str, Tensor]
    optimiser: Mapping[str, Any]
