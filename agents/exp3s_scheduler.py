"""EXP3.S: exponential weights that never rule an arm out, rewarded by what training gained.

The bandit is Auer et al.'s (2002, SIAM J. Comput. 32, Sec. 8); its use as a teacher, the reward
(here what a round's own clips gain in success, their prediction gain) and its scaling by quantiles
are Graves et al.'s (2017, arXiv 1704.03003). A round's sets are drawn at once, so the weights move
once a round, by the sum of what its plays would have moved them.
"""

from collections.abc import Sequence
from math import e, log, sqrt
from typing import Any

import numpy as np

from claims_env.agents.set_table import History, SetTable
from claims_env.agents.tier_arms import TierArms, gains, tier_arms
from claims_env.agents.word_choices import word_choices
from claims_env.scheduler import Action, Observation
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Floats

QUANTILES = (0.2, 0.8)
"""What of the gains so far becomes -1 and 1; Graves et al.'s."""


class Exp3sScheduler:
    """Draws every set's arm, domain included, by weights its gains moved; told of success alone.

    Args:
        library: The words.
        eta: The step in the weights per play; None tunes it to the plays of an episode by Auer et
            al.'s bound, sqrt(log K / ((e - 1) K T)). Graves et al. take 0.001 for many more plays.
        explore: The share of sets whose arm is drawn evenly, 0 to 1; Graves et al.'s.
        rounds: How many decisions an episode is expected to have, the paper's six; T is as many
            times the sets, and 1/T of an arm's weight is shared out at every play (Auer et al.).
    """

    name = "exp3s"

    def __init__(
        self,
        library: VariableLibrary,
        *,
        eta: float | None = None,
        explore: float = 0.05,
        rounds: int = 6,
    ) -> None:
        self._arms = tier_arms(word_choices(library))
        self._history = History(self._arms.words)
        self._eta, self._explore, self._rounds = eta, explore, rounds

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        """See `Scheduler`."""
        rng = np.random.default_rng(info["decision_seed"])
        tables = self._history.of(info["rounds"])
        chances = self._chances(tables)
        chosen = rng.choice(len(self._arms), size=len(tables[-1].rows), p=chances)
        return self._arms.draw(chosen, rng).ravel()

    def _chances(self, tables: Sequence[SetTable]) -> Floats:
        """Return the chance of each arm after all rounds, by playing the weights through them."""
        arms, sets = len(self._arms), len(tables[-1].rows)
        expected = max(sets * self._rounds, 1)
        eta = self._eta or sqrt(log(max(arms, 2)) / ((e - 1) * arms * expected))
        weights: Floats = np.zeros(arms)
        share = 1 - (1 - 1 / expected) ** sets
        for i, (plays, reward) in enumerate(rewards(self._arms, tables)):
            # the opening was not drawn by these weights: its own shares take their place
            chances = mixed(weights, self._explore) if i else plays / max(plays.sum(), 1)
            estimate = np.divide(plays * reward, chances, out=np.zeros(arms), where=plays > 0)
            weights = moved(weights, eta * estimate, share)
        return mixed(weights, self._explore)


def rewards(arms: TierArms, tables: Sequence[SetTable]) -> list[tuple[Floats, Floats]]:
    """Return each round's plays of the arms, and the reward of a play, each of shape (arms,).

    The reward is the mean gain of the arm's sets, scaled by what there was until then.
    """
    found, past = list[tuple[Floats, Floats]](), list[float]()
    for table, gain in zip(tables, gains(arms, tables), strict=True):
        plays, total = arms.sums(table, gain)
        mean = total / np.maximum(plays, 1)
        past += np.repeat(mean, plays.astype(np.int64)).tolist()
        found.append((plays, scaled(mean, past)))
    return found


def scaled(gain: Floats, past: Sequence[float]) -> Floats:
    """Return gains from -1 to 1, the quantiles of all there were so far; 0 where all are alike."""
    low, high = np.quantile(past, QUANTILES) if past else (0.0, 0.0)
    if high <= low:
        return np.zeros(len(gain))
    reward: Floats = np.clip(2 * (gain - low) / (high - low) - 1, -1, 1)
    return reward


def mixed(weights: Floats, explore: float) -> Floats:
    """Return the chance of each arm: the weights' softmax, and a share that is even."""
    odds = np.exp(weights - weights.max())
    chances: Floats = (1 - explore) * odds / odds.sum() + explore / len(weights)
    return chances


def moved(weights: Floats, step: Floats, share: float) -> Floats:
    """Return the log weights after a step, with a share of each given to all the others.

    The largest is brought to 0: only differences count.

    Args:
        weights: The logarithms, shape (arms,).
        step: What is added to each.
        share: The part of each weight that is shared out, 0 to 1.
    """
    raised = weights + step
    top = raised.max()
    odds = np.exp(raised - top)
    others = (odds.sum() - odds) / max(len(odds) - 1, 1)
    kept: Floats = np.log(np.maximum((1 - share) * odds + share * others, 1e-300)) + top
    level: Floats = kept - kept.max()
    return level
