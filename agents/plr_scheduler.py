"""Prioritized level replay: prompts that promised most are played again, the rest are new.

Jiang et al. (2021, ICML, arXiv 2010.03934). Their score, the error of the student's value function,
a black-box tracker does not show; `replay_scores` holds what stands in for it.
"""

from typing import Any

import numpy as np

from claims_env.agents.level_replay import LevelReplay, ReplaySettings
from claims_env.agents.prompt_buffer import PromptBuffer
from claims_env.agents.word_choices import Indices
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary


class PlrScheduler:
    """Keeps each set's domain and replays or draws its prompt; told of success, before and after.

    Args:
        library: The words.
        replay: The share of sets that replay; the authors' 0.5 in mazes.
        score: What prompts are ranked by, one of `SCORES`.
        temperature: Of the ranks (see `ReplaySettings`).
        staleness: The share of the chance that goes by age.

    Raises:
        UnknownName: There is no such score.
        ConfigError: A setting is out of range.
    """

    name = "plr"

    def __init__(
        self,
        library: VariableLibrary,
        *,
        replay: float = 0.5,
        score: str = "change",
        temperature: float = 0.1,
        staleness: float = 0.1,
    ) -> None:
        self._replay = LevelReplay(library, ReplaySettings(replay, score, temperature, staleness))

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        return self._replay.decide(info, self._new)

    def _new(self, buffer: PromptBuffer, domain: Indices, rng: np.random.Generator) -> Indices:
        return self._replay.words.draw_any(domain, rng)
