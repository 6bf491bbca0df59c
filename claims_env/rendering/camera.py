"""A pinhole camera that is fitted to a whole clip once, so that travel and height stay readable.

The view is from above (`PITCH`), three-quarter to the front of the body, turned so that travel runs
across the picture. A clip too long for one legible picture is followed instead: the camera then
slides along the ground with the pelvis, and the metre grid and the labels show the travel.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from claims_env.rotation import Floats
from claims_env.skeleton import INDEX

PITCH = np.radians(16.0)
"""How far the camera looks down [rad]; above half the field of view, so no horizon is in sight."""

HALF_VIEW = np.tan(np.radians(15.0))
"""Half the picture's height at unit distance: a 30 degree lens, long enough not to distort."""

FARTHEST = 7.2
"""Distance beyond which a clip is followed [m]: a person fills less than half the height there."""

BODY = 0.2
"""Room kept around the joints for flesh, head and toes [m]."""

_RESTING, _TRAVELLING = 35.0, (60.0, -60.0, 20.0, -20.0)
_TRAVEL = 1.0


@dataclass(frozen=True, eq=False)
class Camera:
    """Where a picture is taken from.

    Attributes:
        target: The point in the middle of the picture, shape (3,) [m].
        azimuth: Direction in which the camera looks, counter-clockwise from world x [rad].
        distance: From the camera to the target [m].
    """

    target: Floats
    azimuth: float
    distance: float

    @cached_property
    def axes(self) -> Floats:
        """Right, up and forward of the picture as rows, shape (3, 3)."""
        return _axes(self.azimuth)

    def project(self, points: Floats, size: tuple[int, int]) -> tuple[Floats, Floats]:
        """Return where points (..., 3) [m] appear, (..., 2) [px], and px per metre there, (...).

        Points behind the camera get a scale of zero or less; what is nearer has a larger scale.
        """
        right, up, depth = np.moveaxis((points - self.target) @ self.axes.T, -1, 0)
        away = np.where(np.abs(depth + self.distance) < 1e-6, 1e-6, depth + self.distance)
        scale = size[1] / 2 / HALF_VIEW / away
        return np.stack([size[0] / 2 + scale * right, size[1] / 2 - scale * up], -1), scale

    def shifted(self, by: Floats) -> "Camera":
        """Return the same camera moved by a vector, shape (3,) [m]."""
        return replace(self, target=self.target + by)


def cameras_for(joints: Floats, aspect: float) -> list[Camera]:
    """Return one camera per frame: the same one throughout, or a follower for long travel.

    Args:
        joints: Shape (frames, 24, 3) [m].
        aspect: Width of the picture over its height.
    """
    azimuth = _azimuth(joints)
    still = _fitted(joints, azimuth, aspect)
    if still.distance <= FARTHEST:
        return [still] * len(joints)
    path = _ground_path(joints)
    follower = _fitted(joints - path[:, None], azimuth, aspect)
    return [follower.shifted(step) for step in path]


def facing(joints: Floats) -> Floats:
    """Return the horizontal direction the hips face, shape (..., 2), for joints (..., 24, 3)."""
    across = joints[..., INDEX["L_Hip"], :2] - joints[..., INDEX["R_Hip"], :2]
    ahead = np.stack([across[..., 1], -across[..., 0]], -1)
    length = np.linalg.norm(ahead, axis=-1, keepdims=True)
    # a body on its side faces nowhere on the ground: take the world's front
    return np.where(length > 0.02, ahead / np.maximum(length, 0.02), [0.0, -1.0])


def _azimuth(joints: Floats) -> float:
    """Return the viewing direction [rad]: towards the first frame's front, travel across it."""
    front = facing(joints[0])
    towards = float(np.arctan2(-front[1], -front[0]))
    pelvis = joints[:, 0, :2] - joints[0, 0, :2]
    farthest = pelvis[np.linalg.norm(pelvis, axis=-1).argmax()]
    if np.linalg.norm(farthest) < _TRAVEL:
        return towards + float(np.radians(_RESTING))
    turns = towards + np.radians(_TRAVELLING)
    across = np.abs(np.sin(turns) * farthest[0] - np.cos(turns) * farthest[1])
    # rounding keeps a mirror-symmetric tie from being settled by the last bit
    return float(turns[np.round(across, 3).argmax()])


def _fitted(joints: Floats, azimuth: float, aspect: float) -> Camera:
    """Return the nearest camera that sees every joint, and the ground under it, of every frame."""
    axes = _axes(azimuth)
    ground = joints * [1, 1, 0]
    right, up, depth = np.moveaxis(np.concatenate([joints, ground], 1) @ axes.T, -1, 0)
    middle = np.array([(v.min() + v.max()) / 2 for v in (right, up, depth)])
    needed = np.maximum(
        (np.abs(right - middle[0]) + BODY) / aspect, np.abs(up - middle[1]) + BODY
    ) / HALF_VIEW - (depth - middle[2])
    return Camera(middle @ axes, azimuth, float(needed.max()))


def _axes(azimuth: float) -> Floats:
    c, s = np.cos(azimuth), np.sin(azimuth)
    down, level = np.sin(PITCH), np.cos(PITCH)
    return np.array([[s, -c, 0], [c * down, s * down, level], [c * level, s * level, -down]])


def _ground_path(joints: Floats) -> Floats:
    """Return the pelvis on the ground, smoothed against jitter, shape (frames, 3) [m]."""
    path = joints[:, 0] * [1, 1, 0]
    reach = min(7, (len(path) - 1) // 2)
    padded = np.concatenate([path[:1].repeat(reach, 0), path, path[-1:].repeat(reach, 0)])
    return np.stack([padded[i : i + 2 * reach + 1].mean(0) for i in range(len(path))])
