"""The helping wrench at the root: a bounded pull towards the reference.

As in residual force control (Yuan & Kitani 2020), but commanded by a fixed, underdamped spring, not
learned, and bounded: at most `assist` x body weight of force, and that force at `LEVER` as torque.
A result with assist is help received, not tracking; whoever shows one names the assist.
"""

import numpy as np

from claims_env.rotation import Floats, conjugate, multiply, to_rotvec
from claims_env.trackers.mujoco.mjcf import GRAVITY

LEVER = 0.4
"""Largest torque over largest force [m]."""

# per mass: [1/s^2], [1/s]; underdamped: 12 / (2 sqrt(80)) is 0.67 of what critical damping takes
_PULL, _BRAKE = 80.0, 12.0
_TURN, _TURN_BRAKE = 400.0, 40.0  # [Nm/rad], [Nm s/rad]


def wrench(
    qpos: Floats,
    qvel: Floats,
    wanted_qpos: Floats,
    wanted_qvel: Floats,
    *,
    assist: Floats,
    weight: float,
) -> Floats:
    """Return force in world axes and torque in the root's axes, shape (n, 6) [N, Nm].

    Args:
        qpos: States, (n, nq).
        qvel: Velocities, (n, nv).
        wanted_qpos: Reference states, same shape.
        wanted_qvel: Reference velocities, same shape.
        assist: Largest force as a fraction of the weight, shape (n,).
        weight: Body weight [N].
    """
    mass = weight / GRAVITY
    away = wanted_qpos[:, :3] - qpos[:, :3]
    force = mass * (_PULL * away + _BRAKE * (wanted_qvel[:, :3] - qvel[:, :3]))
    turned = to_rotvec(multiply(conjugate(qpos[:, 3:7]), wanted_qpos[:, 3:7]))
    torque = _TURN * turned + _TURN_BRAKE * (wanted_qvel[:, 3:6] - qvel[:, 3:6])
    most = weight * assist[:, None]
    return np.concatenate([_bounded(force, most), _bounded(torque, most * LEVER)], axis=1)


def _bounded(vectors: Floats, most: Floats) -> Floats:
    """Shorten vectors (n, 3) that are longer than `most`, shape (n, 1)."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    shortened: Floats = vectors * np.minimum(1, most / np.maximum(length, 1e-6))
    return shortened
