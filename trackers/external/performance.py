"""What came back of an evaluation, checked, and turned into our metrics."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.durable_file import write_atomically
from claims_env.errors import MotionError, TrackerFailed
from claims_env.job_folder import explained
from claims_env.motion import read_npz
from claims_env.tracker import TrackedClip
from claims_env.trackers.external.exchange import ExchangeClip
from claims_env.tracking_metrics import failure_frame, measure

Joints = npt.NDArray[np.float32]

_ASTRAY = 0.1
"""How far a reference's pelvis may go astray from the clip that was asked for [m]."""


@dataclass(frozen=True, slots=True)
class Performed:
    """What an evaluation came to.

    Attributes:
        clips: One per clip asked for, in order.
        disagreements: Clips whose success the tracker itself judges otherwise, by name.
        diverged: Clips whose simulation came to numbers that are not finite, by name; they are
            lost from there on.
    """

    clips: list[TrackedClip]
    disagreements: tuple[str, ...]
    diverged: tuple[str, ...] = ()


def performed(
    result: dict[str, Any], folder: Path, asked: Sequence[ExchangeClip], tracker: str
) -> Performed:
    """Return the metrics of an evaluation, computed from what it performed.

    The tracker's own verdicts are a cross-check only: where `printed['failed']` differs, that is
    told to whoever listens to the log, and kept beside the result; so are clips that diverged.

    Args:
        result: What its result.json says.
        folder: The job's.
        asked: The clips it was asked for.
        tracker: Who performed, for error texts.

    Raises:
        TrackerFailed: Clips are missing, or what came back cannot be a performance of them.
    """
    _require_all(result, folder, asked)
    path = folder / "trajectories.npz"
    try:
        arrays = read_npz(path)
    except MotionError as error:
        raise TrackerFailed(f"{error} Delete that folder, and the job is done again.") from None
    lost = diverged(result)
    clips = [_tracked(arrays, clip, path, may_diverge=clip.id in lost) for clip in asked]
    differing = _disagreements(result, asked, clips, lost)
    names = tuple(clip.name for clip in asked if clip.id in lost)
    if len(names) == len(asked) > 1:
        raise TrackerFailed(
            f"{path}: every one of the {len(asked)} clips diverged to numbers that are not finite: "
            "that is the simulator's doing or the checkpoint's. Look into the folder, then delete "
            "it and resume."
        )
    if differing or names:
        _tell(differing, names, folder, tracker)
    return Performed(clips, differing, names)


def diverged(result: dict[str, Any]) -> frozenset[str]:
    """Return the clips of which a worker says that their simulation diverged, by id."""
    said = result["printed"].get("diverged")
    return frozenset(str(one) for one in said) if isinstance(said, list) else frozenset()


def _require_all(result: dict[str, Any], folder: Path, asked: Sequence[ExchangeClip]) -> None:
    returned = [str(one) for one in result["returned"]]
    missing = {clip.id: clip.name for clip in asked if clip.id not in set(returned)}
    if missing or len(returned) != len(asked):
        reasons = {str(one.get("id")): one.get("reason") for one in result["dropped"]}
        told = [f"{name} ({reasons.get(key, 'no reason given')})" for key, name in missing.items()]
        raise TrackerFailed(
            f"{folder / 'result.json'}: {len(returned)} of {len(asked)} clips came back. Missing: "
            f"{', '.join(told[:10]) or 'none, but some came twice'}. Leave them out, or look into "
            "the folder."
        )


def _tracked(
    arrays: dict[str, Any], clip: ExchangeClip, path: Path, *, may_diverge: bool
) -> TrackedClip:
    joints = _array(arrays, clip, "joints", path, may_diverge=may_diverge)
    reference = _array(arrays, clip, "reference", path)
    if joints.shape != reference.shape:
        raise _unusable(clip, path, f"joints are {joints.shape}, reference {reference.shape}")
    failed = failure_frame(joints, reference)
    seen = len(joints) if failed is None else failed + 1
    if failed is None and len(joints) != clip.frames - 1:
        told = f"{len(joints)} frames of {clip.frames - 1}, and never lost"
        raise _unusable(clip, path, told)
    _require_followed(clip, reference[:seen], path)
    if failed is not None:
        # a lost clip starts again until its own length is filled, whatever its neighbours' lengths
        again = np.arange(clip.frames - 1) % seen
        joints, reference = joints[again], reference[again]
    return TrackedClip(clip.name, measure(joints, reference), joints, reference)


def _array(
    arrays: dict[str, Any], clip: ExchangeClip, of: str, path: Path, *, may_diverge: bool = False
) -> Joints:
    array = arrays.get(f"{clip.id}/{of}")
    if array is None:
        raise _unusable(clip, path, f"there is no '{clip.id}/{of}'")
    fits = array.ndim == 3 and array.shape[1:] == (24, 3) and 1 <= len(array) <= clip.frames - 1
    if not fits or not np.issubdtype(array.dtype, np.floating):
        expected = f"at most ({clip.frames - 1}, 24, 3) numbers"
        raise _unusable(clip, path, f"{of} are {array.shape} {array.dtype}; expected {expected}")
    # a clip that begins so was not performed at all
    if not np.isfinite(array[:1] if may_diverge else array).all():
        raise _unusable(clip, path, f"{of} hold NaN or infinite numbers")
    return np.asarray(array, dtype=np.float32)


def _require_followed(clip: ExchangeClip, reference: Joints, path: Path) -> None:
    """Refuse a reference that is of another clip: the pelvis has to go the way it was asked to."""
    asked = clip.pelvis[1 : len(reference) + 1]
    apart = (reference[:, 0] - reference[:1, 0]) - (asked - asked[:1])
    furthest = float(np.linalg.norm(apart, axis=-1).max())
    if furthest > _ASTRAY:
        raise _unusable(
            clip, path, f"its reference is not the clip that was asked for ({furthest:.2f} m apart)"
        )


def _disagreements(
    result: dict[str, Any],
    asked: Sequence[ExchangeClip],
    clips: Sequence[TrackedClip],
    diverged: frozenset[str],
) -> tuple[str, ...]:
    said = result["printed"].get("failed")
    if not isinstance(said, list):
        return ()
    lost = {str(one) for one in said}
    pairs = zip(asked, clips, strict=True)
    return tuple(
        a.name
        for a, clip in pairs
        # a tracker knows no verdict on numbers that are none
        if a.id not in diverged and clip.metrics.success == (a.id in lost)
    )


_TOLD = {
    "judged_otherwise": "%s itself judges the success of %d clip(s) otherwise than we do, %s "
    "first; see %s",
    "diverged": "The simulation of %s diverged in %d clip(s), twice, %s first: lost from there on; "
    "see %s",
}


def _tell(differing: Sequence[str], diverged: Sequence[str], folder: Path, tracker: str) -> None:
    noted = {"judged_otherwise": list(differing), "diverged": list(diverged)}
    with explained(folder):
        content = json.dumps(noted, indent=1) + "\n"
        write_atomically(folder / "crosscheck.json", content.encode())
    for what, names in noted.items():
        if names:
            # where nobody configures logging, this is one plain line on the error stream
            told = (tracker, len(names), names[0], folder / "crosscheck.json")
            logging.getLogger(__name__).warning(_TOLD[what], *told)


def _unusable(clip: ExchangeClip, path: Path, told: str) -> TrackerFailed:
    return TrackerFailed(
        f"{path}: clip '{clip.name}' cannot be used: {told}. Delete that folder, and the job is "
        "done again."
    )
