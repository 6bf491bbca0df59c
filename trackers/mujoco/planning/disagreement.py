"""How far states are from the frame they should have reached, as one cost."""

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.skeleton import INDEX
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

_ANKLES = [INDEX["L_Ankle"], INDEX["R_Ankle"]]


def disagreement(
    standing: Standing,
    blown_up: npt.NDArray[np.bool_],
    target: Target,
    frame: int,
    body: Humanoid,
    *,
    balance: float,
) -> tuple[Floats, Floats]:
    """Return the cost of each state, (n,), and its mean landmark distance, (n,) [m].

    The weights are ours. That the centre of mass needs a term of its own, and another for where it
    is over the feet, is SAMCON's finding (Liu et al. 2010): a body may stand beside the clip's
    place, but not beside its own feet.

    Args:
        standing: The states, n of them.
        blown_up: Which simulations blew up, (n,).
        target: The clip.
        frame: The frame they should have reached.
        body: The humanoid.
        balance: Weight of the place of the centre of mass over the feet [1/m].
    """
    qpos, qvel = standing.qpos.astype(np.float32), standing.qvel.astype(np.float32)
    placement = body.kinematics.place(qpos)
    apart = placement.landmarks - target.landmarks[frame]
    distance = _length(apart[:, EVALUATED]).mean(1)
    centre, wanted = centre_of_mass(placement, body), target.centre[frame]
    over = _over_feet(centre, placement.landmarks) - _over_feet(wanted, target.landmarks[frame])
    cost = (
        _PLACE * distance
        + _POSTURE * _length(apart - apart[:, :1]).mean(1)
        + _CENTRE * _length(centre - wanted)
        + balance * _length(over).mean(1)
        + _TURN * _angle(qpos[:, 3:7], target.qpos[frame, 3:7])
        + _SPEED * _length(qvel[:, :3] - target.qvel[frame, :3])
        + _SPIN * _length(qvel[:, 3:6] - target.qvel[frame, 3:6])
        + _LOST * (distance > _EDGE)
        + _BLOWN_UP * blown_up
    )
    return cost, np.where(blown_up, np.inf, distance)


def _over_feet(centre: Floats, landmarks: Floats) -> Floats:
    """Return the way from either ankle to the centre of mass along the floor, (..., 2, 2) [m]."""
    return centre[..., None, :2] - landmarks[..., _ANKLES, :2]


def _length(vectors: Floats) -> Floats:
    length: Floats = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))
    return length


def _angle(a: Floats, b: Floats) -> Floats:
    """Return the angle of the turn between orientations (n, 4) and (4,), shape (n,) [rad]."""
    cosine = np.abs((a * b).sum(-1))
    angle: Floats = 2 * np.arccos(np.minimum(cosine, 1))
    return angle
