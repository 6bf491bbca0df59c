"""The sheet: everything keyed so far, from which a performance is sampled."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from claims_env.generators.composer.track import INSTANT, Track
from claims_env.rotation import Floats, about, joined, multiply

STANDING = 0.932
"""Height of the pelvis over flat soles with the knees just unlocked [m]."""

FLOOR = 0.018
"""Height of the ball of the foot (the Foot joint) of a sole flat on the floor [m]."""

Spans = list[list[float]]
"""Pairs of begin and end [s]."""

Pair = tuple[Track, Track]
"""Tracks of the left and the right limb."""


def _track(*start: float) -> Callable[[], Track]:
    return lambda: Track(start)


def _pair(*start: float) -> Callable[[], Pair]:
    return lambda: (Track(start), Track(start))


def _spans() -> tuple[Spans, Spans]:
    return [], []


@dataclass(frozen=True, slots=True)
class Sheet:
    """Tracks and spans; pairs are left, right.

    Attributes:
        height: Pelvis above the floor [m].
        yaw: Heading, unwrapped [rad].
        tilt: Pelvis forward and to the left, unwrapped [rad].
        roll: Pelvis about its own long axis to the left, before it tilts, unwrapped [rad].
        trunk: Chest against pelvis: forward bend, left bend, left twist [rad].
        gaze: Head against chest: down, left [rad].
        path: Where a led pelvis is, x and y [m].
        share: Weight on the left foot, 0 to 1.
        arms: Forward, outward, bend, inward [rad].
        legs: When free: forward, outward [rad], reach, point, toe [rad].
        feet: Ball of the foot x, y, z [m], yaw, heel raise [rad].
        hands: Wrist on the floor x, y, z [m].
        free: Spans in which the leg hangs from the pelvis.
        swinging: Spans in which the foot travels between two footholds.
        pinned: Spans in which the hand is on the floor.
        led: Spans in which the pelvis follows `path`.
        flights: Spans in which nothing touches the floor.
    """

    height: Track = field(default_factory=_track(STANDING))
    yaw: Track = field(default_factory=_track(0))
    tilt: Track = field(default_factory=_track(0, 0))
    roll: Track = field(default_factory=_track(0))
    trunk: Track = field(default_factory=_track(0, 0, 0))
    gaze: Track = field(default_factory=_track(0, 0))
    path: Track = field(default_factory=_track(0, 0))
    share: Track = field(default_factory=_track(0.5))
    arms: Pair = field(default_factory=_pair(0, 0, 0, 0))
    legs: Pair = field(default_factory=_pair(0, 0.05, 0.98, 0, 0))
    feet: Pair = field(default_factory=_pair(0, 0, 0, 0, 0))
    hands: Pair = field(default_factory=_pair(0, 0, 0))
    free: tuple[Spans, Spans] = field(default_factory=_spans)
    swinging: tuple[Spans, Spans] = field(default_factory=_spans)
    pinned: tuple[Spans, Spans] = field(default_factory=_spans)
    led: Spans = field(default_factory=list[list[float]])
    flights: Spans = field(default_factory=list[list[float]])


def duplicate(sheet: Sheet) -> Sheet:
    """Return a sheet of its own with the same keys (a deep copy, without its price)."""
    return Sheet(**{f.name: _own(getattr(sheet, f.name)) for f in fields(sheet)})


def postpone(sheet: Sheet, time: float, by: float) -> None:
    """Let everything that ends at `time` take so much longer [s]."""
    limbs = (*sheet.arms, *sheet.legs, *sheet.feet, *sheet.hands)
    for track in (sheet.yaw, sheet.tilt, sheet.roll, sheet.trunk, sheet.gaze, sheet.path, *limbs):
        track.postpone(time, by)
    sheet.share.postpone(time, by)
    for spans in (*sheet.free, *sheet.swinging, *sheet.pinned, sheet.led):
        if spans and abs(spans[-1][1] - time) < INSTANT:
            spans[-1][1] += by


def _own(part: Any) -> Any:
    if isinstance(part, Track):
        return part.copy()
    return type(part)(_own(p) for p in part) if isinstance(part, list | tuple) else part


def pelvis_rotation(
    yaw: Floats, forward: Floats, left: Floats, roll: Floats | None = None
) -> Floats:
    """Return the world rotation (..., 4): heading, forward tilt, side tilt, roll [rad].

    Heading, `UPRIGHT` and both tilts are one turn about z, x, z: the product is written out.
    """
    tip = (forward + np.pi / 2) / 2
    near, far = (yaw + left) / 2, (yaw - left) / 2
    cosine, sine = np.cos(tip), np.sin(tip)
    q = joined(cosine * np.cos(far), sine * np.cos(near), sine * np.sin(near), cosine * np.sin(far))
    return q if roll is None else multiply(q, about("y", roll))
