"""The paper's random-prompt baseline (App. C.3): generic sentences, nothing observed."""

from collections.abc import Sequence
from typing import Any

from claims_env.agents.random_prompts import random_prompts
from claims_env.scheduler import Observation
from claims_env.variable_library import VariableLibrary


class GenericScheduler:
    """Writes sentences of a small grammar, round 0 included, and never the same one twice.

    Args:
        library: Not used: that is the point.
    """

    name = "generic"

    def __init__(self, library: VariableLibrary) -> None:
        del library

    def opening(self, sets: int, seed: int) -> Sequence[str]:
        """See `Opens`."""
        return random_prompts(sets, seed)

    def write(self, observation: Observation, info: dict[str, Any]) -> Sequence[str]:
        """See `Writes`."""
        played = info["rounds"]
        told = {s.prompt.text for r in played for s in r.sets}
        return random_prompts(len(played[-1].sets), info["decision_seed"], but=told)
