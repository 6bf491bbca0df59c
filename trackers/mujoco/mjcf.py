"""A body plan as MJCF, the text MuJoCo compiles."""

from typing import Any

import numpy as np

from claims_env.skeleton import INDEX, JOINTS, OFFSETS, PARENTS, STANDING_HEIGHT, UPRIGHT
from claims_env.trackers.mujoco.body_plan import BodyPlan, Shape

ARMATURE = 0.02
"""Inertia of a joint's drive [kg m^2]; keeps light limbs stable at these physics rates."""

GRAVITY = 9.81
"""[m/s^2], downwards."""


def mjcf(plan: BodyPlan) -> str:
    """Return the body plan as MJCF."""
    return document(plan, _body(plan, "Pelvis", (0, 0, STANDING_HEIGHT)), _actuators(plan))


def document(plan: BodyPlan, bodies: str, actuators: str) -> str:
    """Return bodies and actuators as one MJCF document on an empty floor."""
    step = repr(1 / plan.physics_hz)
    return f"""<mujoco model="claims_env {plan.name}">
<compiler angle="radian"/>
<option timestep="{step}" integrator="implicitfast" cone="pyramidal" solver="Newton"
  iterations="10" ls_iterations="10" gravity="0 0 {-GRAVITY}"/>
<default><geom condim="3" friction="1 0.005 0.0001" contype="0" conaffinity="1"/></default>
<worldbody>
<geom name="floor" type="plane" size="0 0 1" contype="1" conaffinity="0"/>
{bodies}
</worldbody>
<actuator>{actuators}</actuator>
</mujoco>"""


def spring(joint: str, gear: str, stiffness: float, torque: float) -> str:
    """Return an actuator that pulls one axis of a joint towards a commanded angle.

    Args:
        joint: Its name.
        gear: The axis: '1 0 0' for a hinge.
        stiffness: [Nm/rad].
        torque: Its bound [Nm].
    """
    return (
        f'<general joint="{joint}" gear="{gear} 0 0 0" gaintype="fixed" biastype="affine" '
        f'gainprm="{stiffness}" biasprm="0 {-stiffness} 0" '
        f'forcelimited="true" forcerange="{-torque} {torque}"/>'
    )


def written(numbers: Any) -> str:
    """Return numbers as MJCF writes them, none of their digits lost."""
    return " ".join(repr(float(x)) for x in numbers)


def _body(plan: BodyPlan, name: str, offset: Any) -> str:
    quat = f' quat="{written(UPRIGHT)}"' if name == "Pelvis" else ""
    inside = _joint(plan, name) + _contents(plan, name, np.zeros(3))
    return f'<body name="{name}" pos="{written(offset)}"{quat}>{inside}</body>'


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
    kind = 'type="ball"' if joint.hinge is None else f'type="hinge" axis="{written(joint.hinge)}"'
    damping = joint.stiffness * plan.damping_time
    return f'<joint name="{name}" {kind} armature="{ARMATURE}" damping="{damping}"/>'


def _geom(shape: Shape, offset: Any) -> str:
    start, end = np.add(shape.start, offset), np.add(shape.end, offset)
    place = {
        "capsule": f'fromto="{written(start)} {written(end)}" size="{shape.radius}"',
        "sphere": f'pos="{written(start)}" size="{shape.radius}"',
        "box": f'pos="{written(start)}" size="{written(shape.end)}"',
    }[shape.kind]
    return f'<geom type="{shape.kind}" {place} mass="{shape.mass}"/>'


def _actuators(plan: BodyPlan) -> str:
    """Return one spring towards a commanded angle per axis, in the order of the velocities."""
    text = ""
    for name in in_tree_order(plan):
        joint = plan.joints[name]
        gears = ("1 0 0", "0 1 0", "0 0 1") if joint.hinge is None else ("1 0 0",)
        for gear in gears:
            text += spring(name, gear, joint.stiffness, joint.torque)
    return text


def in_tree_order(plan: BodyPlan, below: str = "Pelvis") -> list[str]:
    """Return the moving joints in MuJoCo's order: depth first."""
    order: list[str] = []
    for child, parent in zip(JOINTS, PARENTS, strict=True):
        if parent == INDEX[below]:
            order += [child] * (child in plan.joints) + in_tree_order(plan, child)
    return order
