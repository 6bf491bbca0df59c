"""PHC's motion library: the pkl it reads, made from exchange clips.

Runs under Python 3.8 with numpy and torch of PHC's environment: what a newer numpy pickles, PHC's
cannot read, so the file is written there. Source of the format: PHC's `motion_lib_base.py` and
`motion_lib_smpl.py`, and the files the CLAIMS release writes (`convert_data_mdm_hik.py`).
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    Floats = np.ndarray[Any, np.dtype[np.float64]]

SMPL_TO_MUJOCO = (
    0, 1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12, 15, 13, 16, 18, 20, 22, 14, 17, 19, 21, 23,
)  # fmt: skip
"""For each body in MuJoCo's order, its joint in SMPL's."""

MUJOCO_TO_SMPL = tuple(SMPL_TO_MUJOCO.index(joint) for joint in range(24))
"""For each joint in SMPL's order, its body in MuJoCo's."""

PARENTS = (-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21)
"""The parent of each joint in SMPL's order."""

TO_UPRIGHT = (0.5, -0.5, -0.5, -0.5)
"""What every world rotation is multiplied by from the right (w, x, y, z): the rest frames of PHC's
bodies are SMPL's turned so that z is up."""

HANDS = (22, 23)
"""Joints PHC's body does not bend, in SMPL's order."""

FPS = 30.0
"""The rate PHC performs at [Hz]."""

SHORTEST = 5
"""Frames below which PHC drops a clip without a word (`min_length` of env_im.yaml)."""


def read_clip(path: Path) -> dict[str, Floats]:
    """Return `poses` (frames, 72) [rad] and `trans` (frames, 3) [m] of an exchange clip.

    Raises:
        ValueError: The file is damaged, or holds something else.
    """
    try:
        with path.open("rb") as content, np.load(content, allow_pickle=False) as file:
            arrays = {name: file[name] for name in ("poses", "trans", "mocap_framerate")}
    except Exception as error:  # zipfile, zlib and numpy each fail in their own ways
        raise ValueError(f"{path.name} cannot be read ({error}).") from error
    poses, trans = arrays["poses"].astype(np.float64), arrays["trans"].astype(np.float64)
    if poses.ndim != 2 or poses.shape[1] != 72 or trans.shape != (len(poses), 3):
        told = (path.name, poses.shape, trans.shape)
        raise ValueError("{}: poses {} and trans {}; expected (T, 72) and (T, 3).".format(*told))
    if not (np.isfinite(poses).all() and np.isfinite(trans).all()):
        raise ValueError(f"{path.name}: poses or trans hold numbers that are not finite.")
    rate = float(arrays["mocap_framerate"])
    if abs(rate - FPS) > 1e-3:
        raise ValueError(f"{path.name}: {rate:g} fps; PHC performs at {FPS:g}.")
    return {"poses": poses, "trans": trans}


def entry(poses: Floats, trans: Floats) -> dict[str, Any]:
    """Return what the library holds of one clip.

    Args:
        poses: Axis-angle in SMPL's order, world z up, shape (frames, 72) [rad].
        trans: World position of the pelvis, shape (frames, 3) [m].
    """
    import torch

    poses = poses.copy().reshape(-1, 24, 3)
    poses[:, HANDS] = 0
    upright = upright_rotations(poses)
    return {
        "pose_quat_global": xyzw(upright),
        "pose_quat": xyzw(_local(upright)),
        "root_trans_offset": torch.from_numpy(np.array(trans, dtype=np.float64)),
        "trans_orig": np.array(trans, dtype=np.float64),
        "pose_aa": poses.reshape(-1, 72),
        "beta": np.zeros(10),
        "gender": "neutral",
        "fps": FPS,
    }


def write_library(path: Path, clips: Sequence[tuple[str, dict[str, Floats]]]) -> None:
    """Write a library; its order and its keys are those of the clips.

    It is a plain pickle: `joblib.load`, which PHC reads it with, takes those too.
    """
    library = {name: entry(clip["poses"], clip["trans"]) for name, clip in clips}
    with path.open("wb") as file:
        pickle.dump(library, file, protocol=4)


def upright_rotations(poses: Floats) -> Floats:
    """Return world rotations as PHC wants them: MuJoCo's order, upright rest frames, w first.

    Args:
        poses: Axis-angle in SMPL's order, shape (frames, 24, 3) [rad].

    Returns:
        Unit quaternions w, x, y, z of shape (frames, 24, 4), neighbours in one hemisphere.
    """
    local = _quaternions(poses)
    world = local.copy()
    for joint in range(1, 24):
        world[:, joint] = _product(world[:, PARENTS[joint]], local[:, joint])
    upright = _product(world[:, SMPL_TO_MUJOCO], np.array(TO_UPRIGHT))
    return _continuous(upright / np.linalg.norm(upright, axis=-1, keepdims=True))


def xyzw(quaternions: Floats) -> Floats:
    """Return quaternions (..., 4) with their real part last."""
    return np.ascontiguousarray(np.roll(quaternions, -1, axis=-1))


def _local(world: Floats) -> Floats:
    """Return rotations relative to the parent, MuJoCo's order."""
    local = world.copy()
    for body, joint in enumerate(SMPL_TO_MUJOCO):
        if joint:
            above = world[:, MUJOCO_TO_SMPL[PARENTS[joint]]]
            local[:, body] = _product(above * np.array([1, -1, -1, -1]), world[:, body])
    return local


def _quaternions(rotvec: Floats) -> Floats:
    """Return the quaternions w, x, y, z of rotation vectors [rad]."""
    angle = np.linalg.norm(rotvec, axis=-1, keepdims=True)
    # sinc is smooth at zero, where sin(angle / 2) / angle is 0 / 0
    axis = rotvec * (0.5 * np.sinc(angle / (2 * np.pi)))
    return np.concatenate([np.cos(angle / 2), axis], axis=-1)


def _product(a: Floats, b: Floats) -> Floats:
    """Return the quaternion product a * b (b first, then a)."""
    aw, ax, ay, az = np.moveaxis(a, -1, 0)
    bw, bx, by, bz = np.moveaxis(b, -1, 0)
    parts = [
        aw * bw - ax * bx - ay * by - az * bz,
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
    ]
    return np.stack(parts, axis=-1)


def _continuous(quaternions: Floats) -> Floats:
    """Flip signs so that neighbours in time lie in one hemisphere."""
    turned = (quaternions[1:] * quaternions[:-1]).sum(-1) < 0
    out = quaternions.copy()
    out[1:] *= np.cumprod(np.where(turned, -1, 1), axis=0)[..., None]
    return out
