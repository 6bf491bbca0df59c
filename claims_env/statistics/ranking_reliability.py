"""How far a ranking would come out the same with other seeds, and what that leaves to be foretold.

No surrogate can agree with a measured order better than that order agrees with the truth. So a low
tau is read against this ceiling, and not against 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import asin, pi, sqrt

import numpy as np
import numpy.typing as npt

from claims_env.bootstrap import Estimate
from claims_env.errors import ContractBroken
from claims_env.rank_correlation import kendall, paired
from claims_env.statistics.aggregate import Scores
from claims_env.statistics.rank_agreement import kendall_p
from claims_env.statistics.score_matrix import checked_level, score_matrix
from claims_env.statistics.stratified import LEVEL


@dataclass(frozen=True, slots=True)
class RankingReliability:
    """What of the differences between schedulers' means is theirs, and what is their seeds'.

    Attributes:
        share: Of the variance of means that lies between schedulers, 0 to 1, with its interval.
        p: Of the F test that all schedulers are alike.
        scheduler_sd: Standard deviation of true means [unit of the scores]; 0 where the means
            scatter no more than their seeds make them.
        run_sd: Standard deviation of a run, what its seed does to everyone apart [same unit].
        runs: Seeds.
        schedulers: How many were ranked.
    """

    share: Estimate
    p: float
    scheduler_sd: float
    run_sd: float
    runs: int
    schedulers: int


def ranking_reliability(scores: npt.ArrayLike, *, level: float = LEVEL) -> RankingReliability:
    """Return how reliable the order of schedulers' means over seeds is.

    Two-way analysis of variance without interaction: the share is 1 - 1 / F, the intraclass
    correlation ICC(C, k) with its exact interval under normal errors (McGraw and Wong, 1996).

    Args:
        scores: Shape (runs, schedulers); row k is the same seed for all.
        level: What the interval holds.

    Raises:
        ContractBroken: There are fewer than two runs or schedulers, or a cell is missing.
    """
    made = score_matrix(scores, "the schedulers")
    runs, schedulers = made.shape
    if min(made.shape) < 2:
        raise ContractBroken(
            f"The scores have shape {made.shape}; expected at least 2 seeds and 2 schedulers."
        )
    rest = made - made.mean(0) - made.mean(1, keepdims=True) + made.mean()
    within = float((rest**2).sum()) / ((runs - 1) * (schedulers - 1))
    between = runs * float(made.mean(0).var(ddof=1))
    share, p = _share(between, within, (schedulers - 1, (runs - 1) * (schedulers - 1)), level)
    true = sqrt(max(0.0, between - within) / runs)
    return RankingReliability(share, p, true, sqrt(within), runs, schedulers)


def spearman_brown(share: float, factor: float) -> float:
    """Return what a reliable share becomes with more seeds (Spearman, 1910; Brown, 1910).

    Args:
        share: With the seeds there are, 0 to 1.
        factor: Seeds there would be, over those there are.
    """
    return factor * share / (1.0 + (factor - 1.0) * share)


def tau_ceiling(share: float) -> float:
    """Return the tau to be expected of a surrogate that knows the true order.

    2 / pi asin(r) for normal scores of correlation r (Greiner, 1909); that of a mean with the truth
    is the root of the reliable share.
    """
    return 2.0 / pi * asin(sqrt(min(1.0, max(0.0, share))))


def split_half_tau(scores: npt.ArrayLike) -> float | None:
    """Return Kendall's tau-b between the means of two halves of the seeds, over all halvings.

    With an odd number one half has a seed more. None where no halving orders anybody.

    Args:
        scores: Shape (runs, schedulers), at least two runs.
    """
    made = score_matrix(scores, "the schedulers")
    found = [_tau(a.mean(0), b.mean(0)) for a, b in _halves(made)]
    known = [tau for tau in found if tau is not None]
    return float(np.mean(known)) if known else None


def agreement_power(
    schedulers: int,
    share: float,
    *,
    alpha: float = 0.05,
    comparisons: int = 1,
    trials: int = 4_000,
    seed: int = 0,
) -> float:
    """Return how often a surrogate that knows the truth would be found to agree, by trying it.

    Args:
        schedulers: How many are ranked.
        share: Reliable share of the measured ranking, 0 to 1.
        alpha: Level of the exact one-sided test.
        comparisons: Surrogates tried at once; alpha is split among them (Bonferroni).
        trials: Rankings drawn.
        seed: Decides them.
    """
    rng = np.random.default_rng(seed)
    truth = rng.standard_normal((trials, schedulers))
    noise = rng.standard_normal((trials, schedulers))
    seen = sqrt(share) * truth + sqrt(1.0 - share) * noise
    i, j = np.triu_indices(schedulers, 1)
    apart = ((truth[:, i] < truth[:, j]) != (seen[:, i] < seen[:, j])).sum(1)
    kinds, first, times = np.unique(apart, return_index=True, return_counts=True)
    # p depends on the number of inverted pairs alone
    p = [kendall_p(truth[k], seen[k]) for k in first]
    bound = checked_level(alpha, "alpha") / max(1, comparisons)
    return float(times[np.array(p) <= bound].sum() / trials) if len(kinds) else 0.0


def least_tau(schedulers: int, *, alpha: float = 0.05) -> float | None:
    """Return the smallest tau whose exact one-sided p is at most alpha, where nobody is tied.

    Args:
        schedulers: How many are ranked; None comes of fewer than four at the usual level.
        alpha: Level of the test.
    """
    pairs = schedulers * (schedulers - 1) // 2
    upright = np.arange(schedulers)
    found = [
        1.0 - 2.0 * apart / pairs
        for apart in range(pairs + 1)
        if kendall_p(upright, _inverted(schedulers, apart)) <= checked_level(alpha, "alpha")
    ]
    return min(found, default=None)


def _inverted(count: int, pairs: int) -> list[int]:
    """Return an order in which so many pairs are the wrong way round."""
    rest, order = list(range(count)), list[int]()
    for left in reversed(range(count)):
        step = min(pairs, left)
        pairs -= step
        order.append(rest.pop(step))
    return order


def _share(
    between: float, within: float, freedom: tuple[int, int], level: float
) -> tuple[Estimate, float]:
    from scipy.stats import f

    if within == 0.0:
        return Estimate(float(between > 0), None, None), float(between == 0)
    ratio, upper = between / within, 0.5 + checked_level(level) / 2
    bounds = (ratio / f.ppf(upper, *freedom), ratio * f.ppf(upper, *reversed(freedom)))
    shares = [max(0.0, 1.0 - 1.0 / float(r)) if r > 0 else 0.0 for r in (ratio, *bounds)]
    return Estimate(*shares), float(f.sf(ratio, *freedom))


def _halves(scores: Scores) -> Iterator[tuple[Scores, Scores]]:
    runs = len(scores)
    for chosen in combinations(range(runs), runs // 2):
        mask = np.isin(np.arange(runs), chosen)
        yield scores[mask], scores[~mask]


def _tau(first: Scores, second: Scores) -> float | None:
    return kendall(paired(first, second).table())
