"""The robust evaluation matrix: every scheduler under every world, so that no one world decides.

A scheduler tuned on the model of a student that also judges it is overestimated (Doroudi, Aleven
and Brunskill, 2017). Each is therefore ranked in each world, and what is claimed is what holds in
nearly all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.statistics.aggregate import Scores
from claims_env.statistics.score_matrix import score_matrix
from claims_env.statistics.winner import ALPHA, Decision, decide


@dataclass(frozen=True, slots=True)
class RobustMatrix:
    """Schedulers by worlds.

    Attributes:
        schedulers: Rows.
        worlds: Columns.
        means: Mean score over runs, shape (schedulers, worlds).
        ranks: 1 for the best of a world; equal ones share their mean rank; likewise shaped.
        regret: By how much each falls short of the world's best, likewise.
        decisions: What each world settles by itself.
    """

    schedulers: tuple[str, ...]
    worlds: tuple[str, ...]
    means: Scores
    ranks: Scores
    regret: Scores
    decisions: tuple[Decision, ...]

    def leads(self, scheduler: str) -> float:
        """Return the share of worlds in which a scheduler has the highest mean, 0 to 1."""
        row = self.schedulers.index(scheduler)
        return float((self.regret[row] == 0).mean())

    def unbeaten(self, scheduler: str) -> float:
        """Return the share of worlds in which it cannot be told from the best, 0 to 1."""
        return float(np.mean([scheduler in decision.leaders for decision in self.decisions]))

    def worst_world(self, scheduler: str) -> tuple[str, float]:
        """Return the world in which it falls shortest of the best, and by how much."""
        row = self.regret[self.schedulers.index(scheduler)]
        return self.worlds[int(row.argmax())], float(row.max())

    def ahead(self, first: str, second: str) -> int:
        """Return in how many worlds the first has the higher mean."""
        rows = [self.schedulers.index(name) for name in (first, second)]
        return int((self.means[rows[0]] > self.means[rows[1]]).sum())


def robust_matrix(
    scores: Mapping[str, npt.ArrayLike],
    worlds: tuple[str, ...],
    *,
    alpha: float = ALPHA,
    seed: int = 0,
) -> RobustMatrix:
    """Return the matrix of schedulers by worlds.

    Args:
        scores: Shape (runs, worlds) each; row k of all is the same seed.
        worlds: Their names, in the order of the columns.
        alpha: Chance of any false finding, in each world by itself.
        seed: Decides flips where not all are tried.

    Raises:
        ContractBroken: A matrix is incomplete, or they differ in shape.
    """
    made = {name: score_matrix(given, name) for name, given in scores.items()}
    means = np.stack([matrix.mean(0) for matrix in made.values()])
    decisions = [
        decide({n: matrix[:, [k]] for n, matrix in made.items()}, alpha=alpha, seed=seed)
        for k in range(len(worlds))
    ]
    return RobustMatrix(
        tuple(made), worlds, means, ranked(means), means.max(0) - means, tuple(decisions)
    )


def ranked(means: Scores) -> Scores:
    """Return ranks along the first axis, 1 for the highest; equal values share their mean rank."""
    above = (means[None] > means[:, None]).sum(1)
    same = (means[None] == means[:, None]).sum(1)
    return np.asarray(above + (same + 1) / 2)
