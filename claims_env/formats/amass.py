"""AMASS: axis-angle npz files of SMPL, SMPL-H and SMPL-X bodies, read and written."""

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.durable_file import write_atomically
from claims_env.errors import MotionError
from claims_env.formats.npz_arrays import read_arrays
from claims_env.motion import Motion, motion_from_poses
from claims_env.rotation import to_rotvec

REST_PELVIS = np.array([-0.0018, -0.2233, 0.0282])
"""Where the neutral SMPL model has its pelvis before translation [m] (PHC's and SMPLSim's MJCF)."""

FRAME_RATES = ("mocap_framerate", "mocap_frame_rate", "fps", "framerate", "frame_rate")
"""The names under which data sets keep their frame rate."""

WIDTHS = {66: "SMPL-H body", 72: "SMPL", 156: "SMPL-H", 165: "SMPL-X"}
"""How many numbers a frame of `poses` has in each body model: three per joint."""

_BODY = 66
"""The 22 body joints come first in every one of these models."""

_FINGERS = 90
"""SMPL-H has 30 finger joints after them, where SMPL has two hands."""

_REAL = "iuf"
"""The kinds of numpy type that hold real numbers: no complex ones, no truth, no time, no text."""

_SAYS_PELVIS = re.compile(r"\btrans\b(?:\s*\([^)]*\))?[^,;.]*\bpelvis position", re.IGNORECASE)

EVALUATION_ONLY = "evaluation_only"
"""Under this name a clip, and each file of it, says of which set it is that none learns from."""

IMPORTED = "imported"
"""What the provenance of an imported clip names as its generator."""

_WANTED = ("poses", "trans", "trans_is_pelvis", EVALUATION_ONLY, *FRAME_RATES)


def import_amass(path: Path, *, trans_is_pelvis: bool | None = None) -> Motion:
    """Return the motion in an AMASS-like npz, named after the file.

    Only SMPL's own two hand joints are kept of any fingers. The body becomes the neutral one,
    whatever `betas` says, so that a tall subject's feet may end some centimetres off the floor.

    In AMASS `trans` moves the model's origin, and the pelvis lies `REST_PELVIS` from it: an offset
    which the root rotation does not turn. Other tools write the pelvis itself. Which it is comes
    from, in this order: the argument, an array `trans_is_pelvis` in the file, a `metadata.json`
    beside it that calls `trans` a pelvis position, and otherwise AMASS's convention.

    Args:
        path: The npz file.
        trans_is_pelvis: Whether `trans` is the pelvis position; None lets the file say.

    Raises:
        MotionError: The file is missing, damaged, pickled or without a frame rate, or holds arrays
            of the wrong shape or numbers that are not finite.
    """
    arrays, held = read_arrays(path, _WANTED)
    poses, trans = _required(arrays, "poses", held, path), _required(arrays, "trans", held, path)
    fps = _frame_rate(arrays, path)
    says_pelvis, why = _pelvis_question(arrays, path, trans_is_pelvis)
    provenance = {"generator": IMPORTED, "file": path.name, "trans_is_pelvis": why}
    if EVALUATION_ONLY in arrays:
        provenance[EVALUATION_ONLY] = str(arrays[EVALUATION_ONLY])
    return motion_from_poses(
        _body_poses(poses, path),
        _checked_trans(trans, len(poses), path) + (0.0 if says_pelvis else REST_PELVIS),
        fps,
        name=path.stem,
        provenance=provenance,
        source=path,
    )


def write_amass(motion: Motion, path: Path) -> None:
    """Write a motion as AMASS itself would, all at once or not at all.

    That is SMPL-H with still fingers, and `trans` is the model's origin.

    `save_motion` writes the same arrays with `trans` the pelvis, and keeps the provenance; this is
    for tools that know AMASS's convention only. The body is the neutral one.
    """
    poses = to_rotvec(motion.rotations).reshape(motion.frames, -1)[:, :_BODY]
    only = motion.provenance.get(EVALUATION_ONLY)
    arrays: dict[str, Any] = {
        "poses": np.pad(poses, ((0, 0), (0, _FINGERS))).astype(np.float64),
        "trans": (motion.root - REST_PELVIS).astype(np.float64),
        "mocap_framerate": np.array(float(motion.fps)),
        "betas": np.zeros(16),
        "dmpls": np.zeros((motion.frames, 8)),
        "gender": np.array("neutral"),
    }
    if only is not None:
        arrays[EVALUATION_ONLY] = np.array(str(only))
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    write_atomically(path, content.getvalue())


def _required(
    arrays: dict[str, npt.NDArray[Any]], key: str, held: Sequence[str], path: Path
) -> npt.NDArray[Any]:
    if key not in arrays:
        there = ", ".join(sorted(held)) or "nothing"
        raise MotionError(
            path,
            f"it has no '{key}'; it holds {there}.",
            "Expected AMASS's arrays poses and trans.",
        )
    return _field(arrays, key, path)


def _field(arrays: dict[str, npt.NDArray[Any]], key: str, path: Path) -> npt.NDArray[Any]:
    array = arrays[key]
    if array.dtype.kind not in _REAL:
        raise MotionError(path, f"'{key}' has type {array.dtype}.", "Save it as real numbers.")
    if not np.isfinite(array).all():
        raise MotionError(
            path, f"'{key}' holds NaN or infinite numbers.", "Cut or repair those frames."
        )
    return array


def _frame_rate(arrays: dict[str, npt.NDArray[Any]], path: Path) -> float:
    for key in FRAME_RATES:
        if key in arrays:
            fps = _field(arrays, key, path)
            if fps.size == 1 and fps.item() > 0:
                return float(fps.item())
            raise MotionError(path, f"'{key}' is {fps}.", "State one true frame rate in Hz.")
    raise MotionError(path, "it says no frame rate.", f"Add one of {', '.join(FRAME_RATES)} in Hz.")


def _body_poses(poses: npt.NDArray[Any], path: Path) -> npt.NDArray[Any]:
    """Return poses of 24 joints, shape (frames, 72) [rad], from any of `WIDTHS`."""
    if poses.ndim != 2 or poses.shape[1] not in WIDTHS:
        known = ", ".join(f"(frames, {width}) for {body}" for width, body in WIDTHS.items())
        raise MotionError(path, f"'poses' has shape {poses.shape}.", f"Expected {known}.")
    if poses.shape[1] == 72:
        return poses
    return np.pad(poses[:, :_BODY], ((0, 0), (0, 6)))


def _checked_trans(trans: npt.NDArray[Any], frames: int, path: Path) -> npt.NDArray[Any]:
    if trans.shape != (frames, 3):
        raise MotionError(
            path, f"'trans' has shape {trans.shape}.", f"Expected ({frames}, 3), as many as poses."
        )
    return trans.astype(np.float64)


def _pelvis_question(
    arrays: dict[str, npt.NDArray[Any]], path: Path, asked: bool | None
) -> tuple[bool, str]:
    """Return whether `trans` is the pelvis, and how we know."""
    if asked is not None:
        return asked, f"{asked}, as the caller says"
    if "trans_is_pelvis" in arrays:
        said = arrays["trans_is_pelvis"]
        if said.dtype.kind not in f"b{_REAL}":
            raise MotionError(path, f"'trans_is_pelvis' is {said}.", "Save True or False.")
        answer = bool(said.all())
        return answer, f"{answer}, as the file says"
    if _metadata_says_pelvis(path.with_name("metadata.json")):
        return True, "True, as metadata.json says"
    return False, "False, AMASS's convention"


def _metadata_says_pelvis(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise MotionError(path, f"it is no JSON ({error}).", "Repair or remove it.") from None
    told = metadata.values() if isinstance(metadata, dict) else [metadata]
    return any(isinstance(text, str) and _SAYS_PELVIS.search(text) for text in told)
