"""A cell of the benchmark: one scheduler with one tracker under one seed."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What one episode of the benchmark is called.

    Attributes:
        tracker: The tracker or simulated world, as asked for.
        scheduler: The scheduler, as asked for.
        index: Which of the plan's seeds, from 0.
    """

    tracker: str
    scheduler: str
    index: int

    def __str__(self) -> str:
        """Return it as shown to people."""
        return f"{self.scheduler} on {self.tracker}, seed {self.index}"


def cell_seed(base: int, index: int) -> int:
    """Return the seed of an episode, 0 to 2^31 - 1.

    It follows from the base seed and the index alone. So every scheduler meets the same instances
    of a world and the same opening, and differences between schedulers are paired.

    Args:
        base: The plan's seed, 0 or more.
        index: Which of its seeds, from 0.
    """
    return int(np.random.SeedSequence([base, index]).generate_state(1)[0]) >> 1
