"""How strong the joints of a supplied humanoid are: from its file where it says so, else PHC's.

Files state gains in three ways: as position servos, as stiffness and damping of the joints (PHC's
`smpl_0_humanoid.xml`, meant as gains and not as a pull to the rest pose), or not at all, when the
file has motors only.
"""

from dataclasses import dataclass
from typing import Any

import mujoco
import numpy as np
import numpy.typing as npt

from claims_env.trackers.mujoco.body_plan import PLANS

_DAMPING_TIME = 0.1
"""Damping over stiffness of PHC's joints [s] (`smpllib/skeleton_local.py` of SMPLSim)."""

_NO_UNIT = 1.0
"""A motor's gear that says nothing: its user scales the command."""


@dataclass(frozen=True, slots=True, eq=False)
class Strength:
    """Of every joint coordinate.

    Attributes:
        stiffness: Shape (coordinates,) [Nm/rad].
        damping: Same shape [Nm s/rad].
        torque: The bound, same shape [Nm].
    """

    stiffness: npt.NDArray[np.float64]
    damping: npt.NDArray[np.float64]
    torque: npt.NDArray[np.float64]


def strengths(model: Any, names: list[str], damping_least: float) -> Strength:
    """Return the strength of every joint coordinate of a compiled file.

    Args:
        model: The file, compiled.
        names: The SMPL joint of each of its bodies, in its order.
        damping_least: Smallest damping over stiffness that is taken for a gain [s]; less would
            not be stable.
    """
    rows = [_strength(model, names, dof, damping_least) for dof in range(6, model.nv)]
    stiffness, damping, torque = (np.array(column) for column in zip(*rows, strict=True))
    return Strength(stiffness, damping, torque)


def _strength(
    model: Any, names: list[str], dof: int, damping_least: float
) -> tuple[float, float, float]:
    """Return stiffness, damping and torque of one degree of freedom."""
    joint = int(model.dof_jntid[dof])
    like = PLANS["full"].joints[names[int(model.jnt_bodyid[joint]) - 1]]
    actuator, gear = _actuator(model, joint, dof)
    stiffness, damping = float(model.jnt_stiffness[joint]), float(model.dof_damping[dof])
    if actuator is not None and model.actuator_biasprm[actuator, 1] < 0:
        stiffness = -float(model.actuator_biasprm[actuator, 1]) * gear**2
        damping -= float(model.actuator_biasprm[actuator, 2]) * gear**2
    if stiffness <= 0 or damping < damping_least * stiffness:
        stiffness, damping = like.stiffness, like.stiffness * _DAMPING_TIME
    return stiffness, damping, _torque(model, actuator, gear) or like.torque


def _actuator(model: Any, joint: int, dof: int) -> tuple[int | None, float]:
    """Return the actuator of a degree of freedom and its gear there."""
    axis = dof - int(model.jnt_dofadr[joint])
    for actuator in range(model.nu):
        on_joint = model.actuator_trntype[actuator] == mujoco.mjtTrn.mjTRN_JOINT
        gear = float(model.actuator_gear[actuator, axis])
        if on_joint and model.actuator_trnid[actuator, 0] == joint and gear != 0:
            return actuator, gear
    return None, 0.0


def _torque(model: Any, actuator: int | None, gear: float) -> float:
    """Return the largest torque of an actuator [Nm], or 0 if it states none."""
    if actuator is None:
        return 0.0
    if model.actuator_forcelimited[actuator]:
        return float(np.abs(model.actuator_forcerange[actuator]).max() * abs(gear))
    motor = model.actuator_biasprm[actuator, 1] == 0 and model.actuator_ctrllimited[actuator]
    if not motor or abs(gear) == _NO_UNIT:
        return 0.0
    most = np.abs(model.actuator_ctrlrange[actuator]).max()
    return float(most * abs(gear) * model.actuator_gainprm[actuator, 0])
