"""Sampling for learnability: of many prompts drawn, those that would be tracked half the time.

Rutherford et al. (2024, NeurIPS, openreview iEeiZlTbts): many levels are drawn, p is measured by
playing each, and the student trains on those of the largest p(1 - p) and on some drawn at random.
A try costs as much as training here, so p is estimated by a small model of all tries so far.
"""

from typing import Any

import numpy as np

from claims_env.agents.replay_scores import FADE
from claims_env.agents.set_table import History, SetTable, kept_domains
from claims_env.agents.success_model import fit_success
from claims_env.agents.word_choices import Indices, word_choices
from claims_env.errors import ConfigError
from claims_env.prompt import SLOTS
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import TIERS, VariableLibrary


class SflScheduler:
    """Keeps each set's domain and chooses its words; it is told of success alone.

    Args:
        library: The words.
        candidates: How many prompts are drawn for each set, of which the best fraction is played;
            ours, for the authors' 5000 levels with 1000 kept.
        explore: The share of sets that are drawn at random, 0 to 1; ours (theirs is a half).
        fade: What a try counts less for each round it lies back, 0 to 1; ours.

    Raises:
        ConfigError: A setting is out of range.
    """

    name = "sfl"

    def __init__(
        self,
        library: VariableLibrary,
        *,
        candidates: int = 5,
        explore: float = 0.2,
        fade: float = FADE,
    ) -> None:
        if candidates < 1 or not 0 <= explore <= 1 or not 0 <= fade <= 1:
            raise ConfigError(
                f"candidates is {candidates}, explore {explore}, fade {fade}. Expected at least "
                "one candidate, and shares from 0 to 1."
            )
        self._words = word_choices(library)
        self._history = History(self._words)
        self._candidates, self._explore, self._fade = candidates, explore, fade

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        domain = kept_domains(tables[-1], len(self._words.domains))
        rows = self._words.draw_any(domain, rng)
        guided = rng.random(len(domain)) >= self._explore
        if any(table.heard.any() for table in tables):
            rows[guided] = self._learnable(tables, domain[guided], rng)
        chosen: Action = rows.ravel()
        return chosen

    def _learnable(
        self, tables: list[SetTable], domain: Indices, rng: np.random.Generator
    ) -> Indices:
        """Return the best fraction of what is drawn for each domain, shape (n, 6)."""
        drawn_for = np.repeat(domain, self._candidates)
        # a tier for the whole prompt: of slots drawn apart, the half-won are mostly half easy, half
        # hopeless; and words drawn as such are mostly hard, with little left to choose from
        tier = rng.integers(TIERS[0], TIERS[-1] + 1, size=(len(drawn_for), 1))
        tiers = np.repeat(tier, len(SLOTS), axis=1)
        rows = self._words.draw(drawn_for, tiers, rng)
        worth = fit_success(self._words, tables, fade=self._fade).learnability(rows)
        chosen = np.zeros((len(domain), rows.shape[1]), np.int64)
        for one in np.unique(domain):
            pool, places = np.flatnonzero(drawn_for == one), np.flatnonzero(domain == one)
            best = pool[np.argsort(-worth[pool], kind="stable")]
            chosen[places] = rows[best[: len(places)]]
        return chosen
