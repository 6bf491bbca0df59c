"""Grounding: the floor is where the body's lowest point is."""

from dataclasses import replace

import numpy as np

from claims_env.contact import lowest, soles
from claims_env.motion import Motion


def ground(motion: Motion) -> Motion:
    """Return the motion with its lowest point, over all frames, on the floor."""
    height = float(lowest(motion.pose, soles(motion.pose)).min())
    return replace(motion, root=motion.root - np.array([0.0, 0.0, height]))
