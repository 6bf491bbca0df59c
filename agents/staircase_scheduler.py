"""A staircase for every slot: probe its highest tier, step up when that is won, down when lost.

The range of each dimension widens and narrows as in automatic domain randomisation (OpenAI et al.
2019, arXiv 1910.07113): a probe puts one dimension at its boundary and draws the others inside
theirs, and the success of the probes moves the boundary. Steps of one tier up and down are the
staircase of psychophysics (Levitt 1971).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from claims_env.agents.set_table import History, SetTable, kept_domains
from claims_env.agents.word_choices import Indices, word_choices
from claims_env.prompt import SLOTS
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import TIERS, VariableLibrary
from claims_env.word_grid import Floats


class StaircaseScheduler:
    """Keeps a highest tier for each slot of each domain; it is told of success alone.

    Args:
        library: The words.
        up: Success of the probes from which on the tier rises, 0 to 1; near the 0.71 that Levitt's
            two-up rule settles on, and the ladder's own.
        down: Success up to which it falls; the same distance from the other end.
        start: The highest tier before anything is known, the middle of the scale.
    """

    name = "staircase"

    def __init__(
        self, library: VariableLibrary, *, up: float = 0.7, down: float = 0.3, start: int = 3
    ) -> None:
        self._words = word_choices(library)
        self._history = History(self._words)
        self._up, self._down, self._start = up, down, start

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        domain = kept_domains(tables[-1], len(self._words.domains))
        top = np.full((len(self._words.domains), len(SLOTS)), self._start)
        top = climbed(top, tables, up=self._up, down=self._down)[domain]
        tiers = rng.integers(TIERS[0], top + 1)
        probes = probed(domain)
        tiers[np.arange(len(domain)), probes] = top[np.arange(len(domain)), probes]
        return self._words.draw(domain, tiers, rng).ravel()


def climbed(top: Indices, tables: Sequence[SetTable], *, up: float, down: float) -> Indices:
    """Return each slot's highest tier after some rounds, shape (domains, 4).

    Args:
        top: The same before them.
        tables: The rounds, in order.
        up: Success from which on a tier rises.
        down: Success up to which it falls.
    """
    for table in tables:
        success = _at_the_top(top, table)
        step = (success >= up).astype(np.int64) - (success <= down)  # NaN steps nowhere
        top = np.clip(top + step, TIERS[0], TIERS[-1])
    return top


def probed(domain: Indices) -> Indices:
    """Return which slot each set probes, shape (n,): within a domain they take turns."""
    turn = np.zeros(len(domain), dtype=np.int64)
    for d in np.unique(domain):
        mine = domain == d
        turn[mine] = np.arange(mine.sum())
    return turn % len(SLOTS)


def _at_the_top(top: Indices, table: SetTable) -> Floats:
    """Return the success where a slot is at its highest tier or above, (domains, 4); NaN if none.

    By what was drawn and not by who was to probe: a random opening then counts as well.
    """
    won, tried = np.zeros(top.shape), np.zeros(top.shape)
    heard = table.heard
    domain, tiers, success = table.domain[heard], table.tiers[heard], table.success[heard]
    beyond = tiers >= top[domain]
    np.add.at(tried, domain, beyond)
    np.add.at(won, domain, beyond * success[:, None])
    success_there: Floats = np.divide(won, tried, out=np.full(top.shape, np.nan), where=tried > 0)
    return success_there
