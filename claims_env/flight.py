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

_LITTLE_SPIN = 0.2
"""Less angular momentum is a jump that hardly turns; changes are compared with this [m^2/s]."""


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


def clear_spells(height: Floats, is_falling: Mask, fps: float) -> list[tuple[int, int]]:
    """Return (start, stop) of each flight that is long and high enough to weigh its fall.

    At least 5 frames at 30 Hz so far above the floor that no foot can push any more, and falling
    for more than half of them; what hangs there without falling floats, which is another figure.
    """
    least = max(3, round(fps * 5 / 30))
    spans = [(a, b) for a, b in spells(height > CLEARANCE) if b - a >= least]
    return [(a, b) for a, b in spans if is_falling[a:b].mean() > 0.5]


def fall_error(com: Floats, clear: list[tuple[int, int]], fps: float) -> float:
    """Return how far the worst flight's fall is from `GRAVITY` [m/s^2], 0 without a flight.

    Args:
        com: Centre of mass, shape (frames, 3) [m].
        clear: The flights, from `clear_spells`.
        fps: Frames per second.
    """
    return max((abs(_fall(com[a:b, 2], fps) - GRAVITY) for a, b in clear), default=0.0)


def spin_drift(angular: Floats, clear: list[tuple[int, int]]) -> float:
    """Return the worst flight's change of angular momentum as a share of it, 0 without a flight.

    Args:
        angular: About the centre of mass, per kilogram, shape (frames, 3) [m^2/s].
        clear: The flights, from `clear_spells`.
    """
    return max((_drift(angular[a:b]) for a, b in clear), default=0.0)


def _fall(height: Floats, fps: float) -> float:
    """Return the downward acceleration of the parabola nearest to the heights [m/s^2]."""
    time = (np.arange(len(height)) - (len(height) - 1) / 2) / fps
    # on evenly spaced times this is what of t^2 no straight line can follow
    bend = time**2 - (time**2).mean()
    return float(-2 * (bend @ height) / (bend @ bend))


def _drift(angular: Floats) -> float:
    mean = angular.mean(0)
    off = float(np.sqrt(((angular - mean) ** 2).sum(-1).mean()))
    return off / max(float(np.sqrt((mean**2).sum())), _LITTLE_SPIN)
