"""What a small change of state or action becomes one control step later, along a path."""

from dataclasses import dataclass

import mujoco
import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.humanoid import Humanoid

_STEP = 1e-3
"""Of the finite differences [m, rad]: about as deep as a sole rests in the floor. Smaller ones take
a contact for glue, and the feedback then pulls feet off the floor."""

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Linearisation:
    """One control step, linear about a point of a path.

    Attributes:
        state: Change of the next state by the present one, shape (2 nv, 2 nv).
        command: Change of the next state by the joints' targets, shape (2 nv, actuators) [1/rad].
    """

    state: Matrix
    command: Matrix


def linearise(qpos: Floats, qvel: Floats, command: Floats, body: Humanoid) -> Linearisation:
    """Return the control step from one state, linear about it.

    MuJoCo differentiates one physics step by finite differences; those of a control step follow
    each other.
    """
    model, n = body.model, 2 * body.model.nv
    data = mujoco.MjData(model)
    data.qpos[:], data.qvel[:], data.ctrl[:] = qpos, qvel, command
    state, by_command = np.eye(n), np.zeros((n, model.nu))
    for _ in range(body.substeps):
        a, b = np.zeros((n, n)), np.zeros((n, model.nu))
        mujoco.mjd_transitionFD(model, data, _STEP, True, a, b, None, None)
        state, by_command = a @ state, a @ by_command + b
        mujoco.mj_step(model, data)
    return Linearisation(state, by_command)
