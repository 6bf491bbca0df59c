"""The arms of bandits over prompts: a domain and a tier, and what was heard of each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.agents.set_table import SetTable
from claims_env.agents.word_choices import Indices, WordChoices
from claims_env.prompt import SLOTS
from claims_env.variable_library import TIERS
from claims_env.word_grid import Floats


@dataclass(frozen=True, slots=True)
class TierArms:
    """One arm for each tier a domain can really show, 25 in the shipped library.

    Attributes:
        words: The words.
        domain: Of each arm, shape (arms,); arms of a domain stand together, easy ones first.
        tier: What is asked of every slot, 1 to 5, shape (arms,).
        centre: The mean tier that comes of it, shape (arms,).
    """

    words: WordChoices
    domain: Indices
    tier: Indices
    centre: Floats

    def __len__(self) -> int:
        """How many arms there are."""
        return len(self.domain)

    def of(self, table: SetTable) -> Indices:
        """Return the arm each set belongs to, shape (n,): its domain's of the nearest tier.

        -1 where nothing was heard of a set, or its words are not of the library.
        """
        apart = np.abs(table.tier[:, None] - self.centre)
        apart = np.where(table.domain[:, None] == self.domain, apart, np.inf)
        # tiers are quarters at the finest: rounding keeps a tie a tie, and it goes to the easier
        return np.where(table.heard, np.argmin(np.round(apart, 9), axis=1), -1)

    def tally(self, table: SetTable) -> tuple[Floats, Floats]:
        """Return how many sets of each arm were tracked, and how many with success."""
        return self.sums(table, table.success)

    def sums(self, table: SetTable, values: Floats) -> tuple[Floats, Floats]:
        """Return how many sets of each arm have a value, and the values' sum, each (arms,)."""
        arm = np.where(np.isnan(values), -1, self.of(table))
        known = arm >= 0
        plays = np.bincount(arm[known], minlength=len(self))
        total = np.bincount(arm[known], weights=values[known], minlength=len(self))
        return plays.astype(np.float64), total.astype(np.float64)

    def draw(self, arms: Indices, rng: np.random.Generator) -> Indices:
        """Return a prompt of each arm as a row, shape (n, 6)."""
        tiers = np.repeat(self.tier[arms][:, None], len(SLOTS), axis=1)
        return self.words.draw(self.domain[arms], tiers, rng)


def tier_arms(words: WordChoices) -> TierArms:
    """Return the arms of a library; tiers that ask for the same phrases are one arm."""
    found: list[tuple[int, int, float]] = []
    for domain, nearest in enumerate(words.nearest):
        columns = nearest.T.tolist()
        new = [i for i, column in enumerate(columns) if column not in columns[:i]]
        found += [(domain, TIERS[i], sum(columns[i]) / len(SLOTS)) for i in new]
    domains, tiers, centres = zip(*found, strict=True)
    return TierArms(words, np.array(domains), np.array(tiers), np.array(centres))


def scores(arms: TierArms, tables: Sequence[SetTable]) -> Floats:
    """Return the success rate of each arm in each round, shape (rounds, arms); NaN unplayed."""
    return np.array([_rate(*arms.tally(table)) for table in tables])


def gains(arms: TierArms, tables: Sequence[SetTable]) -> list[Floats]:
    """Return what each set's clip gained from its round's training, -1 to 1, shape (n,) a round.

    Success after it less success before it. Where records lack what was before, the arm's success
    over the earlier rounds stands in; NaN where there is neither.
    """
    plays, wins, found = np.zeros(len(arms)), np.zeros(len(arms)), list[Floats]()
    for table in tables:
        arm = arms.of(table)
        earlier = np.where(arm >= 0, _rate(plays, wins)[arm], np.nan)
        before = np.where(np.isnan(table.before), earlier, table.before)
        found.append(table.success - before)
        more, won = arms.tally(table)
        plays, wins = plays + more, wins + won
    return found


def _rate(plays: Floats, wins: Floats) -> Floats:
    rate: Floats = np.divide(wins, plays, out=np.full(len(plays), np.nan), where=plays > 0)
    return rate
