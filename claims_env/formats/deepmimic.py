"""DeepMimic's motion files: JSON of 44 numbers per frame, retargeted onto SMPL.

A frame is its duration [s], the root's position [m] and rotation, then the joints: quaternions
(w, x, y, z), and one angle [rad] about z for knees and elbows. The world is y up, the body faces +x
and has its right at +z. Skeleton: DeepMimic's data/characters/humanoid3d.txt.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from claims_env.errors import MotionError
from claims_env.formats.amass import IMPORTED
from claims_env.formats.foreign_motion import ForeignMotion
from claims_env.formats.frame_time import frame_rate
from claims_env.formats.retargeting import retarget
from claims_env.motion import Motion
from claims_env.rotation import Floats, about

_SKELETON: tuple[tuple[str, int, tuple[float, float, float], int], ...] = (
    ("root", -1, (0.0, 0.0, 0.0), 4),
    ("chest", 0, (0.0, 0.236151, 0.0), 4),
    ("neck", 1, (0.0, 0.223894, 0.0), 4),
    ("right_hip", 0, (0.0, 0.0, 0.084887), 4),
    ("right_knee", 3, (0.0, -0.421546, 0.0), 1),
    ("right_ankle", 4, (0.0, -0.40987, 0.0), 4),
    ("right_shoulder", 1, (-0.02405, 0.2435, 0.18311), 4),
    ("right_elbow", 6, (0.0, -0.274788, 0.0), 1),
    ("right_wrist", 7, (0.0, -0.258947, 0.0), 0),
    ("left_hip", 0, (0.0, 0.0, -0.084887), 4),
    ("left_knee", 9, (0.0, -0.421546, 0.0), 1),
    ("left_ankle", 10, (0.0, -0.40987, 0.0), 4),
    ("left_shoulder", 1, (-0.02405, 0.2435, -0.18311), 4),
    ("left_elbow", 12, (0.0, -0.274788, 0.0), 1),
    ("left_wrist", 13, (0.0, -0.258947, 0.0), 0),
)
"""Name, parent, where from it [m], and how many numbers a frame has for it."""

WIDTH = 4 + sum(numbers for *_, numbers in _SKELETON)
"""Numbers of a frame: 44."""

UNEVEN = 1e-4
"""How much the frames' durations may differ [s]."""


def import_deepmimic(path: Path) -> Motion:
    """Return the motion in a DeepMimic file on SMPL's skeleton, named after the file.

    Of a motion that loops, one pass is taken. The body has no toes and no wrists that turn.

    Raises:
        MotionError: The file is missing or damaged, of another character, or uneven in time.
    """
    content = _content(path)
    frames = _frames(content, path)
    foreign = ForeignMotion(
        tuple(name for name, *_ in _SKELETON),
        tuple(parent for _, parent, *_ in _SKELETON),
        np.array([offset for _, _, offset, _ in _SKELETON]),
        _rotations(frames, path),
        frames[:, 1:4],
        _fps(frames[:, 0], path),
    )
    loop = str(content.get("Loop", "none"))
    provenance = {"generator": IMPORTED, "file": path.name, "format": "deepmimic", "loop": loop}
    return retarget(foreign, path.stem, provenance, str(path))


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise MotionError(path, "there is no such file.", "Check the path.") from None
    except (OSError, ValueError, RecursionError) as error:
        raise MotionError(path, f"it is no readable JSON ({error}).", "Take it again.") from None
    if not isinstance(content, dict) or not isinstance(content.get("Frames"), list):
        raise MotionError(
            path, "it has no list 'Frames'.", "Expected a DeepMimic motion: Loop and Frames."
        )
    return content


def _frames(content: dict[str, Any], path: Path) -> Floats:
    """Return all numbers, shape (frames, 44)."""
    rows = content["Frames"]
    for number, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != WIDTH:
            what = f"{len(row)} numbers" if isinstance(row, list) else "no list"
            raise MotionError(
                path,
                f"frame {number} of 'Frames' is {what}.",
                f"Expected {WIDTH}, of the character humanoid3d; no other is known here.",
            )
    try:
        frames = np.array(rows, np.float64).reshape(-1, WIDTH)
    except (TypeError, ValueError, OverflowError):
        raise MotionError(path, "'Frames' holds more than numbers.", "Take it again.") from None
    if len(frames) < 2:
        raise MotionError(path, f"it has {len(frames)} frame(s).", "At least 2 are needed.")
    if not np.isfinite(frames).all():
        raise MotionError(path, "'Frames' holds NaN or infinite numbers.", "Cut those frames.")
    return frames


def _fps(durations: Floats, path: Path) -> float:
    """Return the frame rate; the last frame may last 0 s, since nothing follows it."""
    counted = durations[:-1]
    if np.ptp(counted) > UNEVEN:
        raise MotionError(
            path,
            f"its frames last {counted.min():g} to {counted.max():g} s.",
            "Resample it to one frame rate.",
        )
    return frame_rate(float(np.median(counted)), str(path))


def _rotations(frames: Floats, path: Path) -> Floats:
    """Return local rotations, shape (frames, 15, 4)."""
    rotations = np.zeros((len(frames), len(_SKELETON), 4))
    start = 4
    for joint, (name, *_, numbers) in enumerate(_SKELETON):
        given = frames[:, start : start + numbers]
        rotations[:, joint] = _turned(given, name, path)
        start += numbers
    return rotations


def _turned(given: Floats, name: str, path: Path) -> Floats:
    if given.shape[1] == 0:
        return np.array([1.0, 0.0, 0.0, 0.0])
    if given.shape[1] == 1:
        return about("z", given[:, 0])
    length = np.linalg.norm(given, axis=1, keepdims=True)
    if np.abs(length - 1).max() > 0.05:
        frame = int(np.abs(length - 1).argmax())
        raise MotionError(
            path,
            f"frame {frame} has a quaternion of length {length[frame, 0]:.3g} for {name}.",
            "Expected unit quaternions w, x, y, z.",
        )
    return np.asarray(given / length)
