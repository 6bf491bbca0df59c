"""Sinking: how far a body that was moved has got into the floor, and how it is raised again."""

from dataclasses import dataclass

import numpy as np

from claims_env.contact import LEFT_SOLE, RADII, RIGHT_SOLE, soles
from claims_env.motion_repair.footholds import PALM
from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, JOINTS, Pose

LEAST = 0.004
"""What is no deeper than this [m] is left: flesh gives way."""

EASE_S = 0.07
"""How long the raising takes to set in and to fade [s]."""

_HANDS = [INDEX["L_Hand"], INDEX["R_Hand"]]
_ENDS = ("Ankle", "Foot", "Wrist", "Hand")
_TRUNK = [i for i, name in enumerate(JOINTS) if not name.endswith(_ENDS)]


@dataclass(frozen=True, slots=True, eq=False)
class Sinking:
    """How far to raise what has sunk.

    Attributes:
        body: The body as a whole, shape (frames, 3) [m].
        limbs: The ends of the four limbs beyond that, shape (frames, 4, 3) [m].
    """

    body: Floats
    limbs: Floats


def sinking(pose: Pose, fps: float) -> Sinking | None:
    """Return how far a body must be raised to be out of the floor, z = 0; None if it is.

    Trunk, knees and elbows raise the body; feet and hands are raised for themselves.
    """
    trunk = (RADII[_TRUNK] - pose.positions[:, _TRUNK, 2]).max(1)
    sole = soles(pose)[..., 2]
    feet = [-sole[:, LEFT_SOLE].min(1), -sole[:, RIGHT_SOLE].min(1)]
    hands = [PALM - pose.positions[:, hand, 2] for hand in _HANDS]
    depths = np.maximum(np.stack([trunk, *feet, *hands], axis=1), 0)
    if depths.max() < LEAST:
        return None
    raised = _eased(np.where(depths > LEAST, depths, 0), EASE_S * fps)
    raised[:, 1:] = np.maximum(raised[:, 1:] - raised[:, :1], 0)
    up = np.array([0.0, 0.0, 1.0])
    return Sinking(raised[:, :1] * up, raised[:, 1:, None] * up)


def _eased(depths: Floats, frames: float) -> Floats:
    """Return a smooth curve over the depths, shape (frames, n)."""
    from scipy.ndimage import gaussian_filter1d, maximum_filter1d

    wide = maximum_filter1d(depths, 2 * round(frames) + 1, axis=0)
    return np.asarray(gaussian_filter1d(wide, max(frames / 2, 0.5), axis=0, mode="nearest"))
