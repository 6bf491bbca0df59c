"""How far states are from the frame they should have reached, as one cost."""

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.planning.crowd import Standing
from claims_env.trackers.mujoco.planning.target import Target, centre_of_mass
from claims_env.tracking_metrics import EVALUATED, FAILURE_DISTANCE

_PLACE, _POSTURE, _CENTRE = 8.0, 3.0, 5.0  # per [m]
_TURN = 1.5  # per [rad]
_SPEED, _SPIN = 0.5, 0.15  # per [m/s] and [rad/s]

_EDGE = 0.94 * FAILURE_DISTANCE
"""Distance from which on a sample is as good as lost [m]."""

_LOST, _BLOWN_UP = 100.0, 1e6


def disagreement(
    standing: Standing, blown_up: npt.NDArray[np.bool_], target: Target, frame: int, body: Humanoid
) -> tuple[Floats, Floats]:
    """Return the cost of each state, (n,), and its mean landmark distance, (n,) [m].

    The balance of place, posture, root and speeds is ours; that the centre of mass must have a term
    of its own is SAMCON's finding.
    """
    qpos, qvel = standing.qpos.astype(np.float32), standing.qvel.astype(np.float32)
    placement = body.kinematics.place(qpos)
    apart = placement.landmarks - target.landmarks[frame]
    distance = _length(apart[:, EVALUATED]).mean(1)
    cost = (
        _PLACE * distance
        + _POSTURE * _length(apart - apart[:, :1]).mean(1)
        + _CENTRE * _length(centre_of_mass(placement, body) - target.centre[frame])
        + _TURN * _angle(qpos[:, 3:7], target.qpos[frame, 3:7])
        + _SPEED * _length(qvel[:, :3] - target.qvel[frame, :3])
        + _SPIN * _length(qvel[:, 3:6] - target.qvel[frame, 3:6])
        + _LOST * (distance > _EDGE)
        + _BLOWN_UP * blown_up
    )
    return cost, np.where(blown_up, np.inf, distance)


def _length(vectors: Floats) -> Floats:
    length: Floats = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))
    return length


def _angle(a: Floats, b: Floats) -> Floats:
    """Return the angle of the turn between orientations (n, 4) and (4,), shape (n,) [rad]."""
    cosine = np.abs((a * b).sum(-1))
    angle: Floats = 2 * np.arccos(np.minimum(cosine, 1))
    return angle
