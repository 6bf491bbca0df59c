"""Power: how many seeds it takes to see an effect, and what a few seeds can see.

An effect and a spread may be in any unit as long as it is the same, such as logit of success.
"""

from math import ceil, sqrt
from statistics import NormalDist

import numpy as np

from claims_env.errors import ConfigError
from claims_env.statistics.score_matrix import checked_level
from claims_env.statistics.sign_flips import TOLERANCE, flips

ALPHA, POWER = 0.05, 0.8

_MOST = 100_000
"""Seeds beyond which nobody would ask."""

_NORMAL = NormalDist()


def seeds_needed(
    effect: float,
    sd: float,
    *,
    power: float = POWER,
    alpha: float = ALPHA,
    comparisons: int = 1,
    correlation: float = 0.0,
) -> int:
    """Return the seeds per scheduler at which a two-sided comparison sees an effect.

    Normal approximation: n = 2 (1 - r) (z_{1-a/2} + z_power)^2 sd^2 / effect^2, rounded up. With
    0.13 logit, which is what Tab. 4 of the paper leaves to the scheduler, and runs that spread by
    0.10, ten seeds; one more where the spread is estimated from them, see `power_of`.

    Args:
        effect: Difference of the two means to be seen.
        sd: Standard deviation of one scheduler's runs.
        power: Chance to see it.
        alpha: Chance to see one where there is none.
        comparisons: How many are made at once; alpha is split among them (Bonferroni).
        correlation: Of two schedulers' runs on the same seed; 0 if seeds are not shared.

    Raises:
        ConfigError: A figure is out of range, or no number of seeds people have would do.
    """
    _check(effect, sd, correlation)
    reach = _reach(power, alpha, comparisons)
    needed = 2.0 * (1.0 - correlation) * (reach * sd / effect) ** 2
    if needed > _MOST:
        raise ConfigError(
            f"An effect of {effect:g} at a spread of {sd:g} takes more than {_MOST:,} seeds; ask "
            "for a larger effect."
        )
    return max(2, ceil(needed))


def effect_seen(
    seeds: int,
    sd: float,
    *,
    power: float = POWER,
    alpha: float = ALPHA,
    comparisons: int = 1,
    correlation: float = 0.0,
) -> float:
    """Return the smallest effect so many seeds are likely to see: `seeds_needed` the other way."""
    _check(1.0, sd, correlation)
    _check_seeds(seeds, 1)
    return _reach(power, alpha, comparisons) * sd * sqrt(2.0 * (1.0 - correlation) / seeds)


def power_of(
    seeds: int, effect: float, sd: float, *, alpha: float = ALPHA, paired: bool = False
) -> float:
    """Return the chance that Student's t-test sees an effect, two-sided.

    From the noncentral t distribution, so that the price of estimating the spread is in it.

    Args:
        seeds: Per scheduler, at least 2.
        effect: True difference of the means.
        sd: Standard deviation of one scheduler's runs; of the differences, if paired.
        alpha: Chance to see one where there is none.
        paired: Whether differences on shared seeds are tested.
    """
    from scipy.stats import nct, t

    _check_seeds(seeds, 2)
    freedom = seeds - 1 if paired else 2 * (seeds - 1)
    shift = effect / sd * sqrt(seeds if paired else seeds / 2)
    bound = float(t.ppf(1 - alpha / 2, freedom))
    return float(nct.sf(bound, freedom, shift) + nct.cdf(-bound, freedom, shift))


def simulated_power(
    seeds: int,
    effect: float,
    sd: float,
    *,
    alpha: float = ALPHA,
    repetitions: int = 2_000,
    seed: int = 0,
) -> float:
    """Return the chance that sign flips of paired differences see an effect, by trying it.

    Args:
        seeds: Differences per trial; below 6 the test reaches 0.05 never.
        effect: Mean of the differences.
        sd: Their standard deviation; they are drawn from a normal distribution.
        alpha: Chance to see one where there is none.
        repetitions: Trials; the error of the answer is about 1 / (2 sqrt(repetitions)).
        seed: Decides the trials.
    """
    _check_seeds(seeds, 1)
    rng = np.random.default_rng(seed)
    signs = flips(seeds, seed)
    drawn = rng.normal(effect, sd, size=(repetitions, seeds))
    # one trial at a time keeps 2^12 flips of any number of trials out of memory
    p = [
        float((np.abs(signs @ row) >= abs(row.sum()) - TOLERANCE * np.abs(row).sum()).mean())
        for row in drawn
    ]
    return float((np.array(p) <= alpha).mean())


def wrong_winner(seeds: int, effect: float, sd: float) -> float:
    """Return how often the worse of two schedulers has the better mean.

    Phi(-effect / (sd sqrt(2 / seeds))): 18 % for one seed, 0.13 logit and a spread of 0.10.
    """
    _check_seeds(seeds, 1)
    return _NORMAL.cdf(-abs(effect) / (sd * sqrt(2.0 / seeds)))


def _reach(power: float, alpha: float, comparisons: int) -> float:
    checked_level(power, "power")
    each = checked_level(alpha, "alpha") / max(1, comparisons)
    return _NORMAL.inv_cdf(1.0 - each / 2.0) + _NORMAL.inv_cdf(power)


def _check(effect: float, sd: float, correlation: float) -> None:
    if not (effect != 0 and sd > 0 and -1.0 <= correlation < 1.0):
        raise ConfigError(
            f"effect {effect:g}, sd {sd:g}, correlation {correlation:g}: expected an effect other "
            "than 0, a spread above 0 and a correlation from -1 to below 1."
        )


def _check_seeds(seeds: int, least: int) -> None:
    if seeds < least:
        raise ConfigError(f"seeds is {seeds}; expected {least} or more.")
