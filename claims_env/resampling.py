"""A motion at another frame rate, on exact times."""

import numpy as np
import numpy.typing as npt

from claims_env.errors import MotionError
from claims_env.rotation import Floats, slerp

_ROUNDING = 1e-6
"""What 1/fps may be off by before a last frame is lost to rounding [frames]."""


def resampled(
    rotations: Floats, root: Floats, fps_from: float, fps_to: float, frames: int | None = None
) -> tuple[Floats, Floats]:
    """Return rotations (frames, joints, 4) and root (frames, 3) at the times k / `fps_to`.

    Rotations go along the shorter arc (slerp). The root follows a cubic through its positions whose
    tangents are central differences (Catmull-Rom), one-sided ones of second order at the ends: a
    parabola stays one. The last interval may be continued by less than one frame of the source.

    Args:
        rotations: Shape (frames, joints, 4), unit quaternions w, x, y, z.
        root: Shape (frames, 3).
        fps_from: The rate they have [Hz].
        fps_to: The rate to bring them to [Hz].
        frames: How many to return; None for as many as lie within the clip.

    Raises:
        MotionError: Fewer than two frames, a rate that is not positive, or more frames asked for
            than the clip and one frame of it last.
    """
    _check(rotations, root, fps_from, fps_to)
    last = len(root) - 1
    wanted = int(last * fps_to / fps_from + _ROUNDING) + 1 if frames is None else frames
    if fps_from == fps_to and wanted == len(root):
        return rotations, root
    times = np.arange(wanted) * fps_from / fps_to
    if wanted < 1 or times[-1] >= last + 1:
        raise MotionError(
            "resampling",
            f"{wanted} frame(s) at {fps_to:g} fps were asked of {last + 1} at {fps_from:g} fps.",
            "Ask for at least 1, and for no time beyond one frame after the last.",
        )
    first = np.minimum(times.astype(np.intp), last - 1)
    share = times - first
    turned = slerp(rotations[first], rotations[first + 1], share[:, None])
    return turned, _cubic(root, first, share[:, None])


def _cubic(points: Floats, first: npt.NDArray[np.intp], u: Floats) -> Floats:
    """Return the points at `u` [frames] after the frames `first`, by Hermite's cubics."""
    tangents: Floats = np.gradient(points, axis=0, edge_order=2 if len(points) > 2 else 1)
    start, way = points[first], points[first + 1] - points[first]
    leaving, arriving = tangents[first], tangents[first + 1]
    bend = 3 * way - 2 * leaving - arriving
    swing = leaving + arriving - 2 * way
    return start + u * (leaving + u * (bend + u * swing))


def _check(rotations: Floats, root: Floats, fps_from: float, fps_to: float) -> None:
    if len(root) != len(rotations) or len(root) < 2:
        raise MotionError(
            "resampling",
            f"rotations have {len(rotations)} frame(s) and root {len(root)}.",
            "Expected the same number, and at least 2.",
        )
    if not (np.isfinite(fps_from) and np.isfinite(fps_to) and fps_from > 0 and fps_to > 0):
        raise MotionError(
            "resampling", f"from {fps_from} to {fps_to} fps is no change of rate.", "State Hz > 0."
        )
