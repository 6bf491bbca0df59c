"""Contact: where a body meets the floor, and for how long it does not.

A motion knows joints, not flesh, so the flesh is put back here: a few points under each foot, and a
radius around every other joint.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.rotation import Floats, rotate
from claims_env.skeleton import INDEX, JOINTS, Pose

Mask = npt.NDArray[np.bool_]

PLANTED_HEIGHT = 0.02
"""A sole lower than this carries weight [m]; well-grounded mocap stands within 0.015 m."""

CONTACT_HEIGHT = 0.04
"""A body part lower than this may touch the floor [m]."""

CLEARANCE = 0.1
"""A body part higher than this does not [m]; between the two, mocap cannot tell."""

_RADII = {
    "Pelvis": 0.094, "Hip": 0.08, "Spine1": 0.09, "Spine2": 0.09, "Spine3": 0.09, "Knee": 0.05,
    "Neck": 0.05, "Head": 0.09, "Collar": 0.05, "Shoulder": 0.05, "Elbow": 0.04, "Wrist": 0.03,
    "Hand": 0.03, "Ankle": 0.0, "Foot": 0.0,
}  # fmt: skip

RADII = np.array([_RADII[name.removeprefix("L_").removeprefix("R_")] for name in JOINTS])
"""Flesh around each joint, shape (24,) [m]; our rounding of the neutral SMPL body's girths.

The feet have none: their soles are points of their own.
"""

LEFT_SOLE, RIGHT_SOLE = slice(0, 3), slice(3, 6)
"""Where each foot's heel, ball and toe stand in `soles`."""


_SOLE = tuple(
    (f"{side}_{joint}", (0.0, down, ahead))
    for side, ankle in (("L", -0.0724), ("R", -0.0655))
    for joint, down, ahead in (
        ("Ankle", ankle, -0.04),
        ("Foot", -0.017, 0.0),
        ("Foot", -0.017, 0.06),
    )
)
"""Heel, ball and toe: the joint each is fixed to, and where from there in the rest frame [m]."""

SOLE_JOINTS = [INDEX[joint] for joint, _ in _SOLE]
"""The joint each point of `soles` is fixed to."""

SOLE_OFFSETS = np.array([offset for _, offset in _SOLE])
"""Where from there it lies in the rest frame, shape (6, 3) [m]."""

_FLESHY = np.flatnonzero(RADII > 0)


def soles(pose: Pose) -> Floats:
    """Return heel, ball and toe of the left and then of the right foot, shape (frames, 6, 3) [m].

    In rest all of them lie `STANDING_HEIGHT` below the pelvis: 0.07 m below the ankle and 0.02 m
    below the foot joint, as on the neutral body's MJCF.
    """
    turned = rotate(pose.orientations[:, SOLE_JOINTS], SOLE_OFFSETS)
    return np.asarray(pose.positions[:, SOLE_JOINTS] + turned)


def lowest(pose: Pose, sole_points: Floats) -> Floats:
    """Return the height of the lowest point of the body, shape (frames,) [m]."""
    flesh = pose.positions[:, _FLESHY, 2] - RADII[_FLESHY]
    return np.asarray(np.minimum(flesh.min(1), sole_points[:, :, 2].min(1)))


def sole_heights(sole_points: Floats) -> Floats:
    """Return the height of each foot's lowest point, shape (frames, 2) [m]: left, right."""
    height = sole_points[:, :, 2]
    return np.stack([height[:, LEFT_SOLE].min(1), height[:, RIGHT_SOLE].min(1)], axis=1)


def slip(sole_points: Floats, fps: float) -> Floats:
    """Return how fast planted feet slide, shape (frames - 1, 2) [m/s]; NaN where not planted.

    A foot rolls over heel or toe without sliding, so its slowest touching point counts.
    """
    moved = np.linalg.norm(np.diff(sole_points[:, :, :2], axis=0), axis=-1) * fps
    touching = sole_points[:, :, 2] < PLANTED_HEIGHT
    moved = np.where(touching[1:] & touching[:-1], moved, np.inf)
    slowest = np.stack([moved[:, LEFT_SOLE].min(1), moved[:, RIGHT_SOLE].min(1)], axis=1)
    return np.where(np.isfinite(slowest), slowest, np.nan)


def spells(mask: npt.NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Yield (start, stop) of each unbroken run of True, shape (frames,)."""
    edges = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    yield from zip(starts.tolist(), stops.tolist(), strict=True)
