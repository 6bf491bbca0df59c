"""Balance: how a body's mass must travel over given footholds.

A body supported at p moves its centre of mass c, at height z, by c'' = (c - p)(g + z'')/z: the cart
on a table (Kajita et al., ICRA 2003). Solved for c over a whole clip at once it leans into every
step before the step is made, and flies straight where nothing supports it.
"""

import numpy as np
import numpy.typing as npt
from scipy.linalg import solve_banded

from claims_env.rotation import Floats

GRAVITY = 9.81
"""[m/s^2]."""


def stiffness(height: Floats, aloft: npt.NDArray[np.bool_], fps: float) -> Floats:
    """Return (g + z'')/z, shape (frames,) [1/s^2]; zero where the body is aloft.

    Args:
        height: Height of the centre of mass [m], shape (frames,).
        aloft: True where nothing touches the floor, shape (frames,).
        fps: Frames per second.
    """
    lift = np.gradient(np.gradient(height)) * fps**2
    return np.where(aloft, 0.0, np.clip((GRAVITY + lift) / np.maximum(height, 0.3), 2.0, 30.0))


GRASP = 500.0
"""How tightly a path is followed [1/s^2]: its corners are rounded over 1/sqrt of this, 0.045 s."""


def travel(support: Floats, pull: Floats, fps: float, grip: Floats, path: Floats) -> Floats:
    """Return the horizontal path of the centre of mass, shape (frames, 2) [m].

    Args:
        support: Centre of pressure, shape (frames, 2) [m].
        pull: See `stiffness`.
        fps: Frames per second.
        grip: How far `path` is followed instead of balance, 0 to 1, shape (frames,).
        path: Shape (frames, 2) [m].
    """
    n, square = len(support), fps**2
    free, held = pull * (1 - grip), GRASP * grip
    right = free[:, None] * support + held[:, None] * path
    bands = np.full((3, n), -square)
    bands[1] = 2 * square + free + held
    # at both ends the support is taken to stay where it is for ever: c' = +-w (c - p)
    for end, row, column in ((0, 0, 1), (-1, 2, -2)):
        rate = np.sqrt(max(free[end] + held[end], 2.0))
        bands[1, end], bands[row, column] = fps + rate, -fps
        right[end] = rate * (path if grip[end] > 0.5 else support)[end]
    return np.asarray(solve_banded((1, 1), bands, right))
