"""Physics on a graphics card: `BatchPhysics` on mujoco_warp, in float32.

The arrays of the seam lie in the host's memory and travel with every step. That is a few hundred
bytes per humanoid and direction, little beside the step itself, and it lets the same code observe,
reward and reset whatever the engine. `tests/trackers/test_warp_physics.py` says how closely this
agrees with MuJoCo on a CPU: to rounding, but for boxes sunk deeper into the floor than they are
thick, of which mujoco_warp holds up all eight corners and MuJoCo four.
"""

import copy
from dataclasses import dataclass
from typing import Any

import mujoco
import numpy as np

from claims_env.errors import ConfigError, TrackerFailed
from claims_env.trackers.mujoco.batch_physics import Rows, States
from claims_env.trackers.mujoco.constraint_capacity import ConstraintCapacity, constraint_capacity
from claims_env.trackers.mujoco.warp_device import CURE, device_of, packages

_LARGEST_DENSE = 60
"""Velocity coordinates beyond which mujoco_warp wants a sparse Jacobian (`put_model`, 4.0)."""

_TOO_SMALL = ("NEFC", "NJMAX_NNZ", "BROADPHASE", "NARROWPHASE", "CCD", "HFIELD")
"""Flags that say memory ran out, by their names in `mujoco_warp.OverflowType`. The others, such as
a solver at its iteration limit, are raised in every fall and are no fault."""


class WarpPhysics:
    """See `BatchPhysics`; on mujoco_warp.

    The first step compiles what is not in warp's cache, which takes a minute or more once. Later
    steps replay a recording of all their substeps (on a card, a CUDA graph), because launching
    some hundred kernels one by one would take longer than running them.

    Args:
        model: The `mujoco.MjModel`; it stays as it is.
        n: How many simulations.
        device: As warp calls it: 'cuda', 'cuda:1'; 'cpu' is for tests, and slow.
        repeatable: Whether the same inputs give the same bytes on the same kind of card. Sums are
            then taken in a fixed order, which costs the solver time.
        capacity: Memory for contacts; None counts what the model needs.

    Raises:
        MissingDependency: mujoco_warp is not installed.
        ConfigError: There is no such device, or mujoco_warp cannot simulate the model.
    """

    def __init__(
        self,
        model: Any,
        n: int,
        device: str = "cuda",
        *,
        repeatable: bool = True,
        capacity: ConstraintCapacity | None = None,
    ) -> None:
        self._warp, self._engine = packages()
        self._device = device_of(self._warp, device)
        self._capacity = capacity or constraint_capacity(model)
        self._graphs: dict[int, Any] = {}
        self._compiled = False
        with self._warp.ScopedDevice(self._device):
            self._model, self._data = self._put(adapted(model), n, repeatable)
            self._mirrors = {name: self._mirror(name) for name in _MIRRORED}
            self._overflow = self._mirror("overflow")
        self._full = sum(int(self._engine.OverflowType[name]) for name in _TOO_SMALL)
        self.qpos: States = self._mirrors["qpos"].view
        self.qvel: States = self._mirrors["qvel"].view
        self.ctrl: States = self._mirrors["ctrl"].view
        self.applied: States = self._mirrors["qfrc_applied"].view

    def step(self, substeps: int) -> None:
        """See `BatchPhysics`.

        Raises:
            TrackerFailed: A simulation had more contacts than there is memory for.
        """
        with self._warp.ScopedDevice(self._device):
            for mirror in self._mirrors.values():
                self._warp.copy(mirror.there, mirror.here)
            self._advance(substeps)
            for mirror in (self._mirrors["qpos"], self._mirrors["qvel"], self._overflow):
                self._warp.copy(mirror.here, mirror.there)
            self._warp.synchronize_device(self._device)
        self._check()

    def forget(self, rows: Rows) -> None:
        """See `BatchPhysics`."""
        if not len(rows):
            return
        which = self._warp.array(np.asarray(rows, np.int32), dtype=int, device=self._device)
        # a whole copy of the accelerations for a few rows would double what travels
        self._warp.indexedarray(self._data.qacc_warmstart, [which, None]).zero_()
        # whatever stream that ran on, the next step comes after it
        self._warp.synchronize_device(self._device)

    def _advance(self, substeps: int) -> None:
        if not self._records():
            self._run(substeps)
            return
        if substeps not in self._graphs:
            with self._warp.ScopedCapture(device=self._device) as capture:
                self._run(substeps)
            self._graphs[substeps] = capture.graph
        self._warp.capture_launch(self._graphs[substeps])

    def _records(self) -> bool:
        """Say whether steps are replayed by now: compiling does not belong into a recording."""
        ready, self._compiled = self._compiled, True
        # without a memory pool a card cannot allocate inside a recording, as the solver does
        return ready and bool(self._device.is_cpu or self._device.is_mempool_enabled)

    def _run(self, substeps: int) -> None:
        for _ in range(substeps):
            self._engine.step(self._model, self._data)

    def _put(self, model: Any, n: int, repeatable: bool) -> tuple[Any, Any]:
        """Bring the model, and n simulations of it, onto the device."""
        try:
            there = self._engine.put_model(model)
        except NotImplementedError as error:
            raise ConfigError(f"mujoco_warp cannot simulate this body: {error} {CURE}") from error
        there.opt.deterministic = self._engine.DeterminismType.ALL if repeatable else 0
        there.opt.warn_overflow = 0  # it would print; `_check` raises
        # before CUDA 12.4 a recording cannot loop, and runs the solver's every iteration
        loops = self._device.is_cpu or self._warp.is_conditional_graph_supported()
        there.opt.graph_conditional = bool(loops)
        room = {"nconmax": self._capacity.contacts, "njmax": self._capacity.rows}
        return there, self._engine.make_data(model, nworld=n, **room)

    def _mirror(self, name: str) -> "_Mirror":
        """Return an array of the simulation together with its place in the host's memory."""
        there = getattr(self._data, name)
        # page-locked where a card is to fetch from it: it can then do so by itself
        pinned = bool(self._device.is_cuda)
        here = self._warp.empty(there.shape, dtype=there.dtype, device="cpu", pinned=pinned)
        self._warp.copy(here, there)
        self._warp.synchronize_device(self._device)
        return _Mirror(here, there, here.numpy())

    def _check(self) -> None:
        full = np.flatnonzero(self._overflow.view & self._full)
        if len(full):
            raise TrackerFailed(_out_of_room(self._capacity, full, self._flags(full[0])))

    def _flags(self, world: int) -> str:
        flags = int(self._overflow.view[world]) & self._full
        return str(self._engine.OverflowType(flags).name)


_MIRRORED = ("qpos", "qvel", "ctrl", "qfrc_applied")


@dataclass(frozen=True, slots=True, eq=False)
class _Mirror:
    """An array on the device, its copy in the host's memory, and that copy as numpy sees it."""

    here: Any
    there: Any
    view: Any


def adapted(model: Any) -> Any:
    """Return a copy of a `mujoco.MjModel` with the options mujoco_warp knows, and the same physics.

    mujoco_warp never resets a simulation by itself, so it refuses the flag that forbids it.
    """
    fitting = copy.copy(model)
    fitting.opt.disableflags &= ~int(mujoco.mjtDisableBit.mjDSBL_AUTORESET)
    sparse = model.nv > _LARGEST_DENSE
    jacobian = mujoco.mjtJacobian
    fitting.opt.jacobian = jacobian.mjJAC_SPARSE if sparse else jacobian.mjJAC_DENSE
    return fitting


def _out_of_room(capacity: ConstraintCapacity, full: Rows, flags: str) -> str:
    return (
        f"{len(full)} simulations on the graphics card needed more than the {capacity.contacts} "
        f"contacts and {capacity.rows} constraint rows there is memory for ({flags}). {CURE}"
    )
