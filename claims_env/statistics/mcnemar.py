"""McNemar's test: whether two trackers succeed equally often on the same clips."""

from dataclasses import dataclass
from math import comb

import numpy as np
import numpy.typing as npt

from claims_env.errors import ContractBroken


@dataclass(frozen=True, slots=True)
class PairedSuccess:
    """What became of clips both were tried on.

    Attributes:
        only_first: Clips only the first tracked.
        only_second: Clips only the second tracked.
        clips: Clips in all.
        p: Two-sided exact p-value.
        mid_p: The same with half the weight on what was seen: less strict, closer to nominal
            (Fagerland, Lydersen and Laake, 2013).
    """

    only_first: int
    only_second: int
    clips: int
    p: float
    mid_p: float


def mcnemar(first: npt.ArrayLike, second: npt.ArrayLike) -> PairedSuccess:
    """Return the comparison of two columns of successes, clip by clip.

    Only clips on which they disagree count, and under the null each falls to either side like a
    coin (McNemar, 1947; exact by the binomial). Clips count as independent: pool no clip over
    several seeds of one scheduler, test each pair of trackings apart.

    Raises:
        ContractBroken: The columns differ in length.
    """
    a, b = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    if a.shape != b.shape or a.ndim != 1:
        raise ContractBroken(
            f"Successes have shapes {a.shape} and {b.shape}; expected the same clips in one row."
        )
    only_first, only_second = int((a & ~b).sum()), int((b & ~a).sum())
    return PairedSuccess(only_first, only_second, len(a), *_exact(only_first, only_second))


def _exact(one: int, other: int) -> tuple[float, float]:
    of, fewer = one + other, min(one, other)
    seen = comb(of, fewer) / 2**of
    tail = sum(comb(of, k) for k in range(fewer + 1)) / 2**of
    mid = 1.0 if one == other else 2 * tail - seen
    return min(1.0, 2 * tail), mid
