"""How sure a share is that was counted on few clips: its confidence interval."""

import math

QUANTILE = 1.959963984540054
"""Of the normal distribution, for an interval of 95 %."""


def wilson_interval(successes: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, both bounds within 0 to 1.

    Wilson's score interval (1927). Unlike the usual one, it has a width where all clips succeed or
    none does.

    Raises:
        ValueError: There are no trials, or not that many successes among them.
    """
    if not 0 <= successes <= of or of < 1:
        raise ValueError(f"{successes} of {of} is no share. Count successes among 1 or more.")
    share, square = successes / of, QUANTILE**2
    centre = (share + square / (2 * of)) / (1 + square / of)
    half = math.sqrt(share * (1 - share) / of + square / (4 * of**2)) * QUANTILE
    half /= 1 + square / of
    return max(0.0, centre - half), min(1.0, centre + half)
