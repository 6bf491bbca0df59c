"""The seam to the physics engine: many states of one model, stepped together.

MuJoCo's own `mujoco.batch.Batch` (3.17 and later) steps them on a thread pool with live views;
older releases have `mujoco.rollout`. Results do not depend on the number of threads. On a graphics
card it is `warp_physics`.
"""

from typing import Any, Protocol

import mujoco
import numpy as np
import numpy.typing as npt

States = npt.NDArray[np.floating[Any]]
"""float64 on a CPU, float32 on a graphics card."""
Rows = npt.NDArray[np.intp]


class BatchPhysics(Protocol):
    """n independent simulations; the arrays are live: write them, step, read them."""

    qpos: States
    """Shape (n, nq)."""
    qvel: States
    """Shape (n, nv)."""
    ctrl: States
    """Commanded joint coordinates, shape (n, actuators) [rad]."""
    applied: States
    """Generalised forces from outside, shape (n, nv) [N, Nm]."""

    def step(self, substeps: int) -> None:
        """Advance every simulation by that many physics steps."""
        ...

    def forget(self, rows: Rows) -> None:
        """Drop what the solver remembers of simulations whose state was overwritten."""
        ...


def batch_physics(model: Any, n: int, threads: int = 1, device: str = "cpu") -> BatchPhysics:
    """Return n simulations on the best engine there is for a device.

    Args:
        model: The `mujoco.MjModel`.
        n: How many simulations.
        threads: Threads of the CPU that step them; a graphics card needs none.
        device: 'cpu' or 'cuda'.

    Raises:
        MissingDependency: A graphics card is asked for and mujoco_warp is not installed.
        ConfigError: A graphics card is asked for and there is none.
    """
    if device != "cpu":
        from claims_env.trackers.mujoco.warp_physics import WarpPhysics

        return WarpPhysics(model, n, device)
    _keep_warnings_to_ourselves()
    try:
        from mujoco import batch
    except ImportError:
        return RolloutPhysics(model, n, threads)
    return PooledPhysics(batch.Batch(model, n, nthread=threads))


def _keep_warnings_to_ourselves() -> None:
    """Stop MuJoCo from writing MUJOCO_LOG.TXT into whatever folder the user stands in.

    Simulations that blow up are counted and put back by `Simulation`, so nothing is lost; a handler
    somebody else has set stays.
    """
    if mujoco.get_mju_user_warning() is None:
        mujoco.set_mju_user_warning(_unheard)


def _unheard(warning: str) -> None:
    """Do nothing."""


class PooledPhysics:
    """See `BatchPhysics`; on `mujoco.batch.Batch`."""

    def __init__(self, batch: Any) -> None:
        self._batch = batch
        self.qpos: States = batch.bind("qpos")
        self.qvel: States = batch.bind("qvel")
        self.ctrl: States = batch.bind("ctrl")
        self.applied: States = batch.bind("qfrc_applied")
        self._warmstart: States = batch.bind("qacc_warmstart")

    def step(self, substeps: int) -> None:
        """See `BatchPhysics`."""
        # by keyword: the first positional argument selects simulations
        self._batch.step(nstep=substeps)

    def forget(self, rows: Rows) -> None:
        """See `BatchPhysics`."""
        self._warmstart[rows] = 0


class RolloutPhysics:
    """See `BatchPhysics`; on `mujoco.rollout`, which starts its solver cold at every call."""

    def __init__(self, model: Any, n: int, threads: int = 1) -> None:
        from mujoco import rollout

        self._model, self._rollout = model, rollout.Rollout(nthread=threads if threads > 1 else 0)
        self._data = [mujoco.MjData(model) for _ in range(max(threads, 1))]
        size = mujoco.mj_stateSize(model, mujoco.mjtState.mjSTATE_FULLPHYSICS)
        self._state = np.zeros((n, size))
        self.qpos: States = self._state[:, 1 : 1 + model.nq]
        self.qvel: States = self._state[:, 1 + model.nq : 1 + model.nq + model.nv]
        self._inputs = np.zeros((n, model.nu + model.nv))
        self.ctrl: States = self._inputs[:, : model.nu]
        self.applied: States = self._inputs[:, model.nu :]

    def step(self, substeps: int) -> None:
        """See `BatchPhysics`."""
        spec = mujoco.mjtState.mjSTATE_CTRL | mujoco.mjtState.mjSTATE_QFRC_APPLIED
        states, _ = self._rollout.rollout(
            [self._model] * len(self._state),
            self._data,
            self._state,
            np.repeat(self._inputs[:, None], substeps, axis=1),
            control_spec=int(spec),
        )
        self._state[:] = states[:, -1]

    def forget(self, rows: Rows) -> None:
        """See `BatchPhysics`; there is nothing it remembers."""
