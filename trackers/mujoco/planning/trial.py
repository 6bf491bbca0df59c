"""A trial: a quick attempt at a clip in which a strong hand helps at the root.

Unlike a search it never goes back, so that it costs a twentieth and reaches the end of any clip.
The hand is always there; the samples are chosen for how little they need it. How much help was left
tells what physics would not have given.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.assist import LEVER, wrench
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.planning.crowd import Crowd, Standing
from claims_env.trackers.mujoco.planning.disagreement import disagreement
from claims_env.trackers.mujoco.planning.lineage import Path, Survivors, path_to_best, start
from claims_env.trackers.mujoco.planning.selection import Rows, parents, selected, spread_of
from claims_env.trackers.mujoco.planning.target import Target
from claims_env.trackers.mujoco.simulation import ACTION_SCALE

_SAMPLES, _SURVIVORS = 64, 16
_WINDOW = 2  # control steps
_SPREAD = 0.3  # of the actions, in units of the action
_HABIT = 0.6  # what a sample keeps of its parent's action
_MEMORY = 0.8  # what a lineage has cost so far, beside the present window
_STRAIN = 0.05  # cost of an action, per mean square

_BOUND = 1.5
"""Most force that helps, in body weights: enough to carry the body whatever the clip does."""

_HELP = 1.0
"""Cost of a force of one body weight, and of the torque that goes with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """How an attempt went.

    Attributes:
        path: From the clip's first frame to its last.
        force: Help at the root in each control step, in world axes, (frames - 1, 3) [body weights].
        steps: Control steps of a single humanoid that it took.
    """

    path: Path
    force: Floats
    steps: int


def try_out(target: Target, body: Humanoid, seed: list[int], threads: int = 1) -> Trial:
    """Return how the humanoid gets through a clip with as little help as it can."""
    crowd, random = Crowd(body, threads), np.random.default_rng(seed)
    generations = [start(target.qpos[0], target.qvel[0], body.actuators, _SURVIVORS)]
    spread = spread_of(body) * _SPREAD
    for frame in range(0, len(target.qpos) - 1, _WINDOW):
        chosen = parents(random, _SURVIVORS, _SAMPLES)
        noise = random.standard_normal((_SAMPLES, body.actuators), np.float32)
        actions = _HABIT * generations[-1].actions[chosen] + spread * noise
        actions[0] = 0
        generations.append(_window(generations[-1], chosen, actions, frame, target, crowd))
    path = path_to_best(generations)
    along = Standing(path.qpos[:-1], path.qvel[:-1])
    force = _help(along, target, slice(1, None), body)[:, :3] / body.weight
    return Trial(path, force, crowd.steps)


def _window(
    before: Survivors, chosen: Rows, actions: Floats, frame: int, target: Target, crowd: Crowd
) -> Survivors:
    """Return who survives the window that begins at a frame."""
    standing, states = before.states[-1].taken(chosen), []
    cost: Floats = np.zeros(len(chosen))
    frames = range(frame + 1, min(frame + _WINDOW, len(target.qpos) - 1) + 1)
    for at in frames:
        helped = _help(standing, target, at, crowd.body)
        commands = target.commands[at] + ACTION_SCALE * actions
        standing, blown_up = crowd.step(standing, commands, helped)
        spent, _ = disagreement(standing, blown_up, target, at, crowd.body, balance=0.0)
        cost = cost + (spent + _HELP * _size(helped, crowd.body)) / len(frames)
        states.append(standing)
    total = _MEMORY * before.costs[chosen] + cost + _STRAIN * (actions**2).mean(1)
    kept = selected(total, _SURVIVORS)
    after = tuple(standing.taken(kept) for standing in states)
    return Survivors(chosen[kept], actions[kept], after, total[kept])


def _help(standing: Standing, target: Target, frame: int | slice, body: Humanoid) -> Floats:
    """Return the force and torque that help towards a frame, (n, 6) [N, Nm]."""
    n = len(standing.qpos)
    return wrench(
        standing.qpos.astype(np.float32),
        standing.qvel.astype(np.float32),
        np.broadcast_to(target.qpos[frame], (n, target.qpos.shape[1])),
        np.broadcast_to(target.qvel[frame], (n, target.qvel.shape[1])),
        assist=np.full(n, _BOUND, np.float32),
        weight=body.weight,
    )


def _size(helped: Floats, body: Humanoid) -> Floats:
    """Return force in body weights and torque in body weights times `LEVER`, added up, (n,)."""
    force, torque = (np.linalg.norm(part, axis=1) for part in (helped[:, :3], helped[:, 3:]))
    size: Floats = (force + torque / LEVER) / body.weight
    return size
