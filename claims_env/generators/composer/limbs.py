"""Swing coordinates: where an arm or a leg hangs, as composers of motion think of it.

A limb's direction is given as a rotation vector away from hanging, (forward, outward) [rad]: (0, 0)
hangs, (pi/2, 0) points forward, (0, pi/2) points to its own side. It is smooth everywhere but
straight up, which is what interpolation between key poses needs.
"""

import math
from collections.abc import Sequence

import numpy as np

from claims_env.rotation import Floats, about, conjugate, from_rotvec, multiply

SIDES = (1.0, -1.0)
"""The sign of the rest frame's x on the left (first) and right side."""

BOTH = np.array(SIDES)


def swing(forward: Floats, outward: Floats, side: float | Floats) -> Floats:
    """Return the rotations (..., 4) that take a hanging limb to (forward, outward) [rad]."""
    turn = np.zeros((*np.shape(forward), 3))
    turn[..., 0], turn[..., 2] = -forward, side * outward
    return from_rotvec(turn)


def swing_coordinates(direction: Sequence[float] | Floats, side: float) -> tuple[float, float]:
    """Return (forward, outward) [rad] of a unit vector (3,) in the trunk's rest axes."""
    x, y, z = direction
    angle = math.acos(min(max(-y, -1.0), 1.0))
    flat = max(math.hypot(x, z), 1e-9)
    return float(angle * z / flat), float(angle * side * x / flat)


def arm_rotation(arms: Floats) -> tuple[Floats, Floats, Floats]:
    """Return local collar, shoulder and elbow rotations, each (frames, 2, 4).

    Args:
        arms: Of the left and the right arm: forward, outward, elbow bend, inward twist of the upper
            arm, shape (frames, 2, 4) [rad].
    """
    forward, outward, bend, twist = np.moveaxis(arms, -1, 0)
    # the shoulder blade takes its share once the arm is above 50 degrees
    lift = 0.22 * np.maximum(np.hypot(forward, outward) - 0.9, 0)
    hanging = multiply(about("y", -BOTH * twist), about("z", -BOTH * np.pi / 2))
    swung = multiply(swing(forward, outward, BOTH), hanging)
    collar = about("z", BOTH * lift)
    return collar, multiply(conjugate(collar), swung), about("y", -BOTH * bend)
