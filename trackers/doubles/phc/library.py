"""The motion library of a double: what it demands of a pkl, and how its clips go.

Demands: PHC's `motion_lib_base.py` and `motion_lib_smpl.py`. Offsets: the neutral body of PHC's
MJCF, in MuJoCo's order and the upright rest frame.
"""

from __future__ import annotations

import importlib.util
import math
import os
import pickle
from typing import Any

import numpy as np

PARENTS = (
    -1, 0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 12, 11, 14, 15, 16, 17, 11, 19, 20, 21, 22,
)  # fmt: skip

OFFSETS = np.array(
    [
        (0.0, 0.0, 0.0),
        (-0.0068, 0.0695, -0.0914), (-0.0045, 0.0343, -0.3752),
        (-0.0437, -0.0136, -0.398), (0.1193, 0.0264, -0.0558),
        (-0.0043, -0.0677, -0.0905), (-0.0089, -0.0383, -0.3826),
        (-0.0423, 0.0158, -0.3984), (0.1233, -0.0254, -0.0481),
        (-0.0267, -0.0025, 0.109), (0.0011, 0.0055, 0.1352), (0.0254, 0.0015, 0.0529),
        (-0.0429, -0.0028, 0.2139), (0.0513, 0.0052, 0.065),
        (-0.0341, 0.0788, 0.1217), (-0.0089, 0.091, 0.0305), (-0.0275, 0.2596, -0.0128),
        (-0.0012, 0.2492, 0.009), (-0.0149, 0.084, -0.0082),
        (-0.0386, -0.0818, 0.1188), (-0.0091, -0.096, 0.0326), (-0.0214, -0.2537, -0.0133),
        (-0.0056, -0.2553, 0.0078), (-0.0103, -0.0846, -0.0061),
    ]
)  # fmt: skip
"""Where each body sits in its parent, shape (24, 3) [m]."""

_LOWEST = 0.02
"""How high the lowest joint of the first frames ends up [m]. PHC puts the skin on the floor; a
double has no skin."""

_FIRST = 30
"""Frames PHC looks at to find the floor."""


class Library:
    """The clips of a pkl that are long enough, in its order.

    Attributes:
        _motion_data_keys: Their names, as PHC calls them.
        _num_unique_motions: How many there are.
        reference: For each, where its bodies are, shape (frames, 24, 3) [m].
    """

    def __init__(self, motion_file: str, *, shortest: int, training: bool) -> None:
        entries = _loaded(motion_file)
        kept = {k: v for k, v in entries.items() if len(v["pose_quat_global"]) >= shortest}
        if not kept:
            raise IndexError("list index out of range")
        self._motion_data_keys = np.array(list(kept))
        self._num_unique_motions = len(kept)
        self.reference = [_reference(entry, training) for entry in kept.values()]

    def frames(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return how many frames each clip has."""
        return np.array([len(one) for one in self.reference], dtype=np.int64)

    def speeds(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return each clip's mean joint speed [m/s], at 30 frames a second."""
        moved = [np.linalg.norm(np.diff(one, axis=0), axis=-1).mean() for one in self.reference]
        return np.array(moved, dtype=np.float64) * 30


def _loaded(motion_file: str) -> Any:
    if not os.path.isfile(motion_file):
        raise IndexError("list index out of range")  # PHC takes it for a folder, and finds nothing
    if importlib.util.find_spec("joblib") is not None:
        return importlib.import_module("joblib").load(motion_file)
    with open(motion_file, "rb") as file:  # what joblib reads as well
        return pickle.load(file)


def _reference(entry: dict[str, Any], training: bool) -> Any:
    import torch

    trans = entry["root_trans_offset"].clone()
    pose_aa = entry["pose_aa"]
    turned = np.asarray(entry["pose_quat_global"], dtype=np.float64)
    if turned.shape[1:] != (24, 4) or pose_aa.reshape(len(turned), -1).shape[1] != 72:
        raise ValueError(f"shape mismatch: {turned.shape}, {pose_aa.shape}")
    if training:  # PHC turns each clip by a random angle, in double precision
        trans = torch.matmul(trans, torch.eye(3, dtype=torch.float64))
    return _on_the_floor(_positions(turned, trans.numpy().astype(np.float64)))


def _positions(turned: Any, root: Any) -> Any:
    out = np.zeros((len(turned), 24, 3))
    out[:, 0] = root
    for body in range(1, 24):
        above = PARENTS[body]
        out[:, body] = out[:, above] + _rotated(turned[:, above], OFFSETS[body])
    return out


def _rotated(xyzw: Any, vector: Any) -> Any:
    axis, real = xyzw[:, :3], xyzw[:, 3:]
    twice = 2 * np.cross(axis, vector)
    return vector + real * twice + np.cross(axis, twice)


def _on_the_floor(positions: Any) -> Any:
    lowest = positions[:_FIRST, :, 2].min()
    # PHC keeps a reference that is not a number without a word
    if math.isfinite(lowest):
        positions[..., 2] += _LOWEST - lowest
    return positions
