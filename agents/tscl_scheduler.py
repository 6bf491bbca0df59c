"""Teacher-student curriculum learning: more of the tasks whose learning curve is steepest.

Matiisen et al. (2017, arXiv 1707.00183), the window variant: each arm keeps its last scores, the
slope of a line through them is its worth, and forgetting counts as much as learning. An arm with
fewer than two scores is worth a slope of 1, as in the authors' code, so none stays unheard of.
"""

from typing import Any

import numpy as np

from claims_env.agents.set_table import History
from claims_env.agents.tier_arms import scores, tier_arms
from claims_env.agents.word_choices import word_choices
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Floats

UNHEARD = 1.0
"""The slope of an arm with fewer than two scores [success/round]."""


class TsclScheduler:
    """Draws every set's arm, domain included, by the slope of its success; told of nothing else.

    Args:
        library: The words.
        window: How many scores an arm keeps; 10 is the authors', more than an episode has.
        temperature: Of the Boltzmann policy [success/round]; ours, about what chance alone makes
            of the slope between two scores of eight sets each. The authors' 0.0004 is for training
            steps with thousands of examples.
    """

    name = "tscl"

    def __init__(
        self, library: VariableLibrary, *, window: int = 10, temperature: float = 0.2
    ) -> None:
        self._arms = tier_arms(word_choices(library))
        self._history = History(self._arms.words)
        self._window, self._temperature = window, temperature

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        worth = np.abs(slopes(scores(self._arms, tables), self._window))
        chances = boltzmann(worth, self._temperature)
        chosen = rng.choice(len(self._arms), size=len(tables[-1].rows), p=chances)
        return self._arms.draw(chosen, rng).ravel()


def slopes(curves: Floats, window: int) -> Floats:
    """Return the slope of each arm's last scores by least squares [success/round], shape (arms,).

    Args:
        curves: Scores, shape (rounds, arms); NaN where an arm was not played.
        window: How many of an arm's scores count.
    """
    known = ~np.isnan(curves)
    later = np.cumsum(known[::-1], axis=0)[::-1]  # this score, and those that follow it
    weight = (known & (later <= window)).astype(np.float64)
    count = np.maximum(weight.sum(axis=0), 1)
    score, time = np.nan_to_num(curves), np.arange(len(curves), dtype=np.float64)[:, None]
    time = time - (weight * time).sum(axis=0) / count
    score = score - (weight * score).sum(axis=0) / count
    spread, rise = (weight * time**2).sum(axis=0), (weight * time * score).sum(axis=0)
    unheard = np.full(spread.shape, UNHEARD)
    slope: Floats = np.divide(rise, spread, out=unheard, where=spread > 0)
    return slope


def boltzmann(worth: Floats, temperature: float) -> Floats:
    """Return the chance of each arm, shape (arms,): exp(worth / temperature), brought to one."""
    weight = np.exp((worth - worth.max()) / temperature)
    chances: Floats = weight / weight.sum()
    return chances
