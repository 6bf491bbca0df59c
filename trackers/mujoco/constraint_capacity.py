"""How many contacts and constraint rows one simulation can need at once, read off its model.

A graphics card reserves memory before it simulates, where MuJoCo on a CPU takes what it needs. The
floor is counted in full, as a body lying flat needs it; of limbs against limbs, which never all
touch at once, there is room for a few contacts each.
"""

from dataclasses import dataclass
from typing import Any

import mujoco
import numpy as np
import numpy.typing as npt

_ON_A_PLANE = {
    mujoco.mjtGeom.mjGEOM_SPHERE: 1,
    mujoco.mjtGeom.mjGEOM_CAPSULE: 2,
    mujoco.mjtGeom.mjGEOM_ELLIPSOID: 1,
    mujoco.mjtGeom.mjGEOM_BOX: 8,
}
"""Most contacts of a shape with a plane in mujoco_warp 4.0 (`collision_primitive_core.py`), which
keeps every corner of a box that is under the floor; MuJoCo's own code keeps four."""

_OTHERS_ON_A_PLANE = 4  # cylinders and meshes
_PER_PAIR = 4
_BETWEEN_LIMBS = 4  # contacts per colliding shape: two neighbours, two contacts each

_LARGEST_EQUALITY = 6  # rows of a weld, the largest; a limit has two sides


@dataclass(frozen=True, slots=True)
class ConstraintCapacity:
    """What one simulation can need at once.

    Attributes:
        contacts: Contact points.
        rows: Rows of the constraint Jacobian: contacts, limits, dry friction and equalities.
    """

    contacts: int
    rows: int


def constraint_capacity(model: Any) -> ConstraintCapacity:
    """Return an upper bound on what simulations of a `mujoco.MjModel` need, with headroom."""
    contacts = _floor_contacts(model) + _limb_contacts(model) + _PER_PAIR * model.npair
    # one more, so that a model without any still gets arrays
    rows = 1 + contacts * _rows_per_contact(model) + _other_rows(model)
    return ConstraintCapacity(int(contacts) + 1, int(rows))


def _floor_contacts(model: Any) -> int:
    planes = model.geom_type == mujoco.mjtGeom.mjGEOM_PLANE
    most = [_ON_A_PLANE.get(mujoco.mjtGeom(kind), _OTHERS_ON_A_PLANE) for kind in model.geom_type]
    return int((_meet(model)[planes] * np.array(most) * ~planes).sum())


def _limb_contacts(model: Any) -> int:
    """Return the room for contacts between shapes that are no planes."""
    shapes = model.geom_type != mujoco.mjtGeom.mjGEOM_PLANE
    touching = _meet(model)[np.ix_(shapes, shapes)]
    pairs = int(np.triu(touching, 1).sum())
    return min(_PER_PAIR * pairs, _BETWEEN_LIMBS * int(touching.any(1).sum()))


def _meet(model: Any) -> npt.NDArray[np.bool_]:
    """Say which two geoms may collide, shape (ngeom, ngeom): MuJoCo's rule but for parents."""
    wanted = (model.geom_contype[:, None] & model.geom_conaffinity[None]) != 0
    welded = model.body_weldid[model.geom_bodyid]
    return np.asarray((wanted | wanted.T) & (welded[:, None] != welded[None]))


def _rows_per_contact(model: Any) -> int:
    """Return the rows of the contact with the most kinds of friction.

    A pyramid has two edges per direction besides the normal; an elliptic cone one row for each.
    """
    dimensions = max((1, *model.geom_condim, *model.pair_dim))
    pyramid = model.opt.cone == mujoco.mjtCone.mjCONE_PYRAMIDAL
    return int(2 * (dimensions - 1) if pyramid and dimensions > 1 else dimensions)


def _other_rows(model: Any) -> int:
    limits = int(model.jnt_limited.sum()) + int(model.tendon_limited.sum())
    friction = int((model.dof_frictionloss > 0).sum() + (model.tendon_frictionloss > 0).sum())
    return 2 * limits + friction + _LARGEST_EQUALITY * int(model.neq)
