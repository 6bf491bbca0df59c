"""Plays a policy over tiers as a scheduler: what it sees, and the prompts it then draws."""

from pathlib import Path
from typing import Any

import numpy as np

from claims_env.agents.learned.tier_policy import TierPolicy, load_policy
from claims_env.agents.set_table import History, SetTable, kept_domains
from claims_env.agents.word_choices import Indices, WordChoices, word_choices
from claims_env.errors import ConfigError
from claims_env.prompt import SLOTS
from claims_env.scheduler import Action
from claims_env.tier_mask import masked, offered_tiers
from claims_env.tier_observation import digest, seats
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Floats

SHIPPED = Path(__file__).parent


class TierPlayer:
    """Keeps each set's domain; its words are of the tier the policy names for the domain.

    Args:
        library: The words.
        algorithm: What the policy must have been trained by.
        policy: Its file; None takes the one that ships.

    Raises:
        CheckpointError: The file cannot be read, or is damaged.
        ConfigError: The policy was trained by something else.
    """

    def __init__(
        self, library: VariableLibrary, algorithm: str, policy: str | Path | None = None
    ) -> None:
        path = SHIPPED / f"{algorithm}.json" if policy is None else Path(policy)
        self.policy: TierPolicy = load_policy(path)
        if self.policy.training.algorithm != algorithm:
            raise ConfigError(
                f"{path} was trained by '{self.policy.training.algorithm}'. Expected a policy of "
                f"'{algorithm}': name the scheduler it belongs to."
            )
        self.name = algorithm if policy is None else f"{algorithm}:{path.name}"
        self._words = word_choices(library)
        self._history, self._offered = History(self._words), offered_tiers(library)

    def decide(self, info: dict[str, Any]) -> Action:
        """Return the next action.

        Args:
            info: What the scheduler was told.
        """
        tables = self._history.of(info["rounds"])
        domain = kept_domains(tables[-1], len(self._words.domains))
        now = table_digest(tables[-1], self._words)
        earlier = table_digest(tables[-2], self._words) if len(tables) > 1 else None
        reach = self.policy.training.reach
        allowed = None if reach is None else masked(self._offered, now, reach)
        tiers = self.policy.tiers(seats(now, earlier, len(tables) - 1), allowed)
        rng = np.random.default_rng(info["decision_seed"])
        return tier_rows(self._words, domain, tiers[domain], rng).ravel()


def table_digest(table: SetTable, words: WordChoices) -> Floats:
    """Return what is seen of each domain in a round, shape (domains, 3)."""
    return digest(table.domain, table.tier, table.success, len(words.domains))


def tier_rows(
    words: WordChoices, domain: Indices, tier: Indices, rng: np.random.Generator
) -> Indices:
    """Draw prompts of a tier in all slots, shape (n, 6).

    Args:
        words: The words.
        domain: Of each prompt, shape (n,).
        tier: Of each, 1 to 5, shape (n,).
        rng: Where the draws come from.
    """
    return words.draw(domain, np.repeat(tier[:, None], len(SLOTS), axis=1), rng)
