"""The oracle: what could be gained by whoever knew the simulated world by heart.

It reads `info["oracle"]`, which only a simulated world made with `reveal=True` tells. What it plays
is foreseen to the end of the episode and not solved: it bounds what a scheduler can reach in
practice and not in principle.
"""

from typing import Any

from claims_env.agents.set_table import History, kept_domains
from claims_env.agents.word_choices import word_choices
from claims_env.errors import ConfigError
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary
from claims_env.world import Oracle


class OracleScheduler:
    """Keeps each set's domain and chooses the words that lead furthest; it is told everything.

    Args:
        library: The words.
    """

    name = "oracle"
    reads_oracle = True
    """Says to the benchmark that its world is to be revealed."""

    def __init__(self, library: VariableLibrary) -> None:
        self._words = word_choices(library)
        self._history = History(self._words)

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`.

        Raises:
            ConfigError: The world does not tell what it knows.
        """
        if "oracle" not in info:
            raise ConfigError(
                "The scheduler 'oracle' reads info['oracle'], which is not there. Only a simulated "
                "world tells, and only if asked: build_surrogate_env(world, reveal=True)."
            )
        newest = self._history.of(info["rounds"])[-1]
        domain = kept_domains(newest, len(self._words.domains))
        oracle: Oracle = info["oracle"]
        chosen: Action = oracle.plan(domain, info["decision_seed"]).ravel()
        return chosen
