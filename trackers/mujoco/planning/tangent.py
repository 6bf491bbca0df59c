"""Differences of states as velocity coordinates: what linear feedback multiplies."""

from typing import Any

import mujoco
import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats, conjugate, multiply, to_rotvec


class TangentSpace:
    """The tangent space of one model's states, for many states at once.

    Args:
        model: The `mujoco.MjModel`.
    """

    def __init__(self, model: Any) -> None:
        kinds = np.array(model.jnt_type)
        hinges = np.flatnonzero(kinds == mujoco.mjtJoint.mjJNT_HINGE)
        balls = np.flatnonzero(kinds == mujoco.mjtJoint.mjJNT_BALL)
        free = np.flatnonzero(kinds == mujoco.mjtJoint.mjJNT_FREE)
        places, turns = np.array(model.jnt_qposadr), np.array(model.jnt_dofadr)
        # a free joint is a place, then a turn like a ball joint's
        self._from = _spans(np.append(places[balls], places[free] + 3), 4)
        self._to = _spans(np.append(turns[balls], turns[free] + 3), 3)
        self._from_plain = np.append(places[hinges], _spans(places[free], 3))
        self._to_plain = np.append(turns[hinges], _spans(turns[free], 3))
        self._width = int(model.nv)

    def apart(self, start: Floats, end: Floats) -> npt.NDArray[np.float64]:
        """Return how to move from states (n, nq) to others, shape (n, nv).

        As `mj_differentiatePos` does: turns are rotation vectors in the axes of the start [rad].
        """
        out = np.zeros((len(end), self._width))
        turn = multiply(conjugate(start[:, self._from]), end[:, self._from])
        out[:, self._to] = to_rotvec(turn)
        out[:, self._to_plain] = end[:, self._from_plain] - start[:, self._from_plain]
        return out


def _spans(first: npt.NDArray[Any], length: int) -> npt.NDArray[np.intp]:
    """Return the indices of spans of equal length, shape (spans, length)."""
    return (first[:, None] + np.arange(length)).astype(np.intp)
