"""Thompson sampling on learnability: each set tries what a draw from the posterior finds half won.

Thompson (1933, Biometrika 25) draws each arm's value from what is believed of it and plays the
best; Chapelle and Li (2011, NeurIPS) made it the standard it is. The value here is p(1 - p), the
learnability of Rutherford et al. (2024, NeurIPS), which is largest where the tracker wins half the
time. The tracker changes, so old counts fade (discounted Thompson sampling, Raj and Kalyani 2017).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from claims_env.agents.set_table import History, SetTable, kept_domains
from claims_env.agents.tier_arms import TierArms, tier_arms
from claims_env.agents.word_choices import Indices, word_choices
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Floats


class ThompsonScheduler:
    """Chooses each set's tier in its domain by a draw of its own; it is told of success alone.

    Args:
        library: The words.
        prior: Wins, and losses, that every arm starts with; 1 is the uniform Beta.
        fade: What a round leaves of the counts before it, 0 to 1; a half is ours: seven rounds are
            few, and success changes by a tenth or so in each.
    """

    name = "thompson"

    def __init__(self, library: VariableLibrary, *, prior: float = 1.0, fade: float = 0.5) -> None:
        self._arms = tier_arms(word_choices(library))
        self._history = History(self._arms.words)
        self._prior, self._fade = prior, fade

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        wins, losses = posterior(self._arms, tables, prior=self._prior, fade=self._fade)
        domain = kept_domains(tables[-1], len(self._arms.words.domains))
        chosen = _most_learnable(self._arms, domain, wins, losses, rng)
        return self._arms.draw(chosen, rng).ravel()


def posterior(
    arms: TierArms, tables: Sequence[SetTable], *, prior: float, fade: float
) -> tuple[Floats, Floats]:
    """Return the two parameters of each arm's Beta, each of shape (arms,)."""
    wins, losses = np.zeros(len(arms)), np.zeros(len(arms))
    for table in tables:
        plays, won = arms.tally(table)
        wins, losses = fade * wins + won, fade * losses + plays - won
    return wins + prior, losses + prior


def _most_learnable(
    arms: TierArms, domain: Indices, wins: Floats, losses: Floats, rng: np.random.Generator
) -> Indices:
    p = rng.beta(wins, losses, size=(len(domain), len(arms)))
    worth = np.where(domain[:, None] == arms.domain, p * (1 - p), -1.0)
    chosen: Indices = np.argmax(worth, axis=1)
    return chosen
