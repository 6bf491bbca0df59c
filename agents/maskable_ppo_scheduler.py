"""Masked PPO: a trained scheduler that may move a domain by so many tiers a round and no more.

Huang and Ontañón (2022, arXiv 2006.14171) give choices that are masked no chance, in training as in
play; the rest is as in `ppo_scheduler`. Masked are tiers out of reach (`claims_env.tier_mask`), and
those for which a domain has no words of its own.
"""

from pathlib import Path
from typing import Any

from claims_env.agents.learned.tier_player import TierPlayer
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary


class MaskablePpoScheduler:
    """Keeps each set's domain and gives the domain a tier; it is told of success alone.

    Args:
        library: The words.
        policy: The file of a trained policy; None takes the one that ships.

    Raises:
        CheckpointError: The file cannot be read, or is damaged.
        ConfigError: It holds a policy of another scheduler.
    """

    def __init__(self, library: VariableLibrary, *, policy: str | Path | None = None) -> None:
        self._player = TierPlayer(library, "maskable-ppo", policy)
        self.name = self._player.name

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        return self._player.decide(info)
