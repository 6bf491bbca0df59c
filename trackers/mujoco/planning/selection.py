"""Who goes on: how samples descend from survivors, and which of them survive."""

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.humanoid import Humanoid

Rows = npt.NDArray[np.intp]

_CHANCE = 0.3
"""Half of the survivors are the best, the others spread evenly over this share of the samples."""

_SPREAD = {"Neck": 0.3, "Head": 0.3, "Collar": 0.3, "Shoulder": 0.6, "Elbow": 0.5, "Wrist": 0.3}
"""How much less than hips, trunk and legs these joints try: balance is seldom theirs to keep."""


def parents(random: np.random.Generator, survivors: int, samples: int) -> Rows:
    """Return each sample's parent, (samples,): every survivor once, then any at random."""
    return np.concatenate(
        [np.arange(survivors), random.integers(0, survivors, samples - survivors)]
    )


def selected(cost: Floats, survivors: int) -> Rows:
    """Return the rows that survive, best first, (survivors,).

    Who is merely good now may be best later, so that not only the best go on.
    """
    order = np.argsort(cost, kind="stable")
    best = survivors - survivors // 2
    end = max(int(_CHANCE * len(cost)), survivors)
    chance = np.linspace(best, end, survivors // 2, endpoint=False).astype(np.intp)
    return np.concatenate([order[:best], order[chance]])


def spread_of(body: Humanoid) -> Floats:
    """Return how widely each actuator is tried, shape (actuators,), relative to the hips."""
    joints = body.model.actuator_trnid[:, 0]
    bodies = body.model.jnt_bodyid[joints] - 1
    names = [body.kinematics.bodies[i].split("_")[-1] for i in bodies]
    return np.array([_SPREAD.get(name, 1.0) for name in names], np.float32)
