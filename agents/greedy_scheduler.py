"""Two controls that look at nothing: always the hardest words there are, always the easiest.

A benchmark in which either of them wins has not measured a curriculum.
"""

from typing import Any

import numpy as np

from claims_env.scheduler import Action, Observation
from claims_env.variable_library import TIERS, VariableLibrary


class HardestScheduler:
    """Draws every phrase of every set from the top tier of its domain."""

    name = "greedy-hardest"

    def __init__(self, library: VariableLibrary) -> None:
        self._library = library

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        return _all_at(TIERS[-1], self._library, info)


class EasiestScheduler:
    """Draws every phrase of every set from the bottom tier of its domain."""

    name = "greedy-easiest"

    def __init__(self, library: VariableLibrary) -> None:
        self._library = library

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        return _all_at(TIERS[0], self._library, info)


def _all_at(tier: int, library: VariableLibrary, info: dict[str, Any]) -> Action:
    rng = np.random.default_rng(info["decision_seed"])
    domains = [s.prompt.domain for s in info["rounds"][-1].sets]
    return library.encode([library.sample(rng, domain=d, tier=tier) for d in domains])
