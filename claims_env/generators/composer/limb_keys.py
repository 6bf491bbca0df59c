"""Keys of arms and feet: lifting, swinging, setting down, pivoting, hands to the floor."""

from collections.abc import Sequence

import numpy as np

from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.limbs import SIDES
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant, straighter
from claims_env.generators.composer.sheet import FLOOR
from claims_env.generators.composer.track import Track

Footing = Plant | Leg | None

HIP_TURN = np.radians(50)
"""How far a hip turns over a standing foot before the foot pivots [rad]."""


def key(track: Track, begin: float, end: float, value: Sequence[float]) -> None:
    """Hold until `begin` [s], then reach `value` at `end` [s]."""
    track.hold(begin)
    track.key(end, value)


def key_arm(now: Bearing, i: int, begin: float, end: float, arm: Arm | Hand | None) -> None:
    """Key an arm's pose, or set its hand on the floor, or leave it there."""
    spans = now.sheet.pinned[i]
    if isinstance(arm, Hand):
        if not now.on_hands[i]:
            x, y = now.point(arm.forward, arm.out * SIDES[i] * now.side)
            spans.append([end, end])
            now.sheet.hands[i].key(end, [float(x), float(y), arm.height])
        now.on_hands[i] = True
    elif arm is not None and now.on_hands[i]:
        spans[-1][1] = begin
        now.on_hands[i] = False
    pose = arm.arm if isinstance(arm, Hand) else arm
    if pose is not None:
        angles = np.radians([pose.forward, pose.out, pose.bend, pose.inward])
        key(now.sheet.arms[i], begin, end, [float(a) for a in angles])
    if now.on_hands[i]:
        spans[-1][1] = end


def lift(now: Bearing, feet: Sequence[Footing], begin: float) -> None:
    """Take feet off the floor, from where the body is before it moves on."""
    for i, pose in enumerate(feet):
        if isinstance(pose, Leg) and not now.airborne[i]:
            now.sheet.legs[i].key(begin, now.hanging(i))
            now.sheet.free[i].append([begin, begin])
    for i, pose in enumerate(feet):
        now.airborne[i] = now.airborne[i] or isinstance(pose, Leg)


def key_foot(now: Bearing, i: int, begin: float, end: float, foot: Footing) -> None:
    """Key a foot: free, set down, or left where it is."""
    if isinstance(foot, Leg):
        _key_leg(now, i, begin, end, foot)
    elif isinstance(foot, Plant) and now.airborne[i]:
        _land(now, i, begin, end, foot)
    elif isinstance(foot, Plant):
        _step(now, i, begin, end, foot)
    elif not now.airborne[i]:
        _pivot(now, i, begin, end)
    if now.airborne[i]:
        now.sheet.free[i][-1][1] = end


def _key_leg(now: Bearing, i: int, begin: float, end: float, leg: Leg) -> None:
    leg = straighter(leg, now.style.extension)
    toe = leg.toe + 35 * now.style.turnout
    forward, out, point, toe = (
        float(np.radians(v)) for v in (leg.forward, leg.out, leg.point, toe)
    )
    key(now.sheet.legs[i], begin, end, [forward, out, leg.reach, point, toe])


def _land(now: Bearing, i: int, begin: float, end: float, plant: Plant) -> None:
    """Bring a free foot down. Half way, unseen, its track goes to the new place and waits there."""
    track, value = now.sheet.feet[i], now.foothold(i, plant)
    unseen = 0.5 * (now.sheet.free[i][-1][0] + end)
    track.hold(unseen - 0.002)
    track.key(unseen, value)
    track.key(end, value)
    key(now.sheet.legs[i], begin, end, now.hanging(i))
    now.sheet.free[i][-1][1] = end
    now.airborne[i] = False


def _step(now: Bearing, i: int, begin: float, end: float, plant: Plant) -> None:
    """Swing a foot from foothold to foothold, heel first off the floor."""
    track, value = now.sheet.feet[i], now.foothold(i, plant)
    old = track.last
    track.hold(begin)
    if np.hypot(value[0] - old[0], value[1] - old[1]) > 0.02:
        now.sheet.swinging[i].append([begin, end])
        middle = [0.5 * (a + b) for a, b in zip(old, value, strict=True)]
        middle[2] = FLOOR + plant.lift
        middle[4] += float(np.radians(22))
        track.key(0.5 * (begin + end), middle)
    track.key(end, value)


def _pivot(now: Bearing, i: int, begin: float, end: float) -> None:
    """Let a standing foot follow a turn on its ball once the hip cannot any more."""
    x, y, z, yaw, heel = now.sheet.feet[i].last
    off = yaw - now.yaw
    if abs(off) > HIP_TURN:
        new = now.yaw + float(np.sign(off)) * HIP_TURN / 2
        key(now.sheet.feet[i], begin, end, [x, y, z, float(new), heel])
