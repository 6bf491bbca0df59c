"""Kappa: how far two raters agree beyond what their habits alone would bring about."""

import numpy as np
import numpy.typing as npt


def quadratic_kappa(a: npt.ArrayLike, b: npt.ArrayLike) -> float | None:
    """Return the quadratically weighted kappa of two columns of ratings of equal length.

    One minus the mean squared gap over the one that is expected when each rater's scores are dealt
    to the clips at random (Cohen, 1968): 1 for equal scores, 0 for chance, less for worse. The
    scale's ends cancel out. None where chance leaves no gap: both always gave one and the same
    score.
    """
    first, second = (np.asarray(column, dtype=float) for column in (a, b))
    observed = float(((first - second) ** 2).mean())
    expected = float(first.var() + second.var() + (first.mean() - second.mean()) ** 2)
    return 1.0 - observed / expected if expected > 0 else None
