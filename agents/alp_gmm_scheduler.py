"""ALP-GMM: a mixture of Gaussians over prompts and their absolute learning progress.

Portelas et al. (2019, arXiv 1910.07224): the progress of a task is how much its outcome differs
from that of the nearest task tried earlier; a mixture is fitted to tasks joined with progress, a
component is drawn by its mean progress, and the next task from it. Tasks here are the tiers of a
prompt's slots (see `prompt_embedding`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from claims_env.agents.gaussian_mixture import GaussianMixture, best_mixture
from claims_env.agents.prompt_embedding import DIMENSIONS, embedded, nearest_tiers
from claims_env.agents.set_table import History, SetTable, kept_domains
from claims_env.agents.word_choices import word_choices
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import TIERS, VariableLibrary
from claims_env.word_grid import Floats

FEWEST = 10
"""How many tasks with known progress a mixture is fitted to at least; ours."""


class AlpGmmScheduler:
    """Keeps each set's domain and draws its tiers from the mixture; it is told of success alone.

    Args:
        library: The words.
        window: To how many of the last tasks the mixture is fitted, the authors' 250.
        explore: The share of sets whose tiers are drawn evenly, the authors' 0.2.
        components: The most the mixture may have; the authors' 10 take longer and seldom win here.
    """

    name = "alp-gmm"

    def __init__(
        self,
        library: VariableLibrary,
        *,
        window: int = 250,
        explore: float = 0.2,
        components: int = 4,
    ) -> None:
        self._words = word_choices(library)
        self._history = History(self._words)
        self._window, self._explore, self._components = window, explore, components

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        domain = kept_domains(tables[-1], len(self._words.domains))
        tiers = rng.integers(TIERS[0], TIERS[-1] + 1, size=(len(domain), DIMENSIONS))
        tasks = recent_progress(tables, self._window)
        if len(tasks) >= FEWEST:
            mixture = best_mixture(tasks, range(1, self._components + 1), rng)
            guided = rng.random(len(domain)) >= self._explore
            tiers[guided] = nearest_tiers(sampled(mixture, int(guided.sum()), rng))
        return self._words.draw(domain, tiers, rng).ravel()


def recent_progress(tables: Sequence[SetTable], window: int) -> Floats:
    """Return the last tasks joined with their progress, shape (at most window, 5)."""
    found = list[Floats]()
    for i in range(len(tables) - 1, 0, -1):
        progress = absolute_progress(tables[i], tables[:i])
        known = ~np.isnan(progress)
        found.insert(0, np.column_stack([embedded(tables[i]), progress])[known])
        if sum(map(len, found)) >= window:
            break
    return np.concatenate(found)[-window:] if found else np.empty((0, DIMENSIONS + 1))


def absolute_progress(table: SetTable, earlier: Sequence[SetTable]) -> Floats:
    """Return how much each set's success differs from the nearest earlier one's, shape (n,).

    Nearest in tiers, within the domain where it was played before; where several are equally near,
    from their mean. NaN where a set, or everything earlier, taught nothing.
    """
    points = np.concatenate([embedded(t)[t.heard] for t in earlier])
    domain = np.concatenate([t.domain[t.heard] for t in earlier])
    success = np.concatenate([t.success[t.heard] for t in earlier])
    if not len(points):
        return np.full(len(table.rows), np.nan)
    here = embedded(table)
    apart = (here**2).sum(axis=1)[:, None] + (points**2).sum(axis=1) - 2 * here @ points.T
    # farther than any tier is: another domain is looked at only where there is none of the same
    apart = np.round(apart + 2 * DIMENSIONS * (table.domain[:, None] != domain), 6)
    near = apart == apart.min(axis=1, keepdims=True)
    before = near @ success / near.sum(axis=1)
    return np.where(table.heard, np.abs(table.success - before), np.nan)


def sampled(mixture: GaussianMixture, count: int, rng: np.random.Generator) -> Floats:
    """Return tasks of components drawn by their mean progress, shape (count, 4)."""
    worth = np.maximum(mixture.means[:, -1], 0.0)
    total = worth.sum()
    chances = worth / total if total > 0 else np.full(len(worth), 1 / len(worth))
    component = rng.choice(len(worth), size=count, p=chances)
    halves = np.linalg.cholesky(mixture.covariances)
    noise = rng.standard_normal((count, mixture.means.shape[1]))
    points: Floats = mixture.means[component] + np.einsum("nij,nj->ni", halves[component], noise)
    return points[:, :-1]
