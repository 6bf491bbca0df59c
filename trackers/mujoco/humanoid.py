"""The simulated humanoid: a body plan written as MJCF and compiled.

Physics runs at 90 Hz and control at 30 Hz. Damping is passive and in the joints, integrated
implicitly: inside a torque-limited actuator it is unstable at this rate and fakes good results.
Only the floor is touched; limbs pass through each other, which saves a fifth of the time.
"""

from dataclasses import dataclass
from typing import Any

import mujoco
import numpy as np

from claims_env.skeleton import INDEX, JOINTS, OFFSETS, PARENTS, STANDING_HEIGHT, UPRIGHT
from claims_env.trackers.mujoco.body_plan import PLANS, BodyPlan, Shape
from claims_env.trackers.mujoco.kinematics import Kinematics

PHYSICS_HZ = 90
CONTROL_HZ = 30
SUBSTEPS = PHYSICS_HZ // CONTROL_HZ

DAMPING_TIME = 0.05
"""Joint damping over stiffness [s]."""

_ARMATURE = 0.02  # [kg m^2]: keeps light limbs stable at 90 Hz
_GRAVITY = 9.81


@dataclass(frozen=True, slots=True, eq=False)
class Humanoid:
    """A compiled body.

    Attributes:
        model: The `mujoco.MjModel`.
        kinematics: Where its bodies and the 24 landmarks are.
        plan: What it was made from.
        weight: Mass times gravity [N].
    """

    model: Any
    kinematics: Kinematics
    plan: BodyPlan
    weight: float

    @property
    def actuators(self) -> int:
        """How many numbers an action has."""
        return int(self.model.nu)


def humanoid(body: str) -> Humanoid:
    """Compile the body of that name."""
    plan = PLANS[body]
    model = mujoco.MjModel.from_xml_string(mjcf(plan))
    # an automatic reset would hide a blown-up simulation: the environment looks for those itself
    model.opt.disableflags |= mujoco.mjtDisableBit.mjDSBL_AUTORESET
    model.opt.jacobian = mujoco.mjtJacobian.mjJAC_DENSE
    weight = float(model.body_mass.sum()) * _GRAVITY
    return Humanoid(model, Kinematics(model, plan), plan, weight)


def mjcf(plan: BodyPlan) -> str:
    """Return the body plan as MJCF."""
    return f"""<mujoco model="claims_env {plan.name}">
<compiler angle="radian"/>
<option timestep="{1 / PHYSICS_HZ!r}" integrator="implicitfast" cone="pyramidal" solver="Newton"
  iterations="10" ls_iterations="10" gravity="0 0 {-_GRAVITY}"/>
<default><geom condim="3" friction="1 0.005 0.0001" contype="0" conaffinity="1"/></default>
<worldbody>
<geom name="floor" type="plane" size="0 0 1" contype="1" conaffinity="0"/>
{_body(plan, "Pelvis", (0, 0, STANDING_HEIGHT))}
</worldbody>
<actuator>{_actuators(plan)}</actuator>
</mujoco>"""


def _body(plan: BodyPlan, name: str, offset: Any) -> str:
    quat = f' quat="{_text(UPRIGHT)}"' if name == "Pelvis" else ""
    inside = _joint(plan, name) + _contents(plan, name, np.zeros(3))
    return f'<body name="{name}" pos="{_text(offset)}"{quat}>{inside}</body>'


def _contents(plan: BodyPlan, name: str, offset: Any) -> str:
    """Return shapes and children of an SMPL joint that lies at `offset` in the moving body."""
    text = "".join(_geom(shape, offset) for shape in plan.shapes if shape.joint == name)
    for child, parent in zip(JOINTS, PARENTS, strict=True):
        if parent == INDEX[name]:
            place = offset + OFFSETS[INDEX[child]]
            moves = child in plan.joints
            text += _body(plan, child, place) if moves else _contents(plan, child, place)
    return text


def _joint(plan: BodyPlan, name: str) -> str:
    if name == "Pelvis":
        return '<freejoint name="root"/>'
    joint = plan.joints[name]
    kind = 'type="ball"' if joint.hinge is None else f'type="hinge" axis="{_text(joint.hinge)}"'
    damping = joint.stiffness * DAMPING_TIME
    return f'<joint name="{name}" {kind} armature="{_ARMATURE}" damping="{damping}"/>'


def _geom(shape: Shape, offset: Any) -> str:
    start, end = np.add(shape.start, offset), np.add(shape.end, offset)
    place = {
        "capsule": f'fromto="{_text(start)} {_text(end)}" size="{shape.radius}"',
        "sphere": f'pos="{_text(start)}" size="{shape.radius}"',
        "box": f'pos="{_text(start)}" size="{_text(shape.end)}"',
    }[shape.kind]
    return f'<geom type="{shape.kind}" {place} mass="{shape.mass}"/>'


def _actuators(plan: BodyPlan) -> str:
    """Return one spring towards a commanded angle per axis, in the order of the velocities."""
    text = ""
    for name in in_tree_order(plan):
        joint = plan.joints[name]
        gears = ("1 0 0", "0 1 0", "0 0 1") if joint.hinge is None else ("1 0 0",)
        for gear in gears:
            text += (
                f'<general joint="{name}" gear="{gear} 0 0 0" gaintype="fixed" biastype="affine" '
                f'gainprm="{joint.stiffness}" biasprm="0 {-joint.stiffness} 0" '
                f'forcelimited="true" forcerange="{-joint.torque} {joint.torque}"/>'
            )
    return text


def in_tree_order(plan: BodyPlan, below: str = "Pelvis") -> list[str]:
    """Return the moving joints in MuJoCo's order: depth first."""
    order: list[str] = []
    for child, parent in zip(JOINTS, PARENTS, strict=True):
        if parent == INDEX[below]:
            order += [child] * (child in plan.joints) + in_tree_order(plan, child)
    return order


def _text(numbers: Any) -> str:
    return " ".join(repr(float(x)) for x in numbers)
