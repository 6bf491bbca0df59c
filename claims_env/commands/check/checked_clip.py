"""A clip with every check's figure, and what PHC and ProtoMotions would say to it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from claims_env.clip_format import ReadClips
from claims_env.commands.check.cures import CURES
from claims_env.import_notes import notes_on
from claims_env.kinematics import MotionFeatures, measure_motion
from claims_env.motion import Motion
from claims_env.motion_filter import Measured, MotionLimits, examine, official

TRACKED_HZ = 30.0
"""The frame rate of PHC's and ProtoMotions' control."""

LIMITS = {"default": MotionLimits(), "official": official()}


@dataclass(frozen=True, slots=True)
class CheckedClip:
    """A clip and what was found.

    Attributes:
        kind: Its format.
        motion: The clip.
        features: Its figures.
        checks: Every check.
        notes: What to know of it besides, one sentence each.
    """

    kind: str
    motion: Motion
    features: MotionFeatures
    checks: tuple[Measured, ...]
    notes: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """The worst of all checks' verdicts."""
        found = {check.verdict for check in self.checks}
        return next((v for v in ("refused", "remarkable") if v in found), "fine")


def check_clips(
    clips: ReadClips, limits: str, after_each: Callable[[], None] = lambda: None
) -> list[CheckedClip]:
    """Return every clip with what was found.

    Args:
        clips: What to check.
        limits: One of `LIMITS`.
        after_each: Called after each clip.
    """
    checked: list[CheckedClip] = []
    for kind, motion in zip(clips.kinds, clips.motions, strict=True):
        checked.append(_checked(kind, motion, LIMITS[limits]))
        after_each()
    return checked


def _checked(kind: str, motion: Motion, limits: MotionLimits) -> CheckedClip:
    features = measure_motion(motion)
    notes = (*notes_on(motion), *_rate_notes(motion))
    return CheckedClip(kind, motion, features, examine(features, limits), notes)


def _rate_notes(motion: Motion) -> Sequence[str]:
    if math.isclose(motion.fps, TRACKED_HZ, rel_tol=1e-3):
        return ()
    return (f"Trackers control at {TRACKED_HZ:g} Hz, and resample its {motion.fps:g} Hz.",)


def to_facts(clip: CheckedClip) -> dict[str, Any]:
    """Return everything about a clip as plain values."""
    motion = clip.motion
    return {
        "name": motion.name,
        "format": clip.kind,
        "frames": motion.frames,
        "fps": motion.fps,
        "seconds": motion.seconds,
        "verdict": clip.verdict,
        "checks": [_facts(check) for check in clip.checks],
        "notes": list(clip.notes),
        "measures": asdict(clip.features),
        "provenance": dict(motion.provenance),
    }


def _facts(check: Measured) -> dict[str, Any]:
    limits = {"warn": check.limit.warn, "hard": check.limit.hard}
    return {
        "name": check.name,
        "value": check.value,
        "unit": check.unit,
        "beyond": "below" if check.below else "above",
        # infinite: there is no limit, and JSON has no word for it
        **{key: value if math.isfinite(value) else None for key, value in limits.items()},
        "verdict": check.verdict,
        "cure": "" if check.verdict == "fine" else CURES[check.name],
    }
