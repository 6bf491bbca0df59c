"""Who descends from whom: the survivors of each window, and the way back from the last of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.planning.crowd import Standing


@dataclass(frozen=True, slots=True, eq=False)
class Survivors:
    """What is kept of one window; s humanoids.

    Attributes:
        parents: The survivor of the window before that each came from, (s,).
        actions: What each did throughout the window, (s, actuators).
        states: Where each was after every control step of the window.
        costs: What each lineage has cost so far, (s,).
    """

    parents: npt.NDArray[np.intp]
    actions: Floats
    states: tuple[Standing, ...]
    costs: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """One humanoid's way.

    Attributes:
        qpos: Its states, shape (frames, nq).
        qvel: Its velocities, shape (frames, nv).
        actions: What it did at each frame but the last, shape (frames - 1, actuators).
    """

    qpos: Floats
    qvel: Floats
    actions: Floats


def start(qpos: Floats, qvel: Floats, actuators: int, survivors: int) -> Survivors:
    """Return a first generation: one state, many times over."""
    standing = Standing(
        np.tile(qpos.astype(np.float64), (survivors, 1)),
        np.tile(qvel.astype(np.float64), (survivors, 1)),
    )
    actions = np.zeros((survivors, actuators), np.float32)
    return Survivors(np.arange(survivors), actions, (standing,), np.zeros(survivors))


def path_to_best(generations: Sequence[Survivors]) -> Path:
    """Return the way from the start to the cheapest survivor of the last window.

    Args:
        generations: The start, then the survivors of each window.
    """
    row = int(np.argmin(generations[-1].costs))
    states: list[Standing] = []
    actions: list[Floats] = []
    for generation in reversed(generations):
        at = np.array([row])
        states = [standing.taken(at) for standing in generation.states] + states
        actions = [generation.actions[at]] * len(generation.states) + actions
        row = int(generation.parents[row])
    return Path(
        qpos=np.concatenate([standing.qpos for standing in states]),
        qvel=np.concatenate([standing.qvel for standing in states]),
        actions=np.concatenate(actions[1:]) if len(actions) > 1 else actions[0][:0],
    )
