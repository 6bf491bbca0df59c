"""The simulated humanoid: a body plan as compiled by MuJoCo, or a humanoid of the user's own.

Control runs at 30 Hz, physics at the body's own rate. Damping is passive and in the joints,
integrated implicitly: inside a torque-limited actuator it is unstable at these rates and fakes good
results. Only the floor is touched; limbs pass through each other, which saves a fifth of the time.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mujoco
import numpy as np

from claims_env.errors import UnknownName
from claims_env.rotation import Floats, conjugate, multiply
from claims_env.skeleton import UPRIGHT
from claims_env.trackers.mujoco.body_plan import PLANS, BodyPlan
from claims_env.trackers.mujoco.kinematics import Kinematics
from claims_env.trackers.mujoco.mjcf import GRAVITY, mjcf
from claims_env.trackers.mujoco.supplied_body import read_body

CONTROL_HZ = 30


SUFFIX = ".xml"
"""How the name of a body ends that is a file."""


@dataclass(frozen=True, slots=True, eq=False)
class Humanoid:
    """A compiled body.

    Attributes:
        model: The `mujoco.MjModel`.
        kinematics: Where its bodies and the 24 landmarks are.
        plan: What it was made from.
        weight: Mass times gravity [N].
        lag: Joint damping over stiffness of each actuator, shape (actuators,) [s]: how far ahead a
            target must be for the joint to be in time.
        turned: Rotation from SMPL's rest frame to the bodies' axes, a quaternion, or None where
            they are the same.
    """

    model: Any
    kinematics: Kinematics
    plan: BodyPlan
    weight: float
    lag: Floats
    turned: Floats | None = None

    @property
    def name(self) -> str:
        """What checkpoints know it by; of a supplied file it depends on the contents alone."""
        return self.plan.name

    @property
    def physics_hz(self) -> int:
        """Physics steps per second."""
        return self.plan.physics_hz

    @property
    def substeps(self) -> int:
        """Physics steps per control step."""
        return self.physics_hz // CONTROL_HZ

    @property
    def upright(self) -> Floats:
        """Orientation of its root, a quaternion, when it stands and faces -y."""
        return UPRIGHT if self.turned is None else multiply(UPRIGHT, conjugate(self.turned))

    @property
    def actuators(self) -> int:
        """How many numbers an action has."""
        return int(self.model.nu)


def humanoid(body: str) -> Humanoid:
    """Compile a body.

    Args:
        body: A name in `PLANS`, or the path of an MJCF humanoid, which ends in .xml.

    Raises:
        ConfigError: The file is missing, damaged, or no humanoid on SMPL's skeleton.
        UnknownName: There is no body of that name.
    """
    if body.endswith(SUFFIX):
        supplied = read_body(Path(body))
        return _compiled(supplied.mjcf, supplied.plan, supplied.turned)
    if body not in PLANS:
        raise UnknownName("body", body, [*PLANS, f"the path of an MJCF file (*{SUFFIX})"])
    return _compiled(mjcf(PLANS[body]), PLANS[body], None)


_MANY = 60
"""Velocities from which sparse matrices pay: a fifth faster with 75 of them, slower with 34."""


def _compiled(text: str, plan: BodyPlan, turned: Floats | None) -> Humanoid:
    model = mujoco.MjModel.from_xml_string(text)
    # an automatic reset would hide a blown-up simulation: the environment looks for those itself
    model.opt.disableflags |= mujoco.mjtDisableBit.mjDSBL_AUTORESET
    kinds = mujoco.mjtJacobian
    model.opt.jacobian = kinds.mjJAC_SPARSE if model.nv >= _MANY else kinds.mjJAC_DENSE
    weight = float(model.body_mass.sum()) * GRAVITY
    lag = (model.dof_damping[6:] / model.actuator_gainprm[:, 0]).astype(np.float32)
    return Humanoid(model, Kinematics(model, plan), plan, weight, lag, turned)
