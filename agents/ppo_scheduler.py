"""A scheduler trained by proximal policy optimisation on simulated worlds.

Schulman et al. (2017, arXiv 1707.06347), as stable-baselines3 has it; how it was trained is in the
policy's file. What it learned of simulated students need not hold of others: see the table of
worlds trained on and tested on in docs/schedulers.md.
"""

from pathlib import Path
from typing import Any

from claims_env.agents.learned.tier_player import TierPlayer
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary


class PpoScheduler:
    """Keeps each set's domain and gives the domain a tier; it is told of success alone.

    Args:
        library: The words.
        policy: The file of a trained policy; None takes the one that ships.

    Raises:
        CheckpointError: The file cannot be read, or is damaged.
        ConfigError: It holds a policy of another scheduler.
    """

    def __init__(self, library: VariableLibrary, *, policy: str | Path | None = None) -> None:
        self._player = TierPlayer(library, "ppo", policy)
        self.name = self._player.name

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        return self._player.decide(info)
