"""Raises every phrase's tier by plan, round after round, and looks at nothing.

The baseline that tells whether feedback matters: whoever sees metrics and ratings should beat it.
"""

from typing import Any

import numpy as np

from claims_env.scheduler import Action, Observation
from claims_env.variable_library import TIERS, VariableLibrary


class RampScheduler:
    """Draws each set anew in its domain, at the tier that the calendar asks for.

    Args:
        library: The words.
        first: The tier of round 1.
        per_round: How many tiers each later round adds; parts of a tier fall to as many sets.
    """

    name = "ramp"

    def __init__(
        self, library: VariableLibrary, *, first: float = 1.0, per_round: float = 0.8
    ) -> None:
        # 1 to 5 over the paper's rounds 1 to 6
        self._library, self._first, self._per_round = library, first, per_round

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        rounds = info["rounds"]
        due = min(self._first + self._per_round * (len(rounds) - 1), float(TIERS[-1]))
        prompts = [
            self._library.sample(rng, domain=s.prompt.domain, tier=_rounded(due, rng))
            for s in rounds[-1].sets
        ]
        return self._library.encode(prompts)


def _rounded(tier: float, rng: np.random.Generator) -> int:
    """Return one of the two whole tiers around it, so that it is met on average."""
    return int(tier) + int(rng.random() < tier - int(tier))
