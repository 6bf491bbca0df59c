"""Joints made of three hinges, as PHC's MJCF has them: angles to rotations and back.

Three hinges on one body turn it by R(a1, alpha) R(a2, beta) R(a3, gamma), the first in the file
outermost: Euler angles about body-fixed axes. Any three axes square to each other will do: in the
frame F they span that product is Rx Ry Rz. A left-handed triple spans F when its axes are turned
around, and so are its angles.
"""

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats, conjugate, joined, multiply, rotate

_LOCKED = 1e-3
"""Cosine of the middle angle below which the outer two turn about the same axis."""


class HingeTriples:
    """The three-hinge joints of one model.

    Args:
        axes: Of each joint's hinges in the file's order, shape (joints, 3, 3), orthonormal rows.
    """

    def __init__(self, axes: npt.NDArray[np.float64]) -> None:
        sign = np.where(np.linalg.det(axes) < 0, -1.0, 1.0)
        self._sign = sign[:, None].astype(np.float32)
        columns = np.swapaxes(axes * sign[:, None, None], 1, 2)
        self._frames = np.array([_quaternion(frame) for frame in columns]).reshape(-1, 4)

    def __len__(self) -> int:
        """Return how many such joints there are."""
        return len(self._frames)

    def rotations(self, angles: Floats) -> Floats:
        """Return quaternions, (n, joints, 4), of hinge angles (n, joints, 3) [rad]."""
        half = self._sign * angles / 2
        cosine, sine = np.cos(half), np.sin(half)
        (ca, cb, cc), (sa, sb, sc) = np.moveaxis(cosine, -1, 0), np.moveaxis(sine, -1, 0)
        turned = joined(
            ca * cb * cc - sa * sb * sc,
            sa * cb * cc + ca * sb * sc,
            ca * sb * cc - sa * cb * sc,
            ca * cb * sc + sa * sb * cc,
        )
        frames = self._frames.astype(angles.dtype)
        return multiply(multiply(frames, turned), conjugate(frames))

    def angles(self, rotations: Floats) -> Floats:
        """Return hinge angles, (frames, joints, 3) [rad], of rotations (frames, joints, 4).

        The frames follow each other in time: of all the angles that give the same rotation those
        nearest to the frame before are taken, so they may leave (-pi, pi]. The first frame has its
        middle angle within a quarter turn. Where a joint locks its first hinge stays as it was.
        """
        own = multiply(multiply(conjugate(self._frames), rotations), self._frames)
        x, y, z = (rotate(own, axis) for axis in np.eye(3))
        first = _held(np.arctan2(-z[..., 1], z[..., 2]), np.hypot(z[..., 1], z[..., 2]))
        cosine, sine = np.cos(first), np.sin(first)
        middle = np.arctan2(z[..., 0], cosine * z[..., 2] - sine * z[..., 1])
        last = np.arctan2(
            cosine * x[..., 1] + sine * x[..., 2], cosine * y[..., 1] + sine * y[..., 2]
        )
        return self._sign * _nearest(np.stack([first, middle, last], axis=-1))


def _held(angle: Floats, length: Floats) -> Floats:
    """Return the angles (frames, joints), each locked frame's replaced by the last free one's."""
    frames = np.arange(len(angle))[:, None]
    free = np.maximum.accumulate(np.where(length > _LOCKED, frames, -1), axis=0)
    held = np.take_along_axis(angle, np.maximum(free, 0), axis=0)
    return np.where(free < 0, 0.0, held)


def _nearest(angles: Floats) -> Floats:
    """Choose between the two triples of each rotation, and of full turns, by nearness in time."""
    other = np.stack([angles[..., 0] + np.pi, np.pi - angles[..., 1], angles[..., 2] + np.pi], -1)
    # exchanging both neighbours leaves their distance as it is, so whether to change between two
    # frames does not depend on what was chosen before
    stay = np.abs(_wrapped(angles[1:] - angles[:-1])).sum(-1)
    change = np.abs(_wrapped(other[1:] - angles[:-1])).sum(-1)
    changed = np.zeros(angles.shape[:2], bool)
    changed[1:] = np.cumsum(change < stay, axis=0) % 2 == 1
    chosen: Floats = np.where(changed[..., None], other, angles)
    chosen[0] = _wrapped(chosen[0])
    return np.unwrap(chosen, axis=0)


def _wrapped(angle: Floats) -> Floats:
    wrapped: Floats = (angle + np.pi) % (2 * np.pi) - np.pi
    return wrapped


def _quaternion(frame: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the quaternion of a rotation matrix."""
    from mujoco import mju_mat2Quat

    quaternion = np.empty(4)
    mju_mat2Quat(quaternion, np.ascontiguousarray(frame).ravel())
    return quaternion
