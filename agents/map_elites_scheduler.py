"""MAP-Elites: for every kind of prompt the most learnable one, and edits of all of them alike.

Mouret and Clune (2015, arXiv 1504.04909): an archive with a cell for each combination of what is to
be covered keeps the fittest of each cell; parents are drawn evenly from the filled cells. Cells
here are domain, tier and how fast the clips were; fitness is learnability, p(1 - p), as it is
believed now, so the archive is made anew from all prompts of the episode for each decision.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from claims_env.agents.prompt_edits import edited
from claims_env.agents.replay_scores import FADE
from claims_env.agents.set_table import History, SetTable, kept_domains
from claims_env.agents.success_model import fit_success
from claims_env.agents.word_choices import Indices, word_choices
from claims_env.errors import ConfigError
from claims_env.rounds import Round
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import TIERS, VariableLibrary
from claims_env.word_grid import Floats


class MapElitesScheduler:
    """Keeps each set's domain and edits one of its elites; told of success and of mean speed.

    Args:
        library: The words.
        speeds: How many bins of speed there are, with equally many clips of round 0 each; ours.
        edits: How many slots an edit changes at most, 1 to 4; ours.

    Raises:
        ConfigError: A setting is out of range.
    """

    name = "map-elites"

    def __init__(self, library: VariableLibrary, *, speeds: int = 3, edits: int = 2) -> None:
        if speeds < 1 or not 1 <= edits <= 4:
            raise ConfigError(
                f"speeds is {speeds}, edits {edits}. Expected a bin of speed at least, and 1 to 4 "
                "edits: a prompt has four slots."
            )
        self._words = word_choices(library)
        self._history = History(self._words)
        self._speeds, self._edits = speeds, edits

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        domain = kept_domains(tables[-1], len(self._words.domains))
        rows = self._words.draw_any(domain, rng)
        elites = self.elites(tables, info["rounds"])
        for one in np.unique(domain):
            pool, places = elites[elites[:, 0] == one], np.flatnonzero(domain == one)
            if len(pool):
                parents = pool[rng.integers(len(pool), size=len(places))]
                rows[places] = edited(self._words, parents, self._edits, rng)
        chosen: Action = rows.ravel()
        return chosen

    def elites(self, tables: Sequence[SetTable], rounds: Sequence[Round]) -> Indices:
        """Return the fittest prompt of each filled cell, in the order of the cells, shape (n, 6).

        Args:
            tables: The rounds as arrays.
            rounds: The same rounds.
        """
        heard = np.concatenate([table.heard for table in tables])
        if not heard.any():
            return np.empty((0, 6), np.int64)
        rows = np.concatenate([table.rows for table in tables])[heard]
        tier = np.concatenate([table.tier for table in tables])[heard]
        cells = (rows[:, 0] * len(TIERS) + tier_bin(tier)) * self._speeds
        cells = cells + speed_bin(rounds, self._speeds)[heard]
        fitness = fit_success(self._words, tables, fade=FADE).learnability(rows)
        order = np.lexsort((-fitness, cells))
        first = np.unique(cells[order], return_index=True)[1]
        best: Indices = rows[order[first]]
        return best


def tier_bin(tier: Floats) -> Indices:
    """Return which fifth of the scale a mean tier, 1 to 5, lies in, 0 to 4, shape (n,)."""
    span = (TIERS[-1] - TIERS[0]) / len(TIERS)
    return np.clip(((tier - TIERS[0]) / span).astype(np.int64), 0, len(TIERS) - 1)


def speed_bin(rounds: Sequence[Round], bins: int) -> Indices:
    """Return each set's bin of mean speed, over all rounds in order, shape (all sets,)."""
    speeds = [np.array([s.mean_speed for s in played.sets]) for played in rounds]
    edges = np.quantile(speeds[0], np.arange(1, bins) / bins)
    return np.searchsorted(edges, np.concatenate(speeds), side="right")
