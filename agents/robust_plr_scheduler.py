"""Robust prioritized level replay, as far as it goes where every prompt shown is trained on.

Jiang et al. (2021, NeurIPS, arXiv 2110.02439) train the student on replayed levels alone; new ones
are played without learning, to be scored. A curriculum over a tracker has no such round: it trains
on whatever is shown. So their guarantee, a minimax-regret policy at equilibrium, does not hold
here. What is kept: all but a small share of the sets replay, and prompts are ranked by an estimate
of regret, how far each fell short of the best its like has shown, in place of any change at all.
"""

from typing import Any

import numpy as np

from claims_env.agents.level_replay import LevelReplay, ReplaySettings
from claims_env.agents.prompt_buffer import PromptBuffer
from claims_env.agents.word_choices import Indices
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary


class RobustPlrScheduler:
    """Keeps each set's domain and mostly replays its prompts; it is told of success alone.

    Args:
        library: The words.
        explore: The share of sets that are new, 0 to 1; ours.
        temperature: Of the ranks (see `ReplaySettings`).
        staleness: The share of the chance that goes by age; the authors' 0.3 for mazes.

    Raises:
        ConfigError: A setting is out of range.
    """

    name = "robust-plr"

    def __init__(
        self,
        library: VariableLibrary,
        *,
        explore: float = 0.1,
        temperature: float = 0.1,
        staleness: float = 0.3,
    ) -> None:
        settings = ReplaySettings(1 - explore, "shortfall", temperature, staleness)
        self._replay = LevelReplay(library, settings)

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        return self._replay.decide(info, self._new)

    def _new(self, buffer: PromptBuffer, domain: Indices, rng: np.random.Generator) -> Indices:
        return self._replay.words.draw_any(domain, rng)
