"""Learning progress: the arms whose success a fast average and a slow one see differently.

Kanitscheider et al. (2021, arXiv 2106.14876): the distance of two exponential averages of success,
both reweighted so that progress from small success counts more, then brought to sampling weights by
a sigmoid of the standardised distance.
"""

from typing import Any

import numpy as np

from claims_env.agents.set_table import History
from claims_env.agents.tier_arms import scores, tier_arms
from claims_env.agents.word_choices import word_choices
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Floats

THETA = 0.1
"""The success around which progress counts most; the paper's."""


class ProgressScheduler:
    """Draws every set's arm, domain included, by its learning progress; told of success alone.

    Args:
        library: The words.
        rate: What the newest round weighs in the averages, 0 to 1; a half is ours, for an episode
            of seven rounds; the paper averages over thousands of updates.
        explore: The share of sets whose arm is drawn evenly, 0 to 1; ours.
    """

    name = "progress"

    def __init__(
        self, library: VariableLibrary, *, rate: float = 0.5, explore: float = 0.1
    ) -> None:
        self._arms = tier_arms(word_choices(library))
        self._history = History(self._arms.words)
        self._rate, self._explore = rate, explore

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        fast, slow = averages(scores(self._arms, tables), self._rate)
        chances = (1 - self._explore) * sampling(np.abs(reweighted(fast) - reweighted(slow)))
        chances += self._explore / len(self._arms)
        chosen = rng.choice(len(self._arms), size=len(tables[-1].rows), p=chances)
        return self._arms.draw(chosen, rng).ravel()


def averages(curves: Floats, rate: float) -> tuple[Floats, Floats]:
    """Return the fast average of each arm's scores, and the slow one, which follows the fast.

    Both begin with the first score; a round in which an arm was not played changes neither.

    Args:
        curves: Scores, shape (rounds, arms); NaN where an arm was not played.
        rate: What the newest weighs.
    """
    fast = slow = np.full(curves.shape[1], np.nan)
    for score in curves:
        heard, first = ~np.isnan(score), np.isnan(fast)
        nearer = np.where(first, score, fast + rate * (score - fast))
        slow = np.where(heard, np.where(first, score, slow + rate * (nearer - slow)), slow)
        fast = np.where(heard, nearer, fast)
    return fast, slow


def reweighted(p: Floats) -> Floats:
    """Return success with small differences near 0 stretched: p(1 - t) / (p + t(1 - 2p))."""
    return p * (1 - THETA) / (p + THETA * (1 - 2 * p))


def sampling(progress: Floats) -> Floats:
    """Return the chance of each arm, shape (arms,).

    Args:
        progress: Of each arm; NaN where nothing was heard, which counts as much as the most.
    """
    known = progress[~np.isnan(progress)]
    filled = np.where(np.isnan(progress), known.max(initial=0.0), progress)
    spread = filled.std()
    weight = 1 / (1 + np.exp(-(filled - filled.mean()) / (spread or 1.0)))
    chances: Floats = weight / weight.sum()
    return chances
