"""Mirroring: the same motion with left and right exchanged."""

import numpy as np

from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, JOINTS


def _other_side(name: str) -> str:
    return {"L": "R", "R": "L"}[name[0]] + name[1:] if name[:2] in ("L_", "R_") else name


_SWAPPED = [INDEX[_other_side(name)] for name in JOINTS]


def mirror(rotations: Floats, root: Floats) -> tuple[Floats, Floats]:
    """Return rotations (frames, 24, 4) and root (frames, 3) seen in a mirror across x = 0.

    A rotation seen in a mirror turns the other way about the axes that lie in it.
    """
    reflected = rotations[:, _SWAPPED] * np.array([1.0, 1.0, -1.0, -1.0])
    return reflected, root * np.array([-1.0, 1.0, 1.0])
