"""The sheet: everything keyed so far, from which a performance is sampled."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from claims_env.generators.composer.track import Track
from claims_env.rotation import Floats, about, multiply
from claims_env.skeleton import UPRIGHT

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


def _own(part: Any) -> Any:
    if isinstance(part, Track):
        return part.copy()
    return type(part)(_own(p) for p in part) if isinstance(part, list | tuple) else part


def pelvis_rotation(yaw: Floats, forward: Floats, left: Floats) -> Floats:
    """Return the world rotation (..., 4): heading, then forward tilt, then side tilt [rad]."""
    lean = multiply(about("x", forward), about("z", -left))
    return multiply(about("z", yaw), multiply(np.broadcast_to(UPRIGHT, lean.shape), lean))
