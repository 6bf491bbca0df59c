"""Keys of arms and feet: lifting, swinging, setting down, pivoting, hands to the floor."""

import math
from collections.abc import Sequence
from functools import lru_cache

from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.handing import REACH
from claims_env.generators.composer.limbs import SIDES
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant, straighter
from claims_env.generators.composer.sheet import FLOOR, Spans
from claims_env.generators.composer.track import Track

Footing = Plant | Leg | None

HIP_TURN = math.radians(50)
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
            _move_spot(now.sheet.hands[i], spans, end, [x, y, arm.height])
        now.on_hands[i] = True
    elif arm is not None and now.on_hands[i]:
        spans[-1][1] = begin
        now.on_hands[i] = False
    pose = arm.arm if isinstance(arm, Hand) else arm
    if pose is not None:
        key(now.sheet.arms[i], begin, end, _arm_angles(pose))
    if now.on_hands[i]:
        spans[-1][1] = end


def _move_spot(track: Track, spans: Spans, end: float, spot: Sequence[float]) -> None:
    """Take a hand's place on the floor to a new one while the hand is off it, set at `end` [s]."""
    released = spans[-1][1] if spans else 0.0
    track.hold(max(released, end - 2 * REACH))
    track.key(max(end - REACH, 0.5 * (released + end)), spot)
    track.key(end, spot)
    spans.append([end, end])


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
    angles = _leg_angles(leg, now.style.extension, now.style.turnout)
    key(now.sheet.legs[i], begin, end, angles)


@lru_cache(maxsize=4096)
def _leg_angles(leg: Leg, extension: float, turnout: float) -> tuple[float, ...]:
    leg = straighter(leg, extension)
    toe = leg.toe + 35 * turnout
    forward, out, point, toe = (math.radians(v) for v in (leg.forward, leg.out, leg.point, toe))
    return forward, out, leg.reach, point, toe


@lru_cache(maxsize=4096)
def _arm_angles(arm: Arm) -> tuple[float, ...]:
    return tuple(math.radians(a) for a in (arm.forward, arm.out, arm.bend, arm.inward))


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
    if math.hypot(value[0] - old[0], value[1] - old[1]) > 0.02:
        now.sheet.swinging[i].append([begin, end])
        middle = [0.5 * (a + b) for a, b in zip(old, value, strict=True)]
        middle[2] = FLOOR + plant.lift
        middle[4] += math.radians(22)
        track.key(0.5 * (begin + end), middle)
    track.key(end, value)


def _pivot(now: Bearing, i: int, begin: float, end: float) -> None:
    """Let a standing foot follow a turn on its ball once the hip cannot any more."""
    x, y, z, yaw, heel = now.sheet.feet[i].last
    off = yaw - now.yaw
    if abs(off) > HIP_TURN:
        new = now.yaw + math.copysign(HIP_TURN / 2, off)
        key(now.sheet.feet[i], begin, end, [x, y, z, new, heel])
