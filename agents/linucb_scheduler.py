"""LinUCB over phrases and tiers: each set takes the most promising of some prompts of its domain.

Li et al. (2010, arXiv 1003.0146, Alg. 2): a linear model of what a prompt's clip gains from
training, and a bonus for what is little known. A phrase is a feature of its domain; the tiers of
the slots are shared by all, so that what is learnt of hard words in one counts in the others.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from claims_env.agents.hybrid_ridge import HybridRidge, fit_hybrid
from claims_env.agents.set_table import History, SetTable, kept_domains
from claims_env.agents.tier_arms import gains, tier_arms
from claims_env.agents.word_choices import Indices, word_choices
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import TIERS, VariableLibrary
from claims_env.word_grid import Floats


class LinUcbScheduler:
    """Keeps each set's domain and chooses its words; it is told of success, before and after.

    Args:
        library: The words.
        alpha: How many standard deviations the bonus is; Li et al. tune it, 0.5 is ours.
        candidates: How many prompts are drawn for a set, which takes the best; ours. Few keep the
            sets of a round, which share one model, from all being the same.
        ridge: The penalty on weights, Li et al.'s 1.
    """

    name = "linucb"

    def __init__(
        self,
        library: VariableLibrary,
        *,
        alpha: float = 0.5,
        candidates: int = 8,
        ridge: float = 1.0,
    ) -> None:
        self._words = word_choices(library)
        self._arms, self._history = tier_arms(self._words), History(self._words)
        self._alpha, self._candidates, self._ridge = alpha, candidates, ridge
        # each slot has a stretch of features, its phrases and one for being unsaid
        self._starts = np.concatenate([[0], np.cumsum(self._words.grid.phrases.max(axis=0) + 1)])

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        model = self.fitted(tables)
        domain = kept_domains(tables[-1], len(self._words.domains))
        rows = self._words.draw_any(np.repeat(domain, self._candidates), rng)
        features = self.features(rows)
        hope = model.value(*features) + self._alpha * model.width(*features)
        best = np.argmax(hope.reshape(len(domain), -1), axis=1)
        chosen: Action = rows[np.arange(len(domain)) * self._candidates + best].ravel()
        return chosen

    def fitted(self, tables: Sequence[SetTable]) -> HybridRidge:
        """Return the model of all that was gained so far."""
        rows = np.concatenate([table.rows for table in tables])
        reward = np.concatenate(gains(self._arms, tables))
        heard = ~np.isnan(reward) & (rows[:, 1] >= 0)
        shape = (len(self._words.domains), int(self._starts[-1]))
        return fit_hybrid(
            *self.features(rows[heard]), reward[heard], shape=shape, ridge=self._ridge
        )

    def features(self, rows: Indices) -> tuple[Indices, Indices, Floats]:
        """Return domains, active phrase features and shared ones (tiers and 1) of prompts."""
        tiers = self._words.tiers_of(rows)
        unsaid = self._starts[1:] - 1
        active = np.where(tiers > 0, self._starts[:-1] + rows[:, 2:], unsaid)
        middle = (TIERS[0] + TIERS[-1]) / 2
        level = np.where(tiers > 0, (tiers - middle) / (TIERS[-1] - middle), 0.0)
        return rows[:, 0], active, np.column_stack([np.ones(len(rows)), level])
