"""The winner, if there is one: which schedulers can be told from the best, and at what risk.

All pairs of schedulers are compared, since which one is best is read from the same scores, and
p-values are adjusted so that the chance of any false finding is at most alpha, whatever the number
of schedulers. In a world where the scheduler has no effect, a difference is therefore found in
alpha of all benchmarks and no more, and a winner over all the others far more rarely.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from claims_env.errors import ContractBroken
from claims_env.statistics.aggregate import Scores
from claims_env.statistics.max_t import SHUFFLES, by_flips, by_shuffles
from claims_env.statistics.score_matrix import checked_level, score_matrix
from claims_env.statistics.sign_flips import EXACT, FLIPS

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Decision:
    """What the scores of a benchmark settle.

    Attributes:
        names: Schedulers, best mean first; equal ones in the order they were given.
        means: Mean over runs and tasks of each, in this order.
        p: Adjusted p-value of each against the first; 1 for the first itself.
        effect_p: Of the most striking pair, whoever is in it: that no scheduler matters.
        alpha: Chance of any false finding.
        runs: Seeds everyone was played on.
        method: How p-values were found.
    """

    names: tuple[str, ...]
    means: tuple[float, ...]
    p: tuple[float, ...]
    effect_p: float
    alpha: float
    runs: int
    method: str

    @property
    def best(self) -> str:
        """Who has the highest mean, significant or not."""
        return self.names[0]

    @property
    def leaders(self) -> tuple[str, ...]:
        """Who cannot be told from the best, the best first."""
        return tuple(n for n, p in zip(self.names, self.p, strict=True) if p > self.alpha)

    @property
    def beaten(self) -> tuple[str, ...]:
        """Who is worse than the best."""
        return tuple(n for n, p in zip(self.names, self.p, strict=True) if p <= self.alpha)

    @property
    def found(self) -> bool:
        """Whether the scheduler matters at all: some two can be told apart."""
        return self.effect_p <= self.alpha

    @property
    def winner(self) -> str | None:
        """Who is better than everyone else, or None."""
        return self.best if len(self.names) > 1 and len(self.leaders) == 1 else None


def decide(scores: Mapping[str, npt.ArrayLike], *, alpha: float = ALPHA, seed: int = 0) -> Decision:
    """Return which schedulers can be told from the best.

    A run counts as one observation, its tasks averaged. Signs of runs are flipped (`by_flips`)
    where there are enough of them to reach alpha, names are dealt anew within runs (`by_shuffles`)
    where there are not.

    Args:
        scores: Shape (runs, tasks) each; row k of all is the same seed.
        alpha: Chance of any false finding.
        seed: Decides flips or shuffles where not all are tried.

    Raises:
        ConfigError: Alpha is no share.
        ContractBroken: A matrix is incomplete, or they differ in shape.
    """
    checked_level(alpha, "alpha")
    made = _by_run(scores)
    means = made.mean(1)
    order = np.argsort(-means, kind="stable")
    ranked = made[order]
    p, method = _adjusted(ranked, alpha, seed)
    names = list(scores)
    return Decision(
        tuple(names[i] for i in order),
        tuple(means[order].tolist()),
        (1.0, *p[: len(names) - 1].tolist()),
        float(p.min(initial=1.0)),
        alpha,
        made.shape[1],
        method,
    )


def _by_run(scores: Mapping[str, npt.ArrayLike]) -> Scores:
    """Return the mean over tasks, shape (schedulers, runs)."""
    made = [score_matrix(given, name) for name, given in scores.items()]
    if len({matrix.shape for matrix in made}) != 1:
        raise ContractBroken(
            f"Schedulers have scores of shapes {sorted({m.shape for m in made})}; expected at "
            "least one scheduler, and the same runs and tasks for all."
        )
    return np.stack([matrix.mean(1) for matrix in made])


def _adjusted(ranked: Scores, alpha: float, seed: int) -> tuple[Scores, str]:
    """Return p-values of all pairs, those against the first in front, and how they came about."""
    count, runs = ranked.shape
    # combinations() names the first scheduler's pairs first
    places = np.array(list(combinations(range(count), 2)), dtype=np.intp).reshape(-1, 2)
    if runs < 64 and 2.0 ** (1 - runs) > alpha:
        pairs = np.eye(count)[places[:, 0]] - np.eye(count)[places[:, 1]]
        told = f"{SHUFFLES:,} shuffles of names within {runs} runs, as if all spread alike"
        return by_shuffles(ranked, pairs, seed=seed), told
    flipped = f"all {2**runs:,}" if runs <= EXACT else f"{FLIPS:,} random"
    differences = ranked[places[:, 0]] - ranked[places[:, 1]]
    return by_flips(differences, seed=seed), f"{flipped} sign flips of {runs} runs"
