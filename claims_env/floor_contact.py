"""Floor contact: how a body stands, flies, floats and slips."""

from typing import Any

import numpy as np

from claims_env.contact import CLEARANCE, Mask, slip, sole_heights, spells
from claims_env.flight import flights, lasting
from claims_env.motion import Motion
from claims_env.rotation import Floats


def measure_floor(motion: Motion, height: Floats, is_falling: Mask) -> dict[str, Any]:
    """Return the figures of flying, floating and sinking in.

    Args:
        motion: The motion.
        height: Of the body's lowest point, shape (frames,) [m].
        is_falling: The frames of free fall, shape (frames,).
    """
    flown = flights(height, is_falling, motion.fps)
    return {
        "airborne": sum(flown) / motion.seconds,
        "longest_flight_s": max(flown, default=0.0),
        "flights": len(flown),
        "floating": float(((height > CLEARANCE) & ~is_falling).mean()),
        "longest_clear_s": max(lasting(height > CLEARANCE, 0.0, motion.fps), default=0.0),
        "deepest": float(max(0.0, -height.min())),
        "sunk": float((height < -0.02).mean()),
        "mean_depth": float(np.maximum(-height, 0).mean()),
    }


def measure_feet(sole_points: Floats, fps: float) -> dict[str, Any]:
    """Return the figures of balancing and slipping.

    Args:
        sole_points: From `contact.soles`, shape (frames, 6, 3) [m].
        fps: Frames per second.
    """
    low = sole_heights(sole_points)
    # the other foot has to be well off the floor, or every mocap walk is a dance on one leg
    alone = [(low[:, i] < CLEARANCE) & (low[:, 1 - i] > low[:, i] + CLEARANCE) for i in (0, 1)]
    longest = max((stop - start for foot in alone for start, stop in spells(foot)), default=0)
    sliding = slip(sole_points, fps)
    on_floor = sliding[np.isfinite(sliding)]
    return {
        "single_support": float((alone[0] | alone[1]).mean()),
        "longest_balance_s": longest / fps,
        "slip": float(on_floor.mean()) if len(on_floor) else 0.0,
        "skating": float((on_floor > 0.5).mean()) if len(on_floor) else 0.0,
    }
