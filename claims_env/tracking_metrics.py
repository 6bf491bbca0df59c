"""Tracking success and errors, exactly as PHC computes them.

Source: PHC's evaluation loop (`im_amp_players.py`, `humanoid_im.py`) and SMPLSim's
`compute_metrics_lite`. Where the paper's App. A disagrees (velocities divided by the time step, a
per-frame success share), the published tables follow PHC, and so does this file; `si` converts.

Arrays hold reference frames 1, 2, ...: the start pose is given, not tracked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from claims_env.skeleton import INDEX, JOINTS

Joints = npt.NDArray[np.floating[Any]]

FAILURE_DISTANCE = 0.5
"""Mean distance over `EVALUATED` beyond which a clip is lost [m] (PHC's evaluation)."""

EVALUATED = [i for name, i in INDEX.items() if name[2:] not in ("Foot", "Hand")]
"""The 20 bodies of PHC's success test: all but toes and hands. The errors use all 24."""

FailedFrames = Literal["phc", "until_failure", "full"]
"""Which frames of a failed clip enter its errors.

phc: as PHC records them: after a failure the clip restarts from its first frame, again and again,
until its length is filled. PHC fills up to its batch's length; here it is the clip's own, so that a
clip's figures do not depend on its neighbours. until_failure: the frames up to the failing one.
full: every frame, the body lying where it fell.
"""


@dataclass(frozen=True, slots=True)
class TrackingMetrics:
    """How well one clip was tracked.

    Attributes:
        success: It never failed (see `failure_frame`).
        g_mpjpe: Mean joint error in the world frame [mm].
        l_mpjpe: The same relative to the pelvis, orientation kept [mm].
        pa_mpjpe: The same after a similarity Procrustes fit of each frame [mm].
        vel_dist: Mean error of the joints' first differences [mm/frame]; NaN under 2 frames.
        acc_dist: Mean error of the joints' second differences [mm/frame^2]; NaN under 3 frames.
        frames: How many frames entered the errors.
        failed_at: The first failing reference frame, or None.
    """

    success: bool
    g_mpjpe: float
    l_mpjpe: float
    pa_mpjpe: float
    vel_dist: float
    acc_dist: float
    frames: int
    failed_at: int | None = None


ERRORS = ("g_mpjpe", "l_mpjpe", "pa_mpjpe", "vel_dist", "acc_dist")
"""The fields of `TrackingMetrics` that are errors, in the paper's order."""

_SHORTER = {"g_mpjpe": 0, "l_mpjpe": 0, "pa_mpjpe": 0, "vel_dist": 1, "acc_dist": 2}
"""By how many frames each error's array is shorter than the clip."""


@dataclass(frozen=True, slots=True)
class SuiteMetrics:
    """Several clips together; errors are None where no clip entered them.

    Attributes:
        clips: How many clips.
        success_rate: Share of successful clips, 0 to 1.
        all: Each error over every clip, pooled over frames as PHC does (long clips weigh more).
        succeeded: The same over the successful clips.
    """

    clips: int
    success_rate: float
    all: dict[str, float | None]
    succeeded: dict[str, float | None]


def measure(
    joints: Joints, reference: Joints, *, failed_frames: FailedFrames = "phc"
) -> TrackingMetrics:
    """Return the metrics of one clip.

    Args:
        joints: Simulated joints for reference frames 1.., shape (frames, 24, 3) [m].
        reference: The joints to be followed, same shape.
        failed_frames: Which frames count after a failure.

    Raises:
        ValueError: The arrays differ in shape or are not (frames, 24, 3).
    """
    if joints.shape != reference.shape or joints.ndim != 3 or joints.shape[1:] != (len(JOINTS), 3):
        raise ValueError(
            f"Expected two arrays (frames, 24, 3); got {joints.shape} and {reference.shape}."
        )
    joints, reference = joints.astype(np.float64), reference.astype(np.float64)
    failed = failure_frame(joints, reference)
    if failed is not None:
        kept = _kept_after(failed, len(joints), failed_frames)
        # no error can be told of a diverged frame, only that it is lost
        kept = kept[_finite(joints)[kept]]
        joints, reference = joints[kept], reference[kept]
    error = joints - reference
    return TrackingMetrics(
        success=failed is None,
        g_mpjpe=_mean_length(error),
        l_mpjpe=_mean_length(error - error[:, :1]),
        pa_mpjpe=_mean_length(procrustes(joints, reference) - reference),
        vel_dist=_mean_length(np.diff(error, axis=0)),
        acc_dist=_mean_length(np.diff(error, n=2, axis=0)),
        frames=len(joints),
        failed_at=None if failed is None else failed + 1,
    )


def failure_frame(joints: Joints, reference: Joints) -> int | None:
    """Return the first failing index, or None.

    A clip fails at the first frame, the very first excepted (PHC tests only progress > 1), at
    which the mean distance of the `EVALUATED` bodies exceeds `FAILURE_DISTANCE`. A frame that is
    not finite fails too, be it the first, and enters no error: PHC never sees one, but a diverged
    simulation must not count.
    """
    apart = np.linalg.norm(joints[:, EVALUATED] - reference[:, EVALUATED], axis=-1).mean(-1)
    lost = apart > FAILURE_DISTANCE
    lost[:1] = False
    failing = np.flatnonzero(lost | ~_finite(joints))
    return int(failing[0]) if len(failing) else None


def procrustes(joints: Joints, reference: Joints) -> Joints:
    """Return joints moved, turned and scaled, frame by frame, to fit the reference best.

    Similarity Procrustes without reflection, shapes (frames, 24, 3).
    """
    mean_j, mean_r = joints.mean(1, keepdims=True), reference.mean(1, keepdims=True)
    a, b = joints - mean_j, reference - mean_r
    u, s, vt = np.linalg.svd(np.swapaxes(a, 1, 2) @ b)
    sign = np.ones_like(s)
    sign[:, 2] = np.sign(np.linalg.det(u @ vt))
    rotation = (u * sign[:, None]) @ vt
    spread = (a**2).sum((1, 2))
    scale = (s * sign).sum(1) / np.where(spread > 0, spread, 1)
    fitted: Joints = scale[:, None, None] * (a @ rotation) + mean_r
    return fitted


def pool(metrics: Sequence[TrackingMetrics]) -> SuiteMetrics:
    """Return the metrics of several clips together.

    Raises:
        ValueError: There are none.
    """
    if not metrics:
        raise ValueError("There is no clip to pool.")
    good = [m for m in metrics if m.success]
    return SuiteMetrics(
        clips=len(metrics),
        success_rate=len(good) / len(metrics),
        all={name: _pooled(name, metrics) for name in ERRORS},
        succeeded={name: _pooled(name, good) for name in ERRORS},
    )


def si(metrics: TrackingMetrics, fps: float) -> TrackingMetrics:
    """Return the metrics with velocities in [mm/s] and accelerations in [mm/s^2] (App. A)."""
    return replace(metrics, vel_dist=metrics.vel_dist * fps, acc_dist=metrics.acc_dist * fps * fps)


def _finite(joints: Joints) -> npt.NDArray[np.bool_]:
    return np.asarray(np.isfinite(joints).all(axis=(1, 2)))


def _kept_after(failed: int, frames: int, mode: FailedFrames) -> npt.NDArray[np.intp]:
    attempt = failed + 1
    if mode == "phc":
        return np.arange(frames) % attempt
    return np.arange(attempt if mode == "until_failure" else frames)


def _mean_length(vectors: Joints) -> float:
    """Return the mean length in [mm] of vectors in [m], NaN if there are none."""
    return float(np.linalg.norm(vectors, axis=-1).mean() * 1000) if len(vectors) else float("nan")


def _pooled(name: str, metrics: Sequence[TrackingMetrics]) -> float | None:
    weights = np.array([max(m.frames - _SHORTER[name], 0) for m in metrics])
    values = np.array([getattr(m, name) for m in metrics])
    total = weights.sum()
    return float((values[weights > 0] * weights[weights > 0]).sum() / total) if total else None
