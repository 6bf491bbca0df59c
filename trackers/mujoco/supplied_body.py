"""A humanoid from the user's own MJCF file, such as PHC's, made fit for the tracker.

The file decides bones, masses, shapes, joints and, where it states any, gains and torque limits.
The rest is the package's: solver, step, floor, friction, springs in place of motors, no contact
between limbs and, as in PHC's training, no joint limits.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mujoco
import numpy as np

from claims_env.errors import ConfigError
from claims_env.rotation import Floats, conjugate, multiply
from claims_env.skeleton import STANDING_HEIGHT, UPRIGHT
from claims_env.trackers.mujoco.body_plan import BodyPlan, MovingJoint
from claims_env.trackers.mujoco.joint_strength import Strength, strengths
from claims_env.trackers.mujoco.mjcf import ARMATURE, document, spring, written
from claims_env.trackers.mujoco.supplied_name import supplied_name
from claims_env.trackers.mujoco.supplied_skeleton import rest_rotation, smpl_names

_PHYSICS_HZ = 120
"""As PHC's (`phc/data/cfg/sim/default_sim.yaml`: 60 Hz of two steps each)."""

_SHAPES = {
    mujoco.mjtGeom.mjGEOM_SPHERE: "sphere",
    mujoco.mjtGeom.mjGEOM_CAPSULE: "capsule",
    mujoco.mjtGeom.mjGEOM_ELLIPSOID: "ellipsoid",
    mujoco.mjtGeom.mjGEOM_CYLINDER: "cylinder",
    mujoco.mjtGeom.mjGEOM_BOX: "box",
}
"""What may touch the floor, as `grounding` knows how far it reaches down."""


@dataclass(frozen=True, slots=True, eq=False)
class SuppliedBody:
    """A file that was read.

    Attributes:
        mjcf: The humanoid as the tracker simulates it.
        plan: Its joints, by SMPL name; called after the contents of the file.
        turned: Rotation from SMPL's rest frame to the bodies' axes, a quaternion.
    """

    mjcf: str
    plan: BodyPlan
    turned: Floats


def read_body(path: Path) -> SuppliedBody:
    """Read an MJCF humanoid on SMPL's skeleton.

    Raises:
        ConfigError: The file is missing, damaged, or no such humanoid.
    """
    name = supplied_name(path)
    model = _compiled(path)
    names = smpl_names(model, path)
    _require_contact(model, path)
    turned = rest_rotation(model, names, path)
    strength = strengths(model, names, damping_least=2 / _PHYSICS_HZ)
    damping_time = float(strength.damping.sum() / strength.stiffness.sum())
    plan = BodyPlan(name, _joints(model, names, strength), (), _PHYSICS_HZ, damping_time)
    # the root stands upright wherever the file has it; every other body has its place in the tree
    model.body_pos[1] = (0, 0, STANDING_HEIGHT)
    model.body_quat[1] = multiply(UPRIGHT, conjugate(turned))
    bodies = _body(model, names, strength, 1, path)
    return SuppliedBody(document(plan, bodies, _springs(model, names, strength)), plan, turned)


def _compiled(path: Path) -> Any:
    try:
        return mujoco.MjModel.from_xml_path(str(path))
    except (ValueError, mujoco.FatalError) as error:
        reason = " ".join(str(error).split())
        raise ConfigError(
            f"The body '{path}' is no MJCF that MuJoCo can compile ({reason}). "
            "Open it in `python -m mujoco.viewer` and mend what it says."
        ) from None


def _require_contact(model: Any, path: Path) -> None:
    """Refuse a body none of whose shapes touches: it would fall through the floor."""
    ours = model.geom_bodyid > 0
    if not np.any((model.geom_contype[ours] != 0) | (model.geom_conaffinity[ours] != 0)):
        raise ConfigError(
            f"The body '{path}' has no shape that touches the floor: every geom is only seen. "
            f"Give the feet at least a {_SHAPES[mujoco.mjtGeom.mjGEOM_BOX]} or "
            f"{_SHAPES[mujoco.mjtGeom.mjGEOM_SPHERE]} with contype and conaffinity 1."
        )


def _joints(model: Any, names: list[str], strength: Strength) -> dict[str, MovingJoint]:
    """Return the plan's joints; the hinges of one body may differ, and the strongest stands."""
    joints = {}
    for body, name in enumerate(names[1:], start=2):
        axes = _coordinates(model, body)
        first = int(model.body_jntadr[body])
        x, y, z = (float(c) for c in model.jnt_axis[first])
        joints[name] = MovingJoint(
            name,
            float(strength.stiffness[axes].max()),
            float(strength.torque[axes].max()),
            hinge=(x, y, z) if len(axes) == 1 else None,
        )
    return joints


def _coordinates(model: Any, body: int) -> range:
    """Return which joint coordinates are a body's."""
    first = int(model.body_dofadr[body]) - 6
    return range(first, first + int(model.body_dofnum[body]))


def _body(model: Any, names: list[str], strength: Strength, body: int, path: Path) -> str:
    name = names[body - 1]
    place = f'pos="{written(model.body_pos[body])}" quat="{written(model.body_quat[body])}"'
    children = np.flatnonzero(model.body_parentid == body)
    inside = [
        '<freejoint name="root"/>' if body == 1 else _joint(model, name, strength, body),
        _inertia(model, body),
        *(_shape(model, int(geom), path) for geom in np.flatnonzero(model.geom_bodyid == body)),
        *(_body(model, names, strength, int(child), path) for child in children),
    ]
    return f'<body name="{name}" {place}>{"".join(inside)}</body>'


def _joint(model: Any, name: str, strength: Strength, body: int) -> str:
    text, coordinates = "", _coordinates(model, body)
    for i in range(int(model.body_jntnum[body])):
        joint, at = int(model.body_jntadr[body]) + i, coordinates[i]
        ball = model.jnt_type[joint] == mujoco.mjtJoint.mjJNT_BALL
        kind = 'type="ball"' if ball else f'type="hinge" axis="{written(model.jnt_axis[joint])}"'
        armature = float(model.dof_armature[6 + at]) or ARMATURE
        text += (
            f'<joint name="{name}_{i}" {kind} armature="{armature}" '
            f'damping="{strength.damping[at]}"/>'
        )
    return text


def _inertia(model: Any, body: int) -> str:
    """Return the mass as compiled, so that shapes that are only seen need not be kept for it."""
    return (
        f'<inertial pos="{written(model.body_ipos[body])}" mass="{float(model.body_mass[body])!r}" '
        f'quat="{written(model.body_iquat[body])}" '
        f'diaginertia="{written(model.body_inertia[body])}"/>'
    )


def _shape(model: Any, geom: int, path: Path) -> str:
    if not (model.geom_contype[geom] or model.geom_conaffinity[geom]):
        return ""
    kind = _SHAPES.get(int(model.geom_type[geom]))
    if kind is None:
        raise ConfigError(
            f"The body '{path}' touches things with a mesh, which is too slow to train on. "
            f"Use {', '.join(_SHAPES.values())} for contact, and meshes with contype and "
            "conaffinity 0."
        )
    return (
        f'<geom type="{kind}" size="{written(model.geom_size[geom])}" '
        f'pos="{written(model.geom_pos[geom])}" quat="{written(model.geom_quat[geom])}"/>'
    )


def _springs(model: Any, names: list[str], strength: Strength) -> str:
    """Return one spring per joint coordinate, in the order of the velocities."""
    text = ""
    for body, name in enumerate(names[1:], start=2):
        ball = int(model.body_jntnum[body]) == 1 and len(_coordinates(model, body)) == 3
        for i, at in enumerate(_coordinates(model, body)):
            joint = f"{name}_{0 if ball else i}"
            gear = ("1 0 0", "0 1 0", "0 0 1")[i if ball else 0]
            text += spring(joint, gear, float(strength.stiffness[at]), float(strength.torque[at]))
    return text
