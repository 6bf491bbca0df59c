"""A score matrix as it must be before any figure of it means something."""

import numpy as np
import numpy.typing as npt

from claims_env.errors import ConfigError, ContractBroken
from claims_env.statistics.aggregate import Scores


def score_matrix(scores: npt.ArrayLike, who: str = "a scheduler", axes: int = 2) -> Scores:
    """Return scores as an array (runs, tasks, ...) of finite numbers.

    Args:
        scores: What was measured.
        who: Whose scores they are, for the error.
        axes: How many axes they must have.

    Raises:
        ContractBroken: Another number of axes, no run or task, or a cell that is missing.
    """
    made = np.asarray(scores, dtype=np.float64)
    if made.ndim != axes or 0 in made.shape:
        raise ContractBroken(
            f"The scores of {who} have shape {made.shape}; expected {axes} axes, runs before "
            "tasks, and at least one of each."
        )
    if not np.isfinite(made).all():
        run, task = np.argwhere(~np.isfinite(made))[0][:2].tolist()
        raise ContractBroken(
            f"The score of {who} in run {run}, task {task} is {made[~np.isfinite(made)][0]}. "
            "Play that cell, or leave the task out for everyone."
        )
    return made


def checked_level(level: float, name: str = "level") -> float:
    """Return a share strictly between 0 and 1.

    Raises:
        ConfigError: It is none.
    """
    if not 0.0 < level < 1.0:
        raise ConfigError(f"{name} is {level}; expected a share between 0 and 1, such as 0.95.")
    return level
