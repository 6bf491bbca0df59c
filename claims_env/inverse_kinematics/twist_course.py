"""The twist course: how a limb is turned about itself, all through a clip.

A bent limb shows its twist by the plane it bends in, a straight one does not. Read frame by frame,
straight arms spin; so the course is found for all frames at once, as an elastic string drawn to
what is seen, the more the clearer it is seen, which otherwise turns as little as it can.
"""

import numpy as np
import numpy.typing as npt

from claims_env.inverse_kinematics.shortest_arc import dot
from claims_env.rotation import Floats, cross

Phasors = npt.NDArray[np.complexfloating]
"""Angles as complex numbers: their length says how clearly they are seen."""

ROUNDS = 2
"""Corrections of the course; on real clips, more would move no frame by a tenth of a degree."""

_LEAST = 1e-3
"""Least share of its weight that a sight keeps, however far off: what is solved stays solvable."""


def find_course(seen: Phasors, drift: Floats, stiffness: float) -> Floats:
    """Return the calmest twist that follows what is seen, shape (T, J) [rad].

    It minimises sum |seen| (1 - cos(twist - seen)) + stiffness / 2 sum (step of the twist)^2. The
    start is the minimum over phasors of any length, which has no wrong turn to be caught in; where
    it jumps, for its length went through zero, the corrections spread the turn.

    Args:
        seen: Twists seen, shape (T, J); 0 is not seen at all, length 1 a limb bent square.
        drift: Steps of the reference the twists are measured from, shape (T - 1, J) [rad]: a twist
            that changes by them is none.
        stiffness: What turning costs against not following.
    """
    carried = np.zeros(seen.shape)
    np.cumsum(drift, axis=0, out=carried[1:])
    pull = seen * np.exp(-1j * carried)
    clarity = np.abs(pull)
    string = _solve(clarity, np.stack([pull.real, pull.imag], axis=-1), stiffness)
    course = np.unwrap(np.arctan2(string[..., 1], string[..., 0]), axis=0)
    for _ in range(ROUNDS):
        off = np.angle(pull * np.exp(-1j * course))
        # weights under which the quadratic bounds the cosine: each round can only improve
        weight = clarity * np.maximum(np.sinc(off / np.pi), _LEAST)
        course = _solve(weight, (weight * (course + off))[..., None], stiffness)[..., 0]
    return np.asarray(course + carried)


def find_drift(offsets: Floats, directions: Floats) -> Floats:
    """Return the steps of the shortest arc from offset to direction, shape (T - 1, J) [rad].

    The shortest arc is a fresh one in each frame. Carried on from the frame before without a twist,
    it would differ from it by the area of the triangle that offset and both directions span on the
    sphere (Girard; by the tangent formula of Van Oosterom and Strackee, 1983).

    Args:
        offsets: Unit vectors at rest, shape (J, 3).
        directions: Unit vectors in the same frame, shape (T, J, 3).
    """
    a, b = directions[:-1], directions[1:]
    below = 1 + dot(offsets, a) + dot(a, b) + dot(b, offsets)
    return np.asarray(2 * np.arctan2(dot(cross(a, b), offsets), below))


def _solve(weight: Floats, pull: Floats, stiffness: float) -> Floats:
    """Return the strings (T, J, K): (weight + stiffness * second difference) string = pull."""
    # scipy costs half a second to load; `import claims_env` should not
    from scipy.linalg.lapack import dptsv

    diagonal = np.maximum(weight, _LEAST**2)
    if len(weight) == 1:
        return np.asarray(pull / diagonal[..., None])
    diagonal[0], diagonal[-1] = diagonal[0] + stiffness, diagonal[-1] + stiffness
    diagonal[1:-1] += 2 * stiffness
    beside = np.full(len(weight) - 1, -stiffness)
    columns = [dptsv(diagonal[:, j], beside, pull[:, j])[2] for j in range(weight.shape[1])]
    return np.stack(columns, axis=1)
