"""Which sets are shown to the model together: a few of one domain, each exactly once."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np

from claims_env.briefing import SetView

Group = tuple[SetView, ...]


def groups_of(
    sets: Sequence[SetView],
    domains: Sequence[str],
    by: Literal["random", "severity"],
    size: int,
    seed: int,
) -> list[Group]:
    """Return groups of at most so many sets whose clips could be used, domain by domain.

    A domain's sets are shared out evenly, so that no set is left to be compared with itself alone
    while others are five. None is shown twice: where the official release repeats the worst sets
    until a domain is full, groups are smaller here.

    Args:
        sets: All of a round. Those that were sorted out are in no group, and decide neither on the
            groups of other domains nor on the order of the sets beside them.
        domains: All of the library, in its order.
        by: 'random' shuffles a domain's sets; 'severity' sorts them from the worst tracked on, as
            the official release does, by what is shown of them and by nothing else.
        size: Most sets in a group.
        seed: Of the shuffling.
    """
    found: list[Group] = []
    for place, domain in enumerate(domains):
        mine = [s for s in sets if s.prompt.domain == domain]
        # a generator for each domain: the sets of one do not decide on another's neighbours
        order = np.random.default_rng([seed, place]).permutation(len(mine))
        mine = sorted(mine, key=_severity) if by == "severity" else [mine[i] for i in order]
        found += _shared_out([s for s in mine if s.rejected is None], size)
    return found


def _shared_out(sets: Sequence[SetView], size: int) -> list[Group]:
    count = math.ceil(len(sets) / size)
    bounds = [i * len(sets) // max(count, 1) for i in range(count + 1)]
    return [tuple(sets[i:j]) for i, j in pairwise(bounds)]


def _severity(s: SetView) -> tuple[float, ...]:
    """Order failures first, then large errors, as the release does; what is hidden is equal."""
    tracked = s.tracked
    judged = -(s.difficulty or 0.0)
    if tracked is None:
        return (False, 0.0, 0.0, 0.0, 0.0, judged, s.number)
    errors = (tracked.g_mpjpe, tracked.l_mpjpe, tracked.acc_dist, tracked.vel_dist)
    return (tracked.success, *(-error for error in errors), judged, s.number)
