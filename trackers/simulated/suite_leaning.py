"""How much each held-out suite leans on each domain of movement."""

from collections.abc import Sequence

import numpy as np

from claims_env.word_grid import Floats
from claims_env.world import SimulatedSuite


def suite_leaning(suites: Sequence[SimulatedSuite], domains: Sequence[str]) -> Floats:
    """Return the weights, rows summing to 1, shape (suites, domains).

    A suite that leans on none of the domains there are leans on all of them alike.
    """
    rows = [[suite.domains.get(domain, 0.0) for domain in domains] for suite in suites]
    weights = np.array(rows)
    weights[weights.sum(1) == 0] = 1.0
    shares: Floats = weights / weights.sum(1, keepdims=True)
    return shares
