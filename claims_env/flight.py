"""Flight: when a body falls freely through the air."""

import numpy as np

from claims_env.centre_of_mass import centre_of_mass
from claims_env.contact import CLEARANCE, CONTACT_HEIGHT, Mask, spells
from claims_env.motion import Motion
from claims_env.rotation import Floats

GRAVITY = 9.81
"""Standard acceleration of free fall [m/s^2]."""

SHORTEST_FLIGHT_S = 0.1
"""Clear of the floor for less is a step of noisy mocap, not a flight [s]."""


def falling(motion: Motion) -> Mask:
    """Return the frames in which the centre of mass accelerates like a thrown stone."""
    height = centre_of_mass(motion.joints)[:, 2]
    gap = max(1, round(motion.fps / 15))
    if motion.frames <= 2 * gap:
        return np.ones(motion.frames, dtype=bool)
    difference = height[2 * gap :] - 2 * height[gap:-gap] + height[: -2 * gap]
    fall = np.pad(-difference * (motion.fps / gap) ** 2, gap, mode="edge")
    # a wide difference straddles take-off and landing, where half the fall is already lost
    return np.asarray(fall > 0.35 * GRAVITY)


def flights(height: Floats, is_falling: Mask, fps: float) -> list[float]:
    """Return how long each flight lasts [s].

    Args:
        height: Of the body's lowest point, shape (frames,) [m].
        is_falling: The frames of free fall, shape (frames,).
        fps: Frames per second.
    """
    flying = np.asarray((height > CONTACT_HEIGHT) & is_falling)
    for start, stop in spells(height > CLEARANCE):
        # a tuck or a kick blurs the fall of a mass estimated from joints
        if is_falling[start:stop].mean() >= 0.5:
            flying[start:stop] = True
    return lasting(flying, SHORTEST_FLIGHT_S, fps)


def lasting(mask: Mask, at_least_s: float, fps: float) -> list[float]:
    """Return how long each unbroken run of True lasts [s], the shorter ones left out."""
    return [(b - a) / fps for a, b in spells(mask) if (b - a) / fps >= at_least_s]
