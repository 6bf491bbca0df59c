"""Strain: what a motion would ask of a body, in a few figures.

Effort is mechanical power and not a norm of moments: over composed clips it follows the prior tier
best (rank correlation 0.84, against 0.80 for moments relative to strength), it needs no table of
strengths, and a walk comes out at the 3 to 4 W/kg that gait laboratories find. What it cannot see,
holding still in a hard place, is what `joint_load` is for.
"""

from typing import Any

import numpy as np

from claims_env.contact import Mask
from claims_env.dynamics.ground_force import ground_forces
from claims_env.dynamics.inverse_dynamics import joint_moments, load, power
from claims_env.dynamics.segment_motion import SegmentMotion, segment_motion
from claims_env.dynamics.self_penetration import self_penetration
from claims_env.flight import GRAVITY, clear_spells, fall_error, spin_drift
from claims_env.joint_limits import beyond
from claims_env.motion import Motion
from claims_env.percentile import percentile
from claims_env.rotation import Floats

_STANDING = 0.3
"""What the feet carry when friction is asked for, at least [body weights]."""


def measure_strain(motion: Motion, height: Floats, is_falling: Mask) -> dict[str, Any]:
    """Return what the motion takes of muscles and floor, and where it breaks the body's laws.

    Args:
        motion: The motion; the floor is z = 0.
        height: Of the body's lowest point, shape (frames,) [m].
        is_falling: The frames of free fall, shape (frames,).
    """
    needed = segment_motion(motion.pose, motion.fps)
    stride = needed.stride
    clear = clear_spells(height[::stride], is_falling[::stride], needed.fps)
    deep = self_penetration(motion.pose, stride)
    astray = beyond(motion.rotations[::stride]).max(1)
    return {
        **_forces(motion, needed),
        "friction": _friction(needed),
        "gravity_fit": fall_error(needed.com, clear, needed.fps),
        "spin_drift": spin_drift(needed.angular, clear),
        "self_penetration": percentile(deep, 85),
        "tangled": float((deep > 0.03).mean()),
        "beyond_limits": percentile(astray, 99),
    }


def unexplained(motion: Motion) -> float:
    """Return the mean wrench at the root that neither floor nor gravity gives [body weights]."""
    ground = ground_forces(motion.pose, segment_motion(motion.pose, motion.fps))
    return float(np.sqrt((ground.residual**2).sum(-1)).mean())


def _forces(motion: Motion, needed: SegmentMotion) -> dict[str, Any]:
    ground = ground_forces(motion.pose, needed)
    moments = joint_moments(needed, ground)
    push = np.sqrt((ground.total**2).sum(-1)) / GRAVITY
    left = np.sqrt((ground.residual**2).sum(-1))
    return {
        "effort": float(power(moments, needed.spins).mean()),
        "joint_load": percentile(load(moments).max(1), 99),
        "ground_force": percentile(push, 99),
        "residual": float(left.mean()),
        "residual_p95": percentile(left, 95),
    }


def _friction(needed: SegmentMotion) -> float:
    force = needed.force / GRAVITY
    standing = force[force[:, 2] > _STANDING]
    return percentile(np.hypot(standing[:, 0], standing[:, 1]) / standing[:, 2], 95)
