"""The shortest arc: the rotation that turns one direction into another and twists nothing."""

import numpy as np

from claims_env.rotation import Floats, cross, joined, multiply, rotate

OPPOSITE = 1e-9
"""Directions this near to opposite [rad] do not say by themselves about what axis to turn."""


def dot(a: Floats, b: Floats) -> Floats:
    """Return the scalar products (...) of vectors (..., 3)."""
    return np.asarray(a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2])


def unit(v: Floats) -> Floats:
    """Return the directions of vectors (..., 3); what has no length stays near zero."""
    return v / np.maximum(np.sqrt(dot(v, v)), 1e-12)[..., None]


def shortest_arc(a: Floats, b: Floats) -> Floats:
    """Return the quaternions (..., 4) that turn unit vectors a into b, shapes (..., 3).

    Opposite ones are turned about some axis square to them; a vector without length turns nothing.
    """
    axis, w = cross(a, b), 1 + dot(a, b)
    norm = np.sqrt(w * w + dot(axis, axis))
    if (opposite := norm < OPPOSITE).any():
        axis = np.where(opposite[..., None], unit(cross(a, _aside(a))), axis)
        w, norm = np.where(opposite, 0, w), np.where(opposite, 1, norm)
    return joined(w / norm, *(axis[..., i] / norm for i in range(3)))


def _aside(v: Floats) -> Floats:
    """Return axes (..., 3) of the frame that do not lie along unit vectors."""
    return np.where(np.abs(v[..., :1]) < 0.7, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


def swung(frames: Floats, offsets: Floats, directions: Floats) -> Floats:
    """Return orientations (..., 4) turned the shortest way until offsets lie along directions.

    Args:
        frames: Orientations to begin with, shape (..., 4).
        offsets: Unit vectors in those frames, shape (..., 3).
        directions: Where they shall point, unit vectors, shape (..., 3).
    """
    return multiply(shortest_arc(rotate(frames, offsets), directions), frames)
