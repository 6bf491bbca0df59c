"""Feedback around a reconstruction: a controller that comes back to the path when pushed off it.

A time-varying linear-quadratic regulator, in the tangent space of the states. It knows one clip
only and no more of it than the neighbourhood of one path, but is there within seconds: an expert to
learn from.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.kinematics import Indices
from claims_env.trackers.mujoco.planning.linearisation import Linearisation, Matrix, linearise
from claims_env.trackers.mujoco.planning.reconstruction import Reconstruction
from claims_env.trackers.mujoco.planning.tangent import TangentSpace
from claims_env.trackers.mujoco.planning.target import target_of
from claims_env.trackers.mujoco.simulation import ACTION_SCALE

LARGEST = 0.6
"""Most by which a joint's target is corrected [rad]; beyond, the linear rule means nothing."""

COMMAND = 40.0
"""What a correction of a joint's target costs, per [rad^2]; other weights are relative to it."""

_ROOT, _JOINT = 10.0, 10.0  # per [m^2] and [rad^2]
_ROOT_SPEED, _ROOT_SPIN, _JOINT_SPEED = 0.5, 0.2, 0.2  # per [m^2/s^2] and [rad^2/s^2]
_END = 5.0  # what the last frame counts more
_STEEPEST = 1e5
"""Largest norm of the cost-to-go; contacts make it explode backwards in time otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Feedback:
    """A path and the way back to it.

    Attributes:
        name: The clip's name.
        qpos: The path's states, (frames, nq).
        qvel: Its velocities, (frames, nv).
        actions: Its actions, (frames - 1, actuators).
        gains: Change of the action by a deviation of position and velocity in tangent coordinates,
            (frames - 1, actuators, 2 nv).
        tangent: The space of these deviations.
    """

    name: str
    qpos: Floats
    qvel: Floats
    actions: Floats
    gains: Floats
    tangent: TangentSpace

    def act(self, qpos: Floats, qvel: Floats, frames: Indices) -> Floats:
        """Return the actions, (n, actuators), of states that should be at these frames of the path.

        Args:
            qpos: States, shape (n, nq).
            qvel: Velocities, shape (n, nv).
            frames: Frames of the path, (n,); past its end its last action goes on.
        """
        at = np.minimum(frames, len(self.actions) - 1)
        off = self.tangent.apart(self.qpos[at], qpos)
        state = np.concatenate([off, qvel - self.qvel[at]], axis=1).astype(np.float32)
        change = np.einsum("nij,nj->ni", self.gains[at], state)
        limit = LARGEST / ACTION_SCALE
        actions: Floats = self.actions[at] + np.clip(change, -limit, limit)
        return actions.astype(np.float32)


def feedback(reconstruction: Reconstruction, body: Humanoid, *, threads: int = 1) -> Feedback:
    """Return the feedback around a reconstruction.

    Args:
        reconstruction: Whose path to hold.
        body: The humanoid.
        threads: Processor cores to use.
    """
    path = reconstruction
    steps = len(path.actions)
    commands = target_of(path.reference, body).commands[1 : steps + 1]
    commands = commands + ACTION_SCALE * path.actions
    with ThreadPoolExecutor(max_workers=threads) as pool:
        around = list(pool.map(linearise, path.qpos[:-1], path.qvel[:-1], commands, repeat(body)))
    gains = -regulator(around, _state_weights(body)) / ACTION_SCALE
    return Feedback(
        name=path.name,
        qpos=path.qpos,
        qvel=path.qvel,
        actions=path.actions,
        gains=gains.astype(np.float32),
        tangent=TangentSpace(body.model),
    )


def regulator(around: Sequence[Linearisation], weights: Matrix) -> Matrix:
    """Return the regulator's gains, (steps, actuators, 2 nv), by Riccati's recursion backwards.

    Source: Anderson and Moore, Optimal Control: Linear Quadratic Methods (1990), ch. 2.
    """
    ahead, gains = _END * weights, []
    for step in reversed(around):
        a, b = step.state, step.command
        weighed = b.T @ ahead
        gain = np.linalg.solve(COMMAND * np.eye(b.shape[1]) + weighed @ b, weighed @ a)
        ahead = weights + a.T @ ahead @ (a - b @ gain)
        ahead = (ahead + ahead.T) / 2
        ahead *= min(1.0, _STEEPEST / float(np.linalg.norm(ahead, 2)))
        gains.append(gain)
    return np.stack(gains[::-1])


def _state_weights(body: Humanoid) -> Matrix:
    """Return what deviations cost, a diagonal matrix (2 nv, 2 nv)."""
    joints = body.model.nv - 6
    place = [_ROOT] * 6 + [_JOINT] * joints
    speed = [_ROOT_SPEED] * 3 + [_ROOT_SPIN] * 3 + [_JOINT_SPEED] * joints
    return np.diag(np.array(place + speed))
