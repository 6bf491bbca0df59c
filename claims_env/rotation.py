"""Rotations as unit quaternions (w, x, y, z): the few operations motions are made of.

scipy's `Rotation` does the same and more; these are here because the hot paths (forward kinematics,
the tracker's observation) need broadcasting over arbitrary leading axes and float32.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]


def joined(*parts: Floats) -> Floats:
    """Return components as the last axis of one array.

    In memory each component lies in one piece: the next product reads it three times as fast, and
    filling an array costs a third of what `np.stack` does.
    """
    out = np.empty((len(parts), *parts[0].shape), parts[0].dtype)
    for i, part in enumerate(parts):
        out[i] = part
    return _last(out)


def multiply(a: Floats, b: Floats) -> Floats:
    """Return the product a * b (b first, then a), shapes (..., 4)."""
    aw, ax, ay, az = a[..., 0], a[..., 1], a[..., 2], a[..., 3]
    bw, bx, by, bz = b[..., 0], b[..., 1], b[..., 2], b[..., 3]
    return joined(
        aw * bw - ax * bx - ay * by - az * bz,
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
    )


def conjugate(q: Floats) -> Floats:
    """Return the inverse of unit quaternions, shape (..., 4)."""
    return q * np.array([1, -1, -1, -1], dtype=q.dtype)


def rotate(q: Floats, v: Floats) -> Floats:
    """Rotate vectors v (..., 3) by unit quaternions q (..., 4); leading axes broadcast."""
    w, x, y, z = q[..., 0], q[..., 1], q[..., 2], q[..., 3]
    vx, vy, vz = v[..., 0], v[..., 1], v[..., 2]
    tx, ty, tz = 2 * (y * vz - z * vy), 2 * (z * vx - x * vz), 2 * (x * vy - y * vx)
    return joined(
        vx + w * tx + (y * tz - z * ty),
        vy + w * ty + (z * tx - x * tz),
        vz + w * tz + (x * ty - y * tx),
    )


def cross(a: Floats, b: Floats) -> Floats:
    """Return the cross products (..., 3); numpy's own takes four times as long on short arrays."""
    ax, ay, az = a[..., 0], a[..., 1], a[..., 2]
    bx, by, bz = b[..., 0], b[..., 1], b[..., 2]
    return joined(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)


def from_rotvec(v: Floats) -> Floats:
    """Return the quaternions (..., 4) of rotation vectors (..., 3) in [rad]."""
    x, y, z = v[..., 0], v[..., 1], v[..., 2]
    angle = np.sqrt(x * x + y * y + z * z)
    # sin(x/2)/x by its series near zero, where the quotient is 0/0
    small = angle < 1e-4
    scale = np.where(small, 0.5 - angle**2 / 48, np.sin(angle / 2) / np.where(small, 1, angle))
    return joined(np.cos(angle / 2), x * scale, y * scale, z * scale)


def to_rotvec(q: Floats) -> Floats:
    """Return the rotation vectors (..., 3) in [rad], of length <= pi, of quaternions (..., 4)."""
    q = np.where(q[..., :1] < 0, -q, q)
    x, y, z = q[..., 1], q[..., 2], q[..., 3]
    sine = np.sqrt(x * x + y * y + z * z)
    angle = 2 * np.arctan2(sine, q[..., 0])
    small = sine < 1e-6
    scale = np.where(small, 2.0, angle / np.where(small, 1, sine))
    return joined(x * scale, y * scale, z * scale)


def about(axis: str, angle: npt.ArrayLike) -> Floats:
    """Return the quaternions (..., 4) that turn by `angle` [rad] about 'x', 'y' or 'z'."""
    half = np.asarray(angle, dtype=np.float64) / 2
    q = np.zeros((4, *half.shape))
    q[0] = np.cos(half)
    q[1 + "xyz".index(axis)] = np.sin(half)
    return _last(q)


def heading(q: Floats) -> Floats:
    """Return the yaw [rad], shape (...), of quaternions in a z-up world, by swing-twist.

    In (-pi, pi]. Undefined half a turn away from level: of an SMPL root, whose rest frame is y up,
    take the heading of `root * conjugate(UPRIGHT)`, or a bow by a quarter turn is that far already.
    """
    yaw = 2 * np.arctan2(q[..., 3], q[..., 0])
    return np.where(yaw > np.pi, yaw - 2 * np.pi, np.where(yaw <= -np.pi, yaw + 2 * np.pi, yaw))


def slerp(a: Floats, b: Floats, t: npt.ArrayLike) -> Floats:
    """Interpolate from a (t=0) to b (t=1) along the shorter arc; t broadcasts against (...)."""
    step = to_rotvec(multiply(conjugate(a), b))
    return multiply(a, from_rotvec(step * np.asarray(t)[..., None]))


def continuous(q: Floats) -> Floats:
    """Flip signs along axis 0 so that neighbouring quaternions lie in one hemisphere."""
    sign = np.where((q[1:] * q[:-1]).sum(-1) < 0, -1, 1)
    out = q.copy()
    out[1:] *= np.cumprod(sign, axis=0)[..., None]
    return out


def _last(parts: Floats) -> Floats:
    return parts.transpose(*range(1, parts.ndim), 0)
