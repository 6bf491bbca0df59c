"""Scores on one scale: how much of the way from a floor to a ceiling each run went."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from claims_env.errors import ContractBroken, UnknownName
from claims_env.statistics.aggregate import Scores
from claims_env.statistics.score_matrix import score_matrix


def normalised(scores: Mapping[str, npt.ArrayLike], floor: str, ceiling: str) -> dict[str, Scores]:
    """Return scores such that the mean of one scheduler is 0 and that of another 1, in each task.

    Raw shares of success favour the tasks in which they vary most. A random scheduler as the floor
    and an oracle as the ceiling give every task the same say.

    Args:
        scores: Shape (runs, tasks) each.
        floor: Who has 0.
        ceiling: Who has 1.

    Raises:
        UnknownName: Floor or ceiling was not played.
        ContractBroken: In some task the ceiling is no higher than the floor; a world where the
            scheduler has no effect is no yardstick and must be left out.
    """
    for name in (floor, ceiling):
        if name not in scores:
            raise UnknownName("scheduler with scores", name, scores)
    made = {name: score_matrix(given, name) for name, given in scores.items()}
    low, high = made[floor].mean(0), made[ceiling].mean(0)
    if not (high > low).all():
        task = int(np.argmin(high - low))
        raise ContractBroken(
            f"In task {task} '{ceiling}' scores {high[task]:.4g}, '{floor}' {low[task]:.4g}: no "
            "scale. Leave this task out."
        )
    return {name: (matrix - low) / (high - low) for name, matrix in made.items()}
