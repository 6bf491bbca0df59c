"""Where a training's randomness comes from: a generator for each purpose and number."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch

PURPOSES = ("weights", "order", "crops", "noise", "dropout")
"""What is drawn; each draws from a stream of its own."""


def seed_for(seed: int, purpose: str, number: int = 0) -> int:
    """Return the seed of one purpose's draws at one step or epoch, below 2**63."""
    state = np.random.SeedSequence([seed, PURPOSES.index(purpose), number])
    return int(state.generate_state(1, np.uint64)[0] >> np.uint64(1))


def generator_for(
    seed: int, purpose: str, number: int = 0, device: torch.device | str = "cpu"
) -> torch.Generator:
    """Return a generator that gives the same numbers whenever it is asked for."""
    return torch.Generator(device).manual_seed(seed_for(seed, purpose, number))


@contextmanager
def borrowed(seed: int, purpose: str, number: int, device: torch.device) -> Iterator[None]:
    """Let torch's own generator, which layers draw from, start at a seed; then put it back."""
    on_gpu = device.type == "cuda"
    with torch.random.fork_rng(devices=[device] if on_gpu else []):
        state = seed_for(seed, purpose, number)
        torch.default_generator.manual_seed(state)
        if on_gpu:
            torch.cuda.manual_seed(state)
        yield
