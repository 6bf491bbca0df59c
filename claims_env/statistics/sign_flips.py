"""Sign flips: what differences between two schedulers would look like if neither were better.

Played on the same seed, two equal schedulers might as well swap names: the sign of a seed's
difference is then a coin (Fisher, 1935). With ten seeds there are 1,024 ways to flip, so that the
test is exact and no distribution is assumed but symmetry.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

from claims_env.errors import ContractBroken
from claims_env.statistics.aggregate import Scores

Alternative = Literal["two-sided", "greater"]

EXACT = 12
"""Most runs of which every flip is tried."""

FLIPS = 8_192
"""Flips tried of more runs; the first is none at all, so that no p-value is 0."""

TOLERANCE = 1e-9
"""What sums may differ by, relative, and still be equal: they are added in different orders."""


def flips(runs: int, seed: int = 0) -> Scores:
    """Return signs, shape (flips, runs), the first row all positive.

    All 2^runs of them up to `EXACT` runs; else `FLIPS` at random.
    """
    if runs <= EXACT:
        bits = np.arange(2**runs)[:, None] >> np.arange(runs) & 1
        return np.asarray(1.0 - 2.0 * bits)
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], size=(FLIPS, runs))
    signs[0] = 1.0
    return np.asarray(signs)


def sign_flip_p(
    differences: npt.ArrayLike, alternative: Alternative = "two-sided", *, seed: int = 0
) -> float:
    """Return the p-value of differences that would be symmetric about 0 under the null.

    The share of flips whose sum is as extreme as what was seen. Of n seeds no p-value is below
    2^-n, or twice that two-sided: five seeds never reach 0.05.

    Args:
        differences: One per run, shape (runs,).
        alternative: 'greater' asks only whether they are positive.
        seed: Decides the flips where there are too many to try all.

    Raises:
        ContractBroken: There are none, or one is not finite.
    """
    given = np.asarray(differences, dtype=np.float64)
    if given.ndim != 1 or not len(given) or not np.isfinite(given).all():
        raise ContractBroken(
            f"Differences are {given.tolist()}; expected one finite number per run."
        )
    sums = flips(len(given), seed) @ given
    sums = sums if alternative == "greater" else np.abs(sums)
    slack = TOLERANCE * np.abs(given).sum()
    return float((sums >= sums[0] - slack).mean())
