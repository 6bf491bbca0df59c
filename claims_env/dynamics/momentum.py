"""Momentum: how a body moves and turns as a whole, and how fast that changes.

Everything is per kilogram of body mass: a linear momentum is the velocity of the centre of mass,
its rate of change an acceleration. Velocities are those between frames, from one frame to the next;
accelerations and rates of momentum are their differences, the second central differences of the
positions. What is said of a frame in between is the mean of both sides; the first and the last
frame repeat their neighbours' rates. Errors shrink with the square of the frame time.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.dynamics.body import SEGMENTS
from claims_env.rotation import Floats, conjugate, multiply, rotate, to_rotvec
from claims_env.skeleton import Pose


@dataclass(frozen=True, slots=True, eq=False)
class Momentum:
    """The body as a whole, frame by frame; world axes, z up, per kilogram.

    Attributes:
        com: Centre of mass, shape (frames, 3) [m].
        velocity: Of the centre of mass, shape (frames, 3) [m/s].
        acceleration: Of the centre of mass, shape (frames, 3) [m/s^2].
        angular: Angular momentum about the centre of mass, shape (frames, 3) [m^2/s].
        torque: Its rate of change, shape (frames, 3) [m^2/s^2].
        spin: Angular momentum between frames, shape (frames - 1, 3) [m^2/s].
    """

    com: Floats
    velocity: Floats
    acceleration: Floats
    angular: Floats
    torque: Floats
    spin: Floats


def segment_centres(pose: Pose) -> Floats:
    """Return where every segment's mass acts, shape (..., 24, 3) [m]."""
    return pose.positions + rotate(pose.orientations, SEGMENTS.centre)


def mass_centre(pose: Pose) -> Floats:
    """Return the body's centre of mass, shape (..., 3) [m]."""
    return np.asarray(SEGMENTS.mass @ segment_centres(pose))


def centroidal(pose: Pose, fps: float) -> Momentum:
    """Return the momentum of a moving body and its rates of change.

    Args:
        pose: Of at least two frames, shapes (frames, 24, ...).
        fps: Frames per second.
    """
    centres = segment_centres(pose)
    com = np.asarray(SEGMENTS.mass @ centres)
    angular = spin(centres - com[:, None], pose.orientations, fps)
    speed = np.diff(com, axis=0) * fps
    return Momentum(
        com,
        at_frames(speed),
        rate(speed, fps),
        at_frames(angular),
        rate(angular, fps),
        angular,
    )


def spin(arms: Floats, orientations: Floats, fps: float) -> Floats:
    """Return angular momenta about the centre of mass between frames [m^2/s].

    Args:
        arms: From the centre of mass to the segments' centres, shape (frames, 24, 3) [m].
        orientations: Of the segments, shape (frames, 24, 4).
        fps: Frames per second.

    Returns:
        Shape (frames - 1, 3).
    """
    middle = (arms[1:] + arms[:-1]) / 2
    moved = (arms[1:] - arms[:-1]) * fps
    orbital = np.einsum("j,tjx->tx", SEGMENTS.mass, cross(middle, moved))
    return np.asarray(orbital + own_spin(orientations, fps).sum(1))


def own_spin(q: Floats, fps: float) -> Floats:
    """Return each segment's spin about its own centre between frames.

    Args:
        q: Orientations of the segments, shape (frames, 24, 4).
        fps: Frames per second.

    Returns:
        Angular momenta in world axes, shape (frames - 1, 24, 3) [m^2/s].
    """
    between, turning = turns(q, fps)
    return rotate(between, np.einsum("jxy,tjy->tjx", SEGMENTS.inertia, turning))


def turns(q: Floats, fps: float) -> tuple[Floats, Floats]:
    """Return the orientations half-way between frames, and how fast they turn there.

    Args:
        q: Orientations, shape (frames, ..., 4).
        fps: Frames per second.

    Returns:
        Quaternions, shape (frames - 1, ..., 4), and angular velocities in their own axes, shape
        (frames - 1, ..., 3) [rad/s].
    """
    turning = to_rotvec(multiply(conjugate(q[:-1]), q[1:])) * fps
    between = q[:-1] + np.where((q[:-1] * q[1:]).sum(-1, keepdims=True) < 0, -q[1:], q[1:])
    between /= np.sqrt((between**2).sum(-1, keepdims=True))
    return between, turning


def inertia(pose: Pose) -> Floats:
    """Return the whole body's inertia about its centre of mass, shape (..., 3, 3) [m^2].

    In world axes, per kilogram of body mass: a body frozen in this pose that turns at w has the
    angular momentum `inertia @ w`.
    """
    centres = segment_centres(pose)
    arms = centres - (SEGMENTS.mass @ centres)[..., None, :]
    spread = np.einsum("j,...jx,...jy->...xy", SEGMENTS.mass, arms, arms)
    around = np.eye(3) * np.trace(spread, axis1=-2, axis2=-1)[..., None, None] - spread
    axes = np.stack([rotate(pose.orientations, axis) for axis in np.eye(3)], axis=-1)
    own = np.einsum("...jxa,jab,...jyb->...xy", axes, SEGMENTS.inertia, axes, optimize=True)
    return np.asarray(around + own)


def cross(a: Floats, b: Floats) -> Floats:
    """Return cross products of vectors (..., 3); np.cross is several times slower on these."""
    out = np.empty(np.broadcast_shapes(a.shape, b.shape))
    out[..., 0] = a[..., 1] * b[..., 2] - a[..., 2] * b[..., 1]
    out[..., 1] = a[..., 2] * b[..., 0] - a[..., 0] * b[..., 2]
    out[..., 2] = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return out


def at_frames(between: Floats) -> Floats:
    """Return what is known between frames (frames - 1, ...) at the frames (frames, ...)."""
    padded = np.concatenate([between[:1], between, between[-1:]])
    return np.asarray((padded[1:] + padded[:-1]) / 2)


def rate(between: Floats, fps: float) -> Floats:
    """Return the rate of change, at the frames (frames, ...), of what is known between them."""
    if len(between) < 2:
        return np.zeros((2, *between.shape[1:]))
    inner = np.diff(between, axis=0) * fps
    return np.concatenate([inner[:1], inner, inner[-1:]])
