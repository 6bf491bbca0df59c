"""The paper's arm without any observation: every set is edited, nothing is looked at."""

from typing import Any

import numpy as np

from claims_env.prompt import SLOTS
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary


class EditScheduler:
    """Draws new phrases for every slot of every set, keeping its domain (Tab. 3, w/o both)."""

    name = "edit"

    def __init__(self, library: VariableLibrary) -> None:
        self._library = library

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        sets = info["rounds"][-1].sets
        return self._library.encode([self._library.mutate(s.prompt, SLOTS, rng) for s in sets])
