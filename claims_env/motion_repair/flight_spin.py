"""Flight spin: in the air a body's angular momentum does not change.

The body as a whole is turned a little, frame by frame, until it does not: in flight the change of
angular momentum is made to vanish, on the floor the turning is kept smooth and small.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from claims_env.contact import Mask
from claims_env.rotation import Floats

STANDING, SMALL = 0.03, 16.0
"""What it costs, against a change of spin in flight, to turn unevenly on the floor, and to turn at
all [1/s^4]."""


MOST = 0.35
"""No body is turned farther [rad]: its feet, which stay where they land, could not follow."""


def flight_spin(angular: Floats, inertia: Floats, aloft: Mask, fps: float) -> Floats:
    """Return how far a body is to be turned about its centre of mass, shape (frames, 3) [rad].

    Args:
        angular: Angular momentum between frames, shape (frames - 1, 3) [m^2/s].
        inertia: Of the whole body between frames, shape (frames - 1, 3, 3) [m^2]; only that in and
            beside flights matters.
        aloft: Frames of flight, shape (frames,).
        fps: Frames per second.

    Returns:
        Rotation vectors in world axes.
    """
    inside = aloft[1:] & aloft[:-1]
    size = float(np.trace(inertia[inside], axis1=1, axis2=2).mean()) / 3
    # a turn adds what it turns at, and takes the momentum there was along with it
    drag = _crossed(angular) / (2 * fps)
    later, earlier = (inertia + drag) / size, (inertia - drag) / size
    flying = aloft[1:-1, None, None]
    weight = np.where(flying, 1.0, np.sqrt(STANDING))
    one = np.eye(3)
    terms = (
        weight * np.where(flying, earlier[:-1], one),
        weight * np.where(flying, -(earlier[1:] + later[:-1]), -2 * one),
        weight * np.where(flying, later[1:], one),
    )
    change = np.where(aloft[1:-1, None], np.diff(angular, axis=0) / (size * fps), 0.0)
    turn = _least_squares(terms, change, SMALL / fps**4)
    peak = float(np.sqrt((turn**2).sum(1)).max())
    return turn * min(1.0, MOST / max(peak, 1e-12))


def _crossed(v: Floats) -> Floats:
    """Return matrices M, shape (..., 3, 3), with M @ turn = turn x v."""
    x, y, z = np.moveaxis(v, -1, 0)
    o = np.zeros_like(x)
    return np.moveaxis(np.array([[o, z, -y], [-z, o, x], [y, -x, o]]), (0, 1), (-2, -1))


def _least_squares(terms: tuple[Floats, Floats, Floats], offset: Floats, small: float) -> Floats:
    """Return the x, (n, 3), that minimises |a x_t + b x_t+1 + c x_t+2 + offset|^2 + small x^2.

    Args:
        terms: a, b, c, each of shape (n - 2, 3, 3).
        offset: Shape (n - 2, 3).
        small: Cost of x itself.
    """
    from scipy.linalg import solveh_banded

    n = len(offset) + 2
    flipped = [np.swapaxes(term, 1, 2) for term in terms]
    right = np.zeros((n, 3))
    blocks = [np.zeros((n - gap, 3, 3)) for gap in range(3)]
    blocks[0] += small * np.eye(3)
    for i in range(3):
        right[i : n - 2 + i] -= (flipped[i] @ offset[..., None])[..., 0]
        for j in range(i, 3):
            blocks[j - i][i : n - 2 + i] += flipped[i] @ terms[j]
    return np.asarray(solveh_banded(_banded(blocks), right.ravel())).reshape(n, 3)


def _banded(blocks: Sequence[Floats]) -> npt.NDArray[np.float64]:
    """Return LAPACK's upper band storage of a symmetric matrix given by its 3 x 3 blocks.

    Args:
        blocks: The diagonal's, the first and the second upper diagonal's.
    """
    bands = np.zeros((9, 3 * len(blocks[0])))
    for gap, block in enumerate(blocks):
        for i in range(3):
            for j in range(3):
                if (distance := 3 * gap + j - i) >= 0:
                    bands[8 - distance, 3 * gap + j :: 3] = block[:, i, j]
    return bands
