"""Swing coordinates: where an arm or a leg hangs, as composers of motion think of it.

A limb's direction is given as a rotation vector away from hanging, (forward, outward) [rad]: (0, 0)
hangs, (pi/2, 0) points forward, (0, pi/2) points to its own side. It is smooth everywhere but
straight up, which is what interpolation between key poses needs.
"""

import numpy as np

from claims_env.rotation import Floats, about, conjugate, from_rotvec, multiply

SIDES = (1.0, -1.0)
"""The sign of the rest frame's x on the left (first) and right side."""


def swing(forward: Floats, outward: Floats, side: float) -> Floats:
    """Return the rotations (..., 4) that take a hanging limb to (forward, outward) [rad]."""
    zero = np.zeros_like(forward)
    return from_rotvec(np.stack([-forward, zero, side * outward], axis=-1))


def swing_coordinates(direction: Floats, side: float) -> tuple[float, float]:
    """Return (forward, outward) [rad] of a unit vector (3,) in the trunk's rest axes."""
    angle = np.arccos(np.clip(-direction[1], -1, 1))
    flat = max(float(np.hypot(direction[0], direction[2])), 1e-9)
    return float(angle * direction[2] / flat), float(angle * side * direction[0] / flat)


def arm_rotation(arm: Floats, side: int) -> tuple[Floats, Floats, Floats]:
    """Return local collar, shoulder and elbow rotations, each (frames, 4).

    Args:
        arm: Forward, outward, elbow bend, inward twist of the upper arm, shape (frames, 4) [rad].
        side: 0 left, 1 right.
    """
    sign = SIDES[side]
    forward, outward, bend, twist = arm.T
    # the shoulder blade takes its share once the arm is above 50 degrees
    lift = 0.22 * np.maximum(np.hypot(forward, outward) - 0.9, 0)
    collar = about("z", sign * lift)
    hanging = multiply(about("y", -sign * twist), about("z", -sign * np.pi / 2))
    shoulder = multiply(swing(forward, outward, sign), hanging)
    return collar, multiply(conjugate(collar), shoulder), about("y", -sign * bend)
