"""How likely each prompt is to be tracked, estimated from few tries: a small logistic regression.

A prompt is tried once or twice, so its own rate says little. The tiers of its slots and its domain
say more; what single phrases add to that is a random effect on top, found in one Newton step.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.agents.set_table import SetTable
from claims_env.agents.word_choices import Indices, WordChoices
from claims_env.prompt import SLOTS
from claims_env.variable_library import TIERS
from claims_env.word_grid import Floats

STEPS = 8
"""Newton steps; with a ridge and some hundreds of tries, five settle it."""

RIDGE = 0.5
"""The penalty on weights, a normal prior of variance 2 [1/logit^2]; ours."""

PHRASE_VARIANCE = 0.25
"""How far phrases of one tier are believed to differ [logit^2]; ours."""


@dataclass(frozen=True, slots=True)
class SuccessModel:
    """A fitted model of success.

    Attributes:
        words: The words.
        weights: Of `features`, shape (features,) [logit].
        effects: What each phrase adds, by entry of the word grid, shape (entries,) [logit].
    """

    words: WordChoices
    weights: Floats
    effects: Floats

    def chance(self, rows: Indices) -> Floats:
        """Return how likely prompts are to be tracked, shape (n,).

        Args:
            rows: Prompts of the library, shape (n, 6).
        """
        said = self.words.tiers_of(rows) > 0
        extra = (self.effects[entries(self.words, rows)] * said).sum(axis=1)
        return sigmoid(features(self.words, rows) @ self.weights + extra)

    def learnability(self, rows: Indices) -> Floats:
        """Return p(1 - p) of prompts, shape (n,): a quarter where half the tries succeed."""
        p = self.chance(rows)
        return p * (1 - p)


def fit_success(words: WordChoices, tables: Sequence[SetTable], *, fade: float) -> SuccessModel:
    """Fit the model to all rounds so far.

    Args:
        words: The words.
        tables: The rounds.
        fade: What a try counts less for each round it lies back, 0 to 1.
    """
    heard = [table.heard for table in tables]
    rows = np.concatenate([t.rows[h] for t, h in zip(tables, heard, strict=True)])
    won = np.concatenate([t.success[h] for t, h in zip(tables, heard, strict=True)])
    ages = [len(tables) - 1 - i for i, h in enumerate(heard) for _ in range(int(h.sum()))]
    counts = fade ** np.array(ages, dtype=np.float64)
    x = features(words, rows)
    weights = _logistic(x, won, counts)
    p = sigmoid(x @ weights)
    effects = _phrase_effects(words, rows, counts * (won - p), counts * p * (1 - p))
    return SuccessModel(words, weights, effects)


def features(words: WordChoices, rows: Indices) -> Floats:
    """Return what the regression sees of prompts, shape (n, 2 * domains + 4).

    The domain, its mean tier, and the tier of each slot, each tier from -1 to 1; a slot that is
    unsaid is as hard as the others.
    """
    tiers = words.tiers_of(rows)
    mean = tiers.sum(axis=1) / np.maximum((tiers > 0).sum(axis=1), 1)
    middle = (TIERS[0] + TIERS[-1]) / 2
    level = (np.where(tiers > 0, tiers, mean[:, None]) - middle) / (TIERS[-1] - middle)
    own = (rows[:, :1] == np.arange(len(words.domains))).astype(np.float64)
    return np.column_stack([own, own * level.mean(axis=1, keepdims=True), level])


def entries(words: WordChoices, rows: Indices) -> Indices:
    """Return the entries of the word grid that prompts say, shape (n, 4)."""
    slots = rows[:, :1] * len(SLOTS) + np.arange(len(SLOTS))
    found: Indices = slots * words.grid.widest + rows[:, 2:]
    return found


def sigmoid(lead: Floats) -> Floats:
    """Return 1 / (1 + exp(-lead)); beyond 30 it is as good as certain."""
    chance: Floats = 1 / (1 + np.exp(-np.clip(lead, -30.0, 30.0)))
    return chance


def _logistic(x: Floats, won: Floats, counts: Floats) -> Floats:
    weights = np.zeros(x.shape[1])
    ridge = RIDGE * np.eye(len(weights))
    for _ in range(STEPS):
        p = sigmoid(x @ weights)
        slope = x.T @ (counts * (won - p)) - RIDGE * weights
        curve = x.T @ (x * (counts * p * (1 - p))[:, None]) + ridge
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _phrase_effects(words: WordChoices, rows: Indices, left: Floats, curve: Floats) -> Floats:
    said = (words.tiers_of(rows) > 0).ravel()
    places = entries(words, rows).ravel()[said]
    count = len(words.grid.tiers)
    # each phrase of a prompt would explain all that is left: they share it
    share = np.repeat(1 / np.maximum(said.reshape(-1, len(SLOTS)).sum(1), 1), len(SLOTS))[said]
    slope = np.bincount(places, np.repeat(left, len(SLOTS))[said] * share, minlength=count)
    bend = np.bincount(places, np.repeat(curve, len(SLOTS))[said] * share, minlength=count)
    return slope / (bend + 1 / PHRASE_VARIANCE)
