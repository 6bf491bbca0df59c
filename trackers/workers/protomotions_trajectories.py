"""What was performed, clip by clip, as ProtoMotions saved it: checked, moved back, in SMPL's order.

Runs under Python 3.8 with numpy. Facts: `mimic_evaluator.py`, `env.py`, `terrain.py` of
ProtoMotions 3 (commit 607ca7a).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import job_files
import numpy as np

SMPL_FROM_MUJOCO = (
    0, 1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12, 14, 19, 13, 15, 20, 16, 21, 17, 22, 18, 23
)  # fmt: skip
"""Which body, in the order of the model's file, each joint of SMPL is (`smpl_joint_names.py`)."""

STEP = 1 / 30
"""Time between two saved frames [s]; the first is one step after the start."""

GRID = 0.1
"""Bodies are set down on a grid of this spacing [m] (`terrain/config.py`, horizontal_scale)."""

NEAR = 0.04
"""How far from the grid a body may seem to start before its place is called uncertain [m]."""


def performed(
    predicted: dict[str, Any],
    library: dict[str, Any],
    clips: list[dict[str, Any]],
    threshold: float,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return joints and reference of every clip, and figures to compare with the program's.

    Frame k was saved after step k + 1, so that it belongs to the reference's frame k + 1.

    Args:
        predicted: What was performed, in the layout of a motion library.
        library: What was asked for, each clip with one frame more at its end.
        clips: The job's, in the library's order.
        threshold: Mean distance of all bodies beyond which the program calls a clip failed [m].

    Returns:
        Arrays by the names `<clip id>/joints` and `<clip id>/reference`, float32, shape
        (frames, 24, 3) [m], in SMPL's order, with frames at most the clip's less 1; and figures.

    Raises:
        job_files.WorkerError: It is not of these clips, or cannot be true.
    """
    _confirm(predicted, library, clips)
    arrays: dict[str, Any] = {}
    errors: list[Any] = []
    doubtful = shifted = 0
    for number, clip in enumerate(clips):
        joints, reference = _rows(predicted, number), _rows(library, number)[1:]
        frames = min(len(joints), len(reference))
        _require(frames > 0 and np.isfinite(joints[0]).all(), _unsimulated(clip))
        offset, apart = spawned(joints[0, 0], *_rows(library, number)[:2, 0])
        doubtful, shifted = doubtful + bool(apart > NEAR), shifted + bool(offset.any())
        joints, reference = joints[:frames] - offset, reference[:frames]
        errors.append(np.linalg.norm(joints - reference, axis=-1).mean(-1))
        kept = clip["frames"] - 1
        arrays[clip["id"] + "/joints"] = _smpl(joints[:kept])
        arrays[clip["id"] + "/reference"] = _smpl(reference[:kept])
    return arrays, {
        "mean_error": _told(np.mean([error.mean() for error in errors])),
        "worst_errors": [_told(error.max()) for error in errors],
        "threshold": threshold,
        "uncertain_starts": doubtful,
        "moved_starts": shifted,
        "diverged": [
            clip["id"] for clip in clips if not np.isfinite(arrays[clip["id"] + "/joints"]).all()
        ],
    }


def spawned(start: Any, before: Any, after: Any) -> tuple[Any, float]:
    """Return how far a clip's floor was moved, shape (3,) [m], and how far off the grid that is.

    The evaluator sets every body down at a random point of the terrain's grid and saves positions
    in the world, without taking that back, so that they lie some hundred metres from the clip. It
    saves no frame of the start itself; but the pelvis can be where it began, moved by what the
    reference moves in the first step, to far less than half of the grid's spacing. The height is
    not moved: a body starts 5 cm above its reference, and falls.

    Args:
        start: The pelvis after the first step, shape (3,) [m].
        before: The reference's at the start.
        after: The reference's after the first step.
    """
    began = np.asarray(start[:2], np.float64) - (after[:2] - before[:2])
    if np.abs(began - before[:2]).max() <= GRID / 2:
        return np.zeros(3), 0.0  # a version that moves nothing, or takes it back
    point = np.round(began / GRID) * GRID
    offset = np.append(point - before[:2], 0.0)
    return offset, float(np.abs(began - point).max())


def write(path: Path, arrays: dict[str, Any]) -> None:
    """Write trajectories, all at once or not at all."""
    job_files.write_whole(path, lambda file: np.savez(file, **arrays))


def _confirm(
    predicted: dict[str, Any], library: dict[str, Any], clips: list[dict[str, Any]]
) -> None:
    for key in ("gts", "length_starts", "motion_num_frames", "motion_dt", "motion_files"):
        _require(key in predicted, f"The performed motions lack '{key}'.")
    count = len(predicted["motion_num_frames"])
    _require(
        count == len(clips) == len(library["motion_num_frames"]),
        f"{count} motions were performed, and {len(clips)} were asked for.",
    )
    _require(
        list(predicted["motion_files"]) == list(library["motion_files"]),
        "The performed motions are not those of this job.",
    )
    steps = np.asarray(predicted["motion_dt"], np.float64)
    _require(
        bool((abs(steps - STEP) < 1e-4).all()),
        f"The simulator's control step is {steps.max():.4f} s; metrics are defined at 1/30 s.",
    )
    _require(
        len(predicted["gts"]) == int(np.asarray(predicted["motion_num_frames"]).sum()),
        "The performed motions have another length than they say.",
    )


def _rows(motions: dict[str, Any], number: int) -> Any:
    start = int(motions["length_starts"][number])
    rows = motions["gts"][start : start + int(motions["motion_num_frames"][number])]
    return np.asarray(rows, np.float64)


def _smpl(bodies: Any) -> Any:
    return bodies[:, list(SMPL_FROM_MUJOCO)].astype(np.float32)


def _told(figure: Any) -> float | None:
    """Return a figure as JSON has it: a clip that diverged has none."""
    return float(figure) if np.isfinite(figure) else None


def _unsimulated(clip: dict[str, Any]) -> str:
    return "Clip '{}' was not performed, or begins with numbers that are not finite.".format(
        clip["id"]
    )


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise job_files.WorkerError("bad_output", "evaluate", problem)
