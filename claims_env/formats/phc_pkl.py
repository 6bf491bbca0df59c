"""PHC's motion library: a joblib pickle of clips by name, read without joblib and torch.

What PHC itself tracks counts: `pose_quat_global` and `root_trans_offset`, and not `pose_aa`, which
in the official release's files is the same motion before its smoothing. Source of the layout: PHC's
motion_lib_base.py and motion_lib_smpl.py, and the official release's convert_data_mdm_hik.py.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.clip_format import PHC_SHORTEST
from claims_env.errors import MotionError
from claims_env.formats.amass import EVALUATION_ONLY, IMPORTED
from claims_env.formats.inert_machine import Damaged, Forbidden
from claims_env.formats.joint_positions import motion_of_joints
from claims_env.formats.pickle_file import dangerous, read_pickle
from claims_env.formats.pickled_array import Array, array_of, is_tensor
from claims_env.formats.upright import local_of
from claims_env.motion import Motion, motion_from_poses
from claims_env.rotation import conjugate, from_rotvec, multiply, to_rotvec
from claims_env.suite import Refusal

FRAME_RATE = 30.0
"""What PHC takes for the frame rate of an entry that says none [Hz]."""

NOTEWORTHY = 0.01
"""From here on it is told how far `pose_aa` is off `pose_quat_global` [rad]."""

_CONTRACT = "Expected PHC's pose_quat_global (frames, 24, 4), root_trans_offset (frames, 3), fps."


def read_phc(path: Path) -> tuple[list[Motion], list[Refusal]]:
    """Return the clips of a PHC pickle under their names in it, and those that cannot be used.

    Raises:
        MotionError: The file is missing, damaged or would run code, or holds no library.
    """
    library = _library(read_pickle(path), path)
    try:
        return _clips(library, path)
    except Forbidden as name:
        raise dangerous(path, name) from None


def phc_names(path: Path) -> list[str]:
    """Return the names of the clips in a PHC pickle, in its order.

    Raises:
        MotionError: The file is missing, damaged or would run code, or holds no library.
    """
    return list(_library(read_pickle(path), path))


def _library(held: Any, path: Path) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(held, dict) or not held:
        what = "nothing" if held == {} else f"a {type(held).__name__}"
        raise MotionError(path, f"it holds {what}.", "Expected a dictionary of clips by name.")
    # a folder of pickles has one entry in each, or the entry itself
    if "root_trans_offset" in held:
        return {path.stem: held}
    strange = [key for key, entry in held.items() if not isinstance(entry, dict)]
    if strange:
        raise MotionError(
            path, f"its entry '{strange[0]}' is no clip.", "Expected a dictionary of clips by name."
        )
    if not all(isinstance(key, str) or _is_number(key) for key in held):
        raise MotionError(path, "its names are no texts.", "Expected clips by name.")
    library = {str(key): entry for key, entry in held.items()}
    if len(library) < len(held):
        raise MotionError(path, "it has a number and a text for one name.", "Rename one of them.")
    return library


def _is_number(key: object) -> bool:
    return isinstance(key, int) and abs(key) < 10**9


def _clips(
    library: Mapping[str, Mapping[str, Any]], path: Path
) -> tuple[list[Motion], list[Refusal]]:
    motions: list[Motion] = []
    refused: list[Refusal] = []
    for name, entry in library.items():
        try:
            motions.append(_motion(name, entry, path))
        except MotionError as error:
            refused.append(Refusal(name, str(error)))
    return motions, refused


def _motion(name: str, entry: Mapping[str, Any], path: Path) -> Motion:
    where = f"{path}, clip '{name}'"
    provenance = {"generator": IMPORTED, "file": path.name, "format": "phc", "clip": name}
    if isinstance(said := entry.get(EVALUATION_ONLY), str):
        provenance[EVALUATION_ONLY] = said
    if "pose_quat_global" not in entry and "smpl_joints" in entry:
        joints = _array(entry, "smpl_joints", (24, 3), where)
        return motion_of_joints(joints, _fps(entry, where), name, provenance, where)
    upright = _array(entry, "pose_quat_global", (24, 4), where)
    root = _array(entry, "root_trans_offset", (3,), where)
    if len(root) != len(upright):
        raise MotionError(
            where,
            f"'root_trans_offset' has {len(root)} frames, 'pose_quat_global' {len(upright)}.",
            "Write the clip again.",
        )
    # what is absurd overflows as soon as it is squared
    lengths = np.linalg.norm(np.clip(upright, -9, 9), axis=-1, keepdims=True)
    if not np.abs(lengths - 1).max(initial=0) < 1e-2:
        raise MotionError(where, "'pose_quat_global' is not of unit length.", "Normalise it.")
    rotations = local_of(upright / lengths)
    remarks = [*_remarks(entry, len(root)), *_deviation(entry, rotations, where)]
    return motion_from_poses(
        to_rotvec(rotations).reshape(len(root), -1),
        root,
        _fps(entry, where),
        name=name,
        provenance={**provenance, "remarks": remarks} if remarks else provenance,
        source=where,
    )


def _array(entry: Mapping[str, Any], key: str, shape: tuple[int, ...], where: str) -> Array:
    """Return an entry's array of this shape per frame, finite."""
    if key not in entry:
        held = ", ".join(sorted(map(str, entry))) or "nothing"
        raise MotionError(where, f"it has no '{key}'; it holds {held}.", _CONTRACT)
    try:
        array = array_of(entry[key])
    except Damaged as damage:
        raise MotionError(where, f"'{key}' is no array: {damage}.", _CONTRACT) from None
    if array.ndim != len(shape) + 1 or array.shape[1:] != shape:
        expected = ", ".join(["frames", *map(str, shape)])
        robot = " It may be of a robot." if key == "pose_aa" else ""
        raise MotionError(
            where, f"'{key}' has shape {array.shape}.", f"Expected ({expected}).{robot}"
        )
    if not len(array):
        raise MotionError(where, f"'{key}' has no frames.", "Leave the clip out.")
    if not np.isfinite(array).all():
        raise MotionError(
            where,
            f"'{key}' holds NaN or infinite numbers, which PHC would track without a word.",
            "Cut or repair those frames.",
        )
    return array.astype(np.float64)


def _fps(entry: Mapping[str, Any], where: str) -> float:
    if "fps" not in entry:
        return FRAME_RATE
    try:
        fps = array_of(entry["fps"])
    except Damaged as damage:
        raise MotionError(where, f"'fps' is no number: {damage}.", "State it in Hz.") from None
    if fps.size != 1 or not (np.isfinite(fps).all() and fps.item() > 0):
        raise MotionError(where, f"'fps' is {fps}.", "State one true frame rate in Hz.")
    return float(fps.item())


def _remarks(entry: Mapping[str, Any], frames: int) -> list[str]:
    """Return what PHC itself would stumble over (tried with its loader)."""
    root = entry["root_trans_offset"]
    told: list[str] = []
    if not is_tensor(root):
        told.append("root_trans_offset is a numpy array; PHC needs a torch tensor")
    elif array_of(root).dtype != np.float64:
        told.append("root_trans_offset is not float64; PHC can evaluate the clip, but not train")
    if "fps" not in entry:
        told.append(f"no fps; PHC takes {FRAME_RATE:g}")
    if "pose_aa" not in entry:
        told.append("no pose_aa; PHC needs it")
    if frames < PHC_SHORTEST:
        told.append(f"{frames} frames; PHC leaves out clips under {PHC_SHORTEST}")
    return told


def _deviation(entry: Mapping[str, Any], rotations: Array, where: str) -> list[str]:
    """Return how far `pose_aa` is off the motion that is tracked, if it is noteworthy."""
    if "pose_aa" not in entry:
        return []
    poses = _array(entry, "pose_aa", (72,), where)
    if len(poses) != len(rotations):
        return [f"pose_aa has {len(poses)} frames, the motion {len(rotations)}"]
    other = from_rotvec(poses.reshape(len(poses), -1, 3))
    off = np.linalg.norm(to_rotvec(multiply(conjugate(rotations), other)), axis=-1)[:, :22]
    if off.max() <= NOTEWORTHY:
        return []
    return [f"pose_aa is up to {off.max():.2f} rad off pose_quat_global, which was taken"]
