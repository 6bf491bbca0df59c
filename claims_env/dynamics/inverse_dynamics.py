"""Inverse dynamics: the moments that muscles would have to apply at the joints.

What a joint passes on is what everything beyond it takes, less what the floor gives there: sums
over the subtrees of the skeleton, from Newton's and Euler's equations of each segment.
"""

import numpy as np

from claims_env.dynamics.body import BODY_MASS
from claims_env.dynamics.ground_force import GroundForces
from claims_env.dynamics.momentum import cross
from claims_env.dynamics.segment_motion import SegmentMotion
from claims_env.rotation import Floats
from claims_env.skeleton import JOINTS, PARENTS

_STRENGTH = {
    "Hip": 300.0, "Knee": 280.0, "Ankle": 200.0, "Foot": 80.0,
    "Spine1": 350.0, "Spine2": 300.0, "Spine3": 300.0, "Neck": 60.0, "Head": 60.0,
    "Collar": 150.0, "Shoulder": 120.0, "Elbow": 80.0, "Wrist": 25.0, "Hand": 10.0,
}  # fmt: skip

STRENGTH = np.array(
    [
        _STRENGTH.get(name.removeprefix("L_").removeprefix("R_"), np.inf) / BODY_MASS
        for name in JOINTS
    ]
)
"""The moment a strong person can hold at each joint, per kilogram, shape (24,) [m^2/s^2].

Our round figures for two-sided strength of trained young men; of hips, knees and ankles Anderson
et al. (2007) measured this order. The pelvis has none: what acts there is the residual.
"""


def joint_moments(needed: SegmentMotion, ground: GroundForces | None) -> Floats:
    """Return the moment each joint applies to what it carries, per kilogram of body mass.

    Args:
        needed: What the movement takes.
        ground: What the floor gives; None: nothing.

    Returns:
        Shape (frames, 24, 3) [m^2/s^2], in world axes. The pelvis's row is what an invisible
        hand would have to turn it with.
    """
    forces = needed.forces.copy()
    moments = needed.moments + cross(needed.centres, needed.forces)
    if ground is not None:
        belongs = np.eye(len(JOINTS))[:, ground.joints]
        forces -= belongs @ ground.forces
        moments -= belongs @ cross(ground.points, ground.forces)
    return np.asarray(BEYOND @ moments - cross(needed.joints, BEYOND @ forces))


def power(moments: Floats, spins: Floats) -> Floats:
    """Return the work muscles do and take up, shape (frames,) [W/kg].

    The sum over joints of |moment . (turning of the joint's segment - its parent's)|: work a muscle
    does in one joint and another takes up in the next counts twice, as both get tired.

    Args:
        moments: Of the joints, shape (frames, 24, 3) [m^2/s^2].
        spins: Angular velocities of the segments, shape (frames, 24, 3) [rad/s].
    """
    bending = spins[:, 1:] - spins[:, PARENTS[1:]]
    return np.asarray(np.abs(np.einsum("tjx,tjx->tj", moments[:, 1:], bending)).sum(1))


def load(moments: Floats) -> Floats:
    """Return each joint's moment as a share of its `STRENGTH`, shape (frames, 24)."""
    return np.asarray(np.sqrt((moments**2).sum(-1)) / STRENGTH)


def _beyond() -> Floats:
    carries = np.eye(len(JOINTS))
    for joint in range(len(JOINTS) - 1, 0, -1):
        carries[PARENTS[joint]] += carries[joint]
    return carries


BEYOND = _beyond()
"""1 where the joint of the row carries the segment of the column, shape (24, 24)."""
