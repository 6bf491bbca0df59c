"""Climbs a tier in a domain when the tracker masters it, and steps down when it is lost."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from claims_env.prompt import Prompt
from claims_env.rounds import PromptSet
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import TIERS, VariableLibrary


class LadderScheduler:
    """Keeps each domain on one tier and moves it by the success of the last round.

    Args:
        library: The words.
        climb: Success in a domain from which on it goes one tier up, 0 to 1.
        descend: Success below which it goes one tier down.
    """

    name = "ladder"

    def __init__(
        self, library: VariableLibrary, *, climb: float = 0.7, descend: float = 0.3
    ) -> None:
        self._library, self._climb, self._descend = library, climb, descend

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        sets = info["rounds"][-1].sets
        domains = dict.fromkeys(s.prompt.domain for s in sets)
        tiers = {domain: self._next_tier(sets, domain) for domain in domains}
        return self._library.encode([self._draw(rng, s.prompt.domain, tiers) for s in sets])

    def _draw(self, rng: np.random.Generator, domain: str, tiers: dict[str, int]) -> Prompt:
        return self._library.sample(rng, domain=domain, tier=tiers[domain])

    def _next_tier(self, sets: Sequence[PromptSet], domain: str) -> int:
        mine = [s for s in sets if s.prompt.domain == domain]
        tier = round(sum(s.prompt.tier for s in mine) / len(mine))
        tracked = [s.metrics.success for s in mine if s.metrics is not None]
        if tracked:
            success = sum(tracked) / len(tracked)
            tier += int(success >= self._climb) - int(success < self._descend)
        return min(max(tier, TIERS[0]), TIERS[-1])
