"""The scheduler that ignores everything it sees."""

from typing import Any

import numpy as np

from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary


class RandomScheduler:
    """Draws every prompt uniformly from the whole library."""

    name = "random"

    def __init__(self, library: VariableLibrary) -> None:
        self._library = library

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        return self._library.encode([self._library.sample(rng) for _ in info["rounds"][-1].sets])
