"""How much a control step is worth: closeness in place, posture and velocity, from 0 to 1.

The form (weighted exponentials of squared errors) is DeepMimic's (Peng et al. 2018) and PHC's; two
scales for the place keep a slope both for a body that is far off and for one that is nearly right.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.simulation import Simulation


def imitation_reward(simulation: Simulation) -> Floats:
    """Return the reward of the state each humanoid has reached, shape (n,), 0 to 1."""
    s, at = simulation, simulation.ahead(0)
    place = _squares(s.placement.landmarks - s.corpus.landmarks[at]).mean(1)
    aligned = (s.placement.orientations * s.corpus.orientations[at]).sum(-1) ** 2
    # 4 sin^2(angle/2) is the squared angle while it is small, and needs no arc cosine
    posture = 4 * (1 - aligned).mean(1)
    joint_speed = _squares(s.qvel[:, 6:] - s.corpus.qvel[at, 6:]) / (s.qvel.shape[1] - 6)
    root_speed = _squares(s.qvel[:, :3] - s.corpus.qvel[at, :3])
    total = (
        0.5 * (0.5 * np.exp(-100 * place) + 0.5 * np.exp(-10 * place))
        + 0.25 * np.exp(-10 * posture)
        + 0.15 * np.exp(-0.05 * joint_speed)
        + 0.1 * np.exp(-root_speed)
    )
    return np.where(s.diverged, 0, total).astype(np.float32)


def distance(simulation: Simulation) -> npt.NDArray[np.floating[Any]]:
    """Return the mean distance of the 24 landmarks from the reference, shape (n,) [m]."""
    apart = simulation.placement.landmarks - simulation.corpus.landmarks[simulation.ahead(0)]
    mean: Floats = np.sqrt(_squares(apart)).mean(1)
    return mean


def _squares(vectors: Floats) -> Floats:
    squares: Floats = np.einsum("...i,...i->...", vectors, vectors)
    return squares
