"""Where the noise of a diffusion comes from."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import torch
from torch import Generator, Tensor


class Noise(Protocol):
    """Draws a batch's noise: `start` once, then `at` once for every step, the last one first."""

    def start(self, frames: int, features: int) -> Tensor:
        """Return what the diffusion starts from, shape (batch, frames, features)."""
        ...

    def at(self, step: int) -> Tensor:
        """Return what the step back from `step` adds, of the same shape; step 0 adds none."""
        ...


class ClipNoise:
    """Noise of which every clip has its own, from its own seed: see `Noise`.

    Drawn on the CPU whatever the device, so that a seed means the same noise everywhere.

    Args:
        seeds: One per clip, not negative.
    """

    def __init__(self, seeds: Sequence[int]) -> None:
        self._generators = [Generator().manual_seed(_folded(seed)) for seed in seeds]
        self._shape = (0, 0)

    def start(self, frames: int, features: int) -> Tensor:
        """See `Noise`."""
        self._shape = (frames, features)
        return self._drawn()

    def at(self, step: int) -> Tensor:
        """See `Noise`."""
        return self._drawn()

    def _drawn(self) -> Tensor:
        return torch.stack([torch.randn(self._shape, generator=g) for g in self._generators])


class OfficialNoise:
    """Noise as the original program draws it, for repeating its results: see `Noise`.

    One generator serves the whole batch, and the batches after it, so a clip depends on everything
    that was drawn before. The order of the numbers follows the memory layout the original's tensors
    happen to have: features before frames at first, frames outermost from the second step on.

    Equal numbers need the same batches, and a generator on the same device in the same state. The
    original seeds its process (with 10) before it builds its network, whose initial weights are
    drawn on the CPU: on a GPU the first batch finds a fresh generator, on a CPU one that this has
    moved on. Its `sample/generate.py` draws batches of as many clips as are asked for; the official
    release of CLAIMS asks for one prompt at a time.

    Args:
        generator: Where the numbers come from.
        batch: How many clips.
    """

    def __init__(self, generator: Generator, batch: int) -> None:
        self._generator, self._batch = generator, batch
        self._frames, self._features, self._drawn = 0, 0, 0

    def start(self, frames: int, features: int) -> Tensor:
        """See `Noise`."""
        self._frames, self._features, self._drawn = frames, features, 0
        return self._features_first()

    def at(self, step: int) -> Tensor:
        """See `Noise`."""
        self._drawn += 1
        return self._features_first() if self._drawn == 1 else self._frames_outermost()

    def _features_first(self) -> Tensor:
        shape = (self._batch, self._features, 1, self._frames)
        drawn = torch.empty(shape, device=self._generator.device)
        return drawn.normal_(generator=self._generator)[:, :, 0].transpose(1, 2)

    def _frames_outermost(self) -> Tensor:
        shape = (self._frames, self._batch, self._features)
        drawn = torch.empty(shape, device=self._generator.device)
        # filled through a view of another order, torch takes its other way of drawing normals
        view = drawn.permute(1, 2, 0)[:, :, None]
        return view.normal_(generator=self._generator)[:, :, 0].transpose(1, 2)


def _folded(seed: int) -> int:
    """Return 32 bits that depend on the whole seed: torch's CPU generator looks at no others."""
    return int(np.random.SeedSequence(seed).generate_state(1)[0])
