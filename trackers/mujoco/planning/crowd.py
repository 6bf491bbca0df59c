"""Humanoids that take the same control step side by side, from any states."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.batch_physics import BatchPhysics, States, batch_physics
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.simulation import FASTEST


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Where n humanoids are.

    Attributes:
        qpos: Shape (n, nq).
        qvel: Shape (n, nv).
    """

    qpos: States
    qvel: States

    def taken(self, rows: npt.NDArray[np.intp]) -> "Standing":
        """Return the states in these rows, in this order."""
        return Standing(self.qpos[rows], self.qvel[rows])


class Crowd:
    """Simulations of one body, as many as are asked for.

    Every control step starts the contact solver cold. A step then depends on nothing but the state
    and the command, so that a path found among thousands repeats to the last bit on its own.

    Args:
        body: The humanoid.
        threads: Threads the physics may use.
    """

    def __init__(self, body: Humanoid, threads: int = 1) -> None:
        self.body, self._threads = body, threads
        self.steps = 0
        """Control steps of a single humanoid taken so far."""
        self._batches: dict[int, BatchPhysics] = {}

    def step(
        self, standing: Standing, commands: Floats, help_at_root: Floats | float = 0.0
    ) -> tuple[Standing, npt.NDArray[np.bool_]]:
        """Return the states after one control step, and which simulations blew up, (n,).

        Args:
            standing: The states before it.
            commands: Targets of the joints, shape (n, actuators) [rad].
            help_at_root: Force and torque from outside, shape (n, 6) [N, Nm], or none.
        """
        n = len(standing.qpos)
        physics = self._batch(n)
        physics.qpos[:], physics.qvel[:], physics.ctrl[:] = standing.qpos, standing.qvel, commands
        physics.applied[:, :6] = help_at_root
        physics.forget(np.arange(n))
        physics.step(self.body.substeps)
        self.steps += n
        after = Standing(physics.qpos.copy(), physics.qvel.copy())
        blown_up = _blown_up(after)
        # such a state is put back, at rest: what computes with it must not meet NaN
        after.qpos[blown_up], after.qvel[blown_up] = standing.qpos[blown_up], 0
        return after, blown_up

    def _batch(self, n: int) -> BatchPhysics:
        if n not in self._batches:
            self._batches[n] = batch_physics(self.body.model, n, self._threads)
        return self._batches[n]


def _blown_up(standing: Standing) -> npt.NDArray[np.bool_]:
    """Say which states are no longer of this world, shape (n,)."""
    sound = np.isfinite(standing.qpos).all(1) & (np.abs(standing.qvel).max(1) <= FASTEST)
    blown_up: npt.NDArray[np.bool_] = ~sound
    return blown_up
