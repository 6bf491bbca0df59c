"""Everything the tracker has learned, as plain arrays: what stages hand on and checkpoints hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.clip_progress import Practice


@dataclass(frozen=True, slots=True, eq=False)
class LearnerState:
    """The learner between two training stages.

    Attributes:
        parameters: Of policy, value function and noise, in one row.
        first_moment: Adam's, same shape.
        second_moment: Adam's, same shape.
        steps: Gradient steps taken.
        learning_rate: The present one.
        mean: Of observations, shape (size,).
        variance: Of observations, shape (size,).
        count: Observations the scaling has seen.
        practice: How far it has come on each clip it has practised, by the clip's name.
        seed: What `reset` was given.
        stages: Training stages so far.
        samples: Control steps so far.
    """

    parameters: Floats
    first_moment: Floats
    second_moment: Floats
    steps: int
    learning_rate: float
    mean: Floats
    variance: Floats
    count: float
    practice: Mapping[str, Practice]
    seed: int
    stages: int
    samples: int
