"""The body of ProtoMotions' SMPL model: where its parts are for given rotations, and what touches.

Runs under Python 3.8 with numpy; copied into every checkout that the double writes. Offsets: the
neutral SMPL skeleton as published in `smpl_humanoid.xml`; order of bodies: that file's.
"""

from __future__ import annotations

from typing import Any

import numpy as np

SMPL_OF_BODY = (
    0, 1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12, 15, 13, 16, 18, 20, 22, 14, 17, 19, 21, 23
)  # fmt: skip
"""Which joint of SMPL each body of the model is."""

PARENTS = (
    -1, 0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 12, 11, 14, 15, 16, 17, 11, 19, 20, 21, 22
)  # fmt: skip

OFFSETS = np.array(
    [
        (0.0, 0.0, 0.0), (0.0695, -0.0914, -0.0068), (0.0343, -0.3752, -0.0045),
        (-0.0136, -0.3980, -0.0437), (0.0264, -0.0558, 0.1193), (-0.0677, -0.0905, -0.0043),
        (-0.0383, -0.3826, -0.0089), (0.0158, -0.3984, -0.0423), (-0.0254, -0.0481, 0.1233),
        (-0.0025, 0.1090, -0.0267), (0.0055, 0.1352, 0.0011), (0.0015, 0.0529, 0.0254),
        (-0.0028, 0.2139, -0.0429), (0.0052, 0.0650, 0.0513), (0.0788, 0.1217, -0.0341),
        (0.0910, 0.0305, -0.0089), (0.2596, -0.0128, -0.0275), (0.2492, 0.0090, -0.0012),
        (0.0840, -0.0082, -0.0149), (-0.0818, 0.1188, -0.0386), (-0.0960, 0.0326, -0.0091),
        (-0.2537, -0.0133, -0.0214), (-0.2553, 0.0078, -0.0056), (-0.0846, -0.0061, -0.0103),
    ]
)  # fmt: skip
"""Place of each body relative to its parent in the rest pose, y up, shape (24, 3) [m]."""

FOOT = 0.015
"""Height at which the lowest body of a clip is set [m]."""


def positions(poses: Any, trans: Any) -> tuple[Any, Any]:
    """Return places (frames, 24, 3) [m] and turns (frames, 24, 3, 3) of the bodies in the world.

    The clip is lifted or lowered as a whole, until its lowest body is at `FOOT`.

    Args:
        poses: Axis-angle in SMPL's order, shape (frames, 72) [rad]; hands are ignored.
        trans: Pelvis, shape (frames, 3) [m].
    """
    poses = np.concatenate([poses[:, :66], np.zeros((len(poses), 6))], axis=1)
    local = turns(poses.reshape(len(poses), 24, 3)[:, list(SMPL_OF_BODY)])
    places, turned = [trans], [local[:, 0]]
    for body in range(1, 24):
        above = PARENTS[body]
        places.append(places[above] + turned[above] @ OFFSETS[body])
        turned.append(turned[above] @ local[:, body])
    found = np.stack(places, axis=1)
    found[..., 2] += FOOT - found[..., 2].min()
    return found, np.stack(turned, axis=1)


def turns(vectors: Any) -> Any:
    """Return the matrices (..., 3, 3) of rotation vectors (..., 3) [rad] (Rodrigues)."""
    angle = np.linalg.norm(vectors, axis=-1)[..., None, None]
    x, y, z = np.moveaxis(vectors, -1, 0)
    o = np.zeros_like(x)
    cross = np.stack([o, -z, y, z, o, -x, -y, x, o], axis=-1).reshape(*x.shape, 3, 3)
    safe = np.where(angle > 1e-8, angle, 1.0)
    first = np.where(angle > 1e-8, np.sin(safe) / safe, 1.0)
    second = np.where(angle > 1e-8, (1 - np.cos(safe)) / safe**2, 0.5)
    return np.eye(3) + first * cross + second * (cross @ cross)


def quaternions(matrices: Any) -> Any:
    """Return unit quaternions x, y, z, w, shape (..., 4), of matrices (..., 3, 3)."""
    m = matrices
    diagonal = np.stack([m[..., 0, 0], m[..., 1, 1], m[..., 2, 2]], axis=-1)
    trace = diagonal.sum(-1, keepdims=True)
    squared = np.concatenate([1 + 2 * diagonal - trace, 1 + trace], axis=-1)
    size = np.sqrt(np.maximum(squared, 0)) / 2
    skew = np.stack(
        [m[..., 2, 1] - m[..., 1, 2], m[..., 0, 2] - m[..., 2, 0], m[..., 1, 0] - m[..., 0, 1]],
        axis=-1,
    )
    size[..., :3] *= np.where(skew < 0, -1.0, 1.0)
    return size / np.linalg.norm(size, axis=-1, keepdims=True)


def contacts(places: Any, speeds: Any) -> Any:
    """Return which bodies rest near the floor: slower than 0.15 m/s and lower than 0.1 m."""
    return (np.linalg.norm(speeds, axis=-1) < 0.15) & (places[..., 2] < 0.1)
