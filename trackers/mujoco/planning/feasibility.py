"""Feasibility: what a trial tells of how well a clip obeys physics."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from claims_env.feasibility import Feasibility
from claims_env.rotation import Floats
from claims_env.trackers.mujoco.humanoid import CONTROL_HZ, Humanoid
from claims_env.trackers.mujoco.planning.effort import effort
from claims_env.trackers.mujoco.planning.target import Target
from claims_env.trackers.mujoco.planning.trial import Trial
from claims_env.trackers.mujoco.reference import Reference

_HANGING = 15
"""Control steps over which the lift is averaged before the worst is taken: half a second, so that
a landing that was helped does not count as hanging in the air."""

TOLERANCE: Mapping[str, float] = MappingProxyType(
    {"lift": 0.8, "jump": 0.37, "shift": 0.2, "off_floor": 0.1}
)
"""At which value each figure alone makes a clip's score one half."""

_STEEPNESS = 4.0
"""Power to which a figure over its tolerance counts: what lies well below tells nothing."""


def feasibility(
    trial: Trial, reference: Reference, target: Target, body: Humanoid, *, core_seconds: float = 0.0
) -> Feasibility:
    """Return how well a clip obeys physics, from a trial of it.

    Args:
        trial: The attempt.
        reference: The clip.
        target: What the attempt aimed at.
        body: The humanoid.
        core_seconds: Processor time of the attempt [s].
    """
    placement = body.kinematics.place(trial.path.qpos.astype(np.float32))
    apart = placement.landmarks - target.landmarks
    distance = np.linalg.norm(apart, axis=-1).mean(1)
    leaps = np.linalg.norm(np.diff(apart, axis=0), axis=-1)
    figures = {
        "lift": _worst(trial.force[:, 2], _HANGING),
        "jump": float(leaps.max()),
        "shift": float(leaps.mean(1).max()),
        # the reference was set on the floor: what that changed, the clip itself had wrong
        "off_floor": abs(float(reference.raised)),
    }
    return Feasibility(
        score=score(figures),
        **figures,
        help=float(np.linalg.norm(trial.force, axis=1).mean()),
        mean_distance=float(distance.mean()),
        worst_distance=float(distance.max()),
        effort=effort(trial.path, target, body),
        seconds=(len(distance) - 1) / CONTROL_HZ,
        core_seconds=core_seconds,
    )


def score(figures: Mapping[str, float]) -> float:
    """Return the score of the figures named in `TOLERANCE`: 1 / (1 + sum of (x / tolerance)^4)."""
    strikes = sum((figures[name] / limit) ** _STEEPNESS for name, limit in TOLERANCE.items())
    return float(1 / (1 + strikes))


def _worst(values: Floats, frames: int) -> float:
    """Return the largest size of a running mean; of everything where there is less."""
    window = min(frames, len(values))
    return float(np.abs(np.convolve(values, np.full(window, 1 / window), "valid")).max())
