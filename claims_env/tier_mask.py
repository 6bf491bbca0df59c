"""Which tiers a domain may be given next: those it offers, not too far from where it stands."""

import numpy as np
import numpy.typing as npt

from claims_env.prompt import SLOTS
from claims_env.tier_observation import OF_DOMAIN
from claims_env.variable_library import TIERS, VariableLibrary
from claims_env.word_grid import Floats

Masks = npt.NDArray[np.bool_]

REACH = 2.0
"""How many tiers a domain's mean may move in a round; ours."""


def offered_tiers(library: VariableLibrary) -> Masks:
    """Return which tiers ask for phrases of their own, shape (domains, 5).

    A slot without a tier gives the nearest, so two tiers can mean the same phrases; then only the
    easier one is offered.
    """
    return np.array([_offered_in(library, domain) for domain in library.domains])


def masked(offered: Masks, digest: Floats, reach: float = REACH) -> Masks:
    """Return which tiers may be chosen, shape (..., domains, 5); at least one in each domain.

    Args:
        offered: What `offered_tiers` returned.
        digest: What was seen of the last round, shape (..., domains, at least 1) (see `digest`).
        reach: How many tiers the mean may move.
    """
    stands = digest[..., OF_DOMAIN.index("tier")] * (TIERS[-1] - TIERS[0]) + TIERS[0]
    apart = np.where(offered, np.abs(np.array(TIERS) - stands[..., None]), np.inf)
    near = apart <= reach
    # where words are sparse nothing may be within reach: the nearest there is then
    nearest = apart == apart.min(axis=-1, keepdims=True)
    return np.where(near.any(axis=-1, keepdims=True), near, nearest)


def _offered_in(library: VariableLibrary, domain: str) -> list[bool]:
    tiers = [sorted({p.tier for p in library.words(domain).phrases[slot]}) for slot in SLOTS]
    asked = [tuple(min(t, key=lambda there: abs(there - tier)) for t in tiers) for tier in TIERS]
    return [what not in asked[:i] for i, what in enumerate(asked)]
