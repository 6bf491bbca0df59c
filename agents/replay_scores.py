"""How much a prompt promises, from what a black-box tracker shows: stand-ins for value losses.

Prioritized level replay scores a level by the error of the student's value function. A tracker is a
black box here, and shows only how a clip fared.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from claims_env.agents.set_table import SetTable
from claims_env.agents.success_model import fit_success
from claims_env.agents.tier_arms import TierArms, gains, scores
from claims_env.word_grid import Floats

Score = Callable[[TierArms, Sequence[SetTable]], list[Floats]]

UNHEARD = 0.5
"""The change of a set of which nothing was known before: half a success."""

FADE = 0.5
"""What a try counts less for each round it lies back, where p is estimated; ours."""


def change(arms: TierArms, tables: Sequence[SetTable]) -> list[Floats]:
    """Return how much each set's success changed with its round's training, 0 to 1."""
    return [np.nan_to_num(np.abs(gain), nan=UNHEARD) for gain in gains(arms, tables)]


def learnability(arms: TierArms, tables: Sequence[SetTable]) -> list[Floats]:
    """Return p(1 - p) of each set, 0 to a quarter, as it is believed now."""
    if not any(table.heard.any() for table in tables):
        return [np.zeros(len(table.rows)) for table in tables]
    model = fit_success(arms.words, tables, fade=FADE)
    return [np.where(t.heard, model.learnability(np.maximum(t.rows, 0)), 0.0) for t in tables]


def shortfall(arms: TierArms, tables: Sequence[SetTable]) -> list[Floats]:
    """Return how far each set fell short of the best its arm has shown in any round, 0 to 1.

    After the maximum-Monte-Carlo regret of robust PLR: what was reached once could be reached.
    """
    with np.errstate(all="ignore"):
        best = np.nan_to_num(np.fmax.reduce(scores(arms, tables), axis=0))
    short = [best[arms.of(table)] - table.success for table in tables]
    return [np.maximum(np.nan_to_num(values), 0.0) for values in short]


SCORES: Mapping[str, Score] = {
    "change": change,
    "learnability": learnability,
    "shortfall": shortfall,
}
"""What a buffer's prompts may be ranked by."""
