"""Edits of the prompts that promised most: the curriculum grows from what it has, slot by slot.

After ACCEL (Parker-Holder et al. 2022, arXiv 2203.01302): levels of high regret are edited, and the
edits compete for a place in the buffer of prioritized level replay. Here every edit is trained on
as well, for want of a round that only scores, and prompts are ranked by learnability, p(1 - p).
"""

from typing import Any

import numpy as np

from claims_env.agents.level_replay import LevelReplay, ReplaySettings
from claims_env.agents.prompt_buffer import PromptBuffer
from claims_env.agents.prompt_edits import edited
from claims_env.agents.word_choices import Indices
from claims_env.errors import ConfigError
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary


class AccelScheduler:
    """Keeps each set's domain; replays a prompt or edits one; it is told of success alone.

    Args:
        library: The words.
        replay: The share of sets that replay unedited, 0 to 1; ours.
        edits: How many slots an edit changes at most, 1 to 4; two, as small as the authors'.
        score: What prompts are ranked by, one of `SCORES`.
        parents: The share of each domain's prompts, the highest by score, that are edited; ours.

    Raises:
        UnknownName: There is no such score.
        ConfigError: A setting is out of range.
    """

    name = "accel"

    def __init__(
        self,
        library: VariableLibrary,
        *,
        replay: float = 0.2,
        edits: int = 2,
        score: str = "learnability",
        parents: float = 0.25,
    ) -> None:
        if not 1 <= edits <= 4:
            raise ConfigError(f"edits is {edits}. Expected 1 to 4: a prompt has four slots.")
        if not 0 < parents <= 1:
            raise ConfigError(f"parents is {parents}. Expected a share above 0, at most 1.")
        self._replay = LevelReplay(library, ReplaySettings(replay, score))
        self._edits, self._parents = edits, parents

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        return self._replay.decide(info, self._bred)

    def _bred(self, buffer: PromptBuffer, domain: Indices, rng: np.random.Generator) -> Indices:
        words = self._replay.words
        rows = words.draw_any(domain, rng)
        for one in np.unique(domain):
            pool, places = np.flatnonzero(buffer.domain == one), np.flatnonzero(domain == one)
            if len(pool):
                best = np.argsort(buffer.at(pool).ranks(rng))
                best = pool[best[: int(np.ceil(self._parents * len(pool)))]]
                parent = best[rng.integers(len(best), size=len(places))]
                rows[places] = edited(words, buffer.rows[parent], self._edits, rng)
        return rows
