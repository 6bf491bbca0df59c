"""Effort: how hard the joints work along a path."""

import numpy as np

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.humanoid import Humanoid
from claims_env.trackers.mujoco.planning.lineage import Path
from claims_env.trackers.mujoco.planning.target import Target
from claims_env.trackers.mujoco.simulation import ACTION_SCALE


def effort(path: Path, target: Target, body: Humanoid) -> float:
    """Return the mean of |torque x joint velocity|, summed over the joints, per body mass [W/kg].

    Work done on a joint counts like work done by it, since muscles pay for both. The torque is the
    springs', limited as the simulation limits it; each control step counts with the mean of its
    beginning and its end.
    """
    steps = len(path.actions)
    if steps == 0:
        return 0.0
    commands = target.commands[1 : steps + 1] + ACTION_SCALE * path.actions
    begin, end = (_power(path, slice(i, i + steps), commands, body) for i in (0, 1))
    return float((begin + end).mean() / 2 / body.model.body_mass.sum())


def _power(path: Path, frames: slice, commands: Floats, body: Humanoid) -> Floats:
    """Return the power at each of these frames, (frames,) [W]."""
    model = body.model
    reached = body.kinematics.coordinates(path.qpos[frames].astype(np.float32))
    limits = model.actuator_forcerange.T
    torque = np.clip(model.actuator_gainprm[:, 0] * (commands - reached), *limits)
    power: Floats = np.abs(torque * path.qvel[frames, 6:]).sum(1)
    return power
