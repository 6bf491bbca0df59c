"""The signature of a clip: what its joints do in the body's own frame, as a vector of fixed length.

It tells motions apart by how they look, where the figures of the filter tell them apart by how hard
they are. Position on the floor and heading do not enter, nor does the length of the clip.
"""

import numpy as np

from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, JOINTS

_SHARES = (5.0, 50.0, 95.0)
"""Percentiles taken of each coordinate over time."""

_SWAPPED = [
    INDEX[{"L": "R", "R": "L"}[name[0]] + name[1:]] if name[1] == "_" else INDEX[name]
    for name in JOINTS
]


def signature(joints: Floats, fps: float, *, mirrored: bool = False) -> Floats:
    """Return a clip's signature, shape (LENGTH,).

    For each joint and axis of the heading frame (left, ahead, up; the origin on the floor under the
    pelvis): percentiles 5, 50 and 95 and the deviation of the position [m], and the mean size of
    the velocity [m/s]; then the same of the pelvis's own velocity over the floor [m/s] and of the
    heading's rate [rad/s].

    Args:
        joints: Shape (frames, 24, 3) [m], two frames or more.
        fps: Frames per second.
        mirrored: Return that of the clip seen in a mirror.
    """
    if mirrored:
        joints = joints[:, _SWAPPED] * [-1.0, 1.0, 1.0]
    axes = _heading(joints)
    floor = joints[:, :1] * [1, 1, 0]
    local = np.einsum("tij,tnj->tni", axes, joints - floor)
    speed = np.abs(np.diff(local, axis=0)).mean(0) * fps
    spread = [np.percentile(local, _SHARES, axis=0), local.std(0)[None], speed[None]]
    return np.concatenate([*(part.ravel() for part in spread), _passage(joints, axes, fps)])


def _heading(joints: Floats) -> Floats:
    """Return left, ahead and up as rows, shape (frames, 3, 3), from the line of the hips."""
    across = (joints[:, INDEX["L_Hip"]] - joints[:, INDEX["R_Hip"]])[:, :2]
    length = np.linalg.norm(across, axis=1)
    # a body on its side faces nowhere: it keeps the heading it had, or the first it gets
    known = np.flatnonzero(length > 0.05)
    if not len(known):
        return np.broadcast_to(np.eye(3), (len(joints), 3, 3))
    latest = np.clip(np.searchsorted(known, np.arange(len(joints)), side="right") - 1, 0, None)
    left = across[known[latest]] / length[known[latest], None]
    axes = np.zeros((len(joints), 3, 3))
    axes[:, 0, :2] = left
    axes[:, 1, :2] = np.stack([left[:, 1], -left[:, 0]], -1)
    axes[:, 2, 2] = 1.0
    return axes


def _passage(joints: Floats, axes: Floats, fps: float) -> Floats:
    """Return percentiles of the pelvis's velocity and of the turning rate, and their deviations."""
    velocity = np.einsum("tij,tj->ti", axes[:-1], np.diff(joints[:, 0], axis=0)) * fps
    yaw = np.unwrap(np.arctan2(axes[:, 0, 1], axes[:, 0, 0]))
    rates = np.column_stack([velocity, np.diff(yaw) * fps])
    return np.concatenate([np.percentile(rates, _SHARES, axis=0).ravel(), rates.std(0)])


LENGTH = len(JOINTS) * 3 * (len(_SHARES) + 2) + 4 * (len(_SHARES) + 1)
"""How many figures a signature has."""
