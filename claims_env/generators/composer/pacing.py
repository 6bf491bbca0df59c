"""Pacing: the least time a body needs for what a cue asks."""

import math
from collections.abc import Sequence

from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.cue import Cue
from claims_env.generators.composer.limb_keys import Footing
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant
from claims_env.generators.composer.sheet import STANDING
from claims_env.generators.composer.track import INSTANT

SHORTEST = 0.08
"""No key follows another faster than this [s]."""

SINKING = 12.0
"""Vertical acceleration of the pelvis on the ground [m/s^2]: 6 d / T^2 for a cubic over d."""

STRIDE, KICK, THROW = 4.5, 6.0, 5.5
"""Mean speeds of a swinging foot, a kicking foot and a hand [m/s]; peaks are half as much again."""

SETTING_DOWN = 0.2
"""Least time to bring a free leg down to the floor [s]."""

PIVOTING = 110.0
"""Angular acceleration of a turn from stance to stance [rad/s^2]: 6 angle / T^2 for a cubic."""

SETTING_HAND = 0.23
"""Least time to bring a hand down to the floor [s]."""

TURNING, TUMBLING = 2.2, 0.9
"""Turns per second of a spin on the floor, and of the body tipping over."""


def least_time(
    now: Bearing,
    begin: float,
    cue: Cue,
    feet: Sequence[Footing],
    arms: Sequence[Arm | Hand | None],
) -> float:
    """Return the shortest duration [s] in which a body could follow a cue from `begin` [s] on."""
    turn = cue.get("turn", 0.0)
    drop = cue.get("drop")
    sink = 0.0 if drop is None else abs(STANDING - drop - now.sheet.height.last[0])
    twist = cue.get("twist")
    limbs = [_stride(now, i, foot, turn) for i, foot in enumerate(feet) if foot is not None]
    hands = [_throw(now, i, arm, twist) for i, arm in enumerate(arms) if arm is not None]
    sink_time, tip_time = math.sqrt(6 * sink / SINKING), _tip(now, cue) / TUMBLING
    turn_time = _turn_time(now, begin, turn) if turn else 0.0
    return max(SHORTEST, sink_time, tip_time, turn_time, *limbs, *hands)


def _turn_time(now: Bearing, begin: float, turn: float) -> float:
    """Return how long so many full turns take [s], from standing or in a spin going on."""
    yaw = now.sheet.yaw
    is_spinning = len(yaw.times) > 1 and yaw.times[-1] > begin - INSTANT
    if is_spinning and turn * now.side * (yaw.values[-1][0] - yaw.values[-2][0]) > 0:
        return abs(turn) / TURNING
    return math.sqrt(6 * abs(turn) * 2 * math.pi / PIVOTING)


def _tip(now: Bearing, cue: Cue) -> float:
    """Return how far the pelvis tips over, in full turns."""
    if "tilt" not in cue and "side" not in cue:
        return 0.0
    forward, left = (math.degrees(v) for v in now.sheet.tilt.last)
    asked = (cue.get("tilt", forward) - forward, now.side * cue.get("side", now.side * left) - left)
    return math.hypot(*((d + 180) % 360 - 180 for d in asked)) / 360


def _stride(now: Bearing, i: int, foot: Plant | Leg, turn: float) -> float:
    if isinstance(foot, Leg):
        return _kick(now, i, foot, turn)
    if now.airborne[i]:
        return SETTING_DOWN
    (x, y, *_), (u, v) = now.foothold(i, foot), now.foot(i)
    return math.hypot(x - u, y - v) / STRIDE


def _kick(now: Bearing, i: int, leg: Leg, turn: float) -> float:
    forward, out, reach = now.sheet.legs[i].last[:3] if now.airborne[i] else (0.0, 0.0, 1.0)
    swung = math.hypot(math.radians(leg.forward) - forward, math.radians(leg.out) - out)
    length = 0.78 * max(leg.reach, reach)
    arc = length * swung + abs(leg.reach - reach) * 0.5
    wide = length * math.sin(math.radians(min(math.hypot(leg.forward, leg.out), 90)))
    return math.hypot(arc, abs(turn) * 2 * math.pi * wide) / KICK


def _throw(now: Bearing, i: int, arm: Arm | Hand, twist: float | None) -> float:
    if isinstance(arm, Hand) and not now.on_hands[i]:
        return SETTING_HAND
    if not isinstance(arm, Arm):
        return 0.0
    forward, out, bend, _ = now.sheet.arms[i].last
    swung = math.hypot(math.radians(arm.forward) - forward, math.radians(arm.out) - out)
    bent = abs(math.radians(arm.bend) - bend)
    here = now.sheet.trunk.last[2]
    turned = 0.0 if twist is None else abs(math.radians(twist) * now.side - here)
    return (0.55 * swung + 0.15 * bent + 0.35 * turned) / THROW
