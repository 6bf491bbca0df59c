"""Pacing: the least time a body needs for what a cue asks."""

from collections.abc import Sequence

import numpy as np

from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.cue import Cue
from claims_env.generators.composer.limb_keys import Footing
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant
from claims_env.generators.composer.sheet import STANDING

SHORTEST = 0.08
"""No key follows another faster than this [s]."""

SINKING = 12.0
"""Vertical acceleration of the pelvis on the ground [m/s^2]: 6 d / T^2 for a cubic over d."""

STRIDE, KICK, THROW = 4.5, 6.0, 5.5
"""Mean speeds of a swinging foot, a kicking foot and a hand [m/s]; peaks are half as much again."""

SETTING_DOWN = 0.2
"""Least time to bring a free leg down to the floor [s]."""

TURNING, TUMBLING = 2.2, 0.9
"""Turns per second of a spin on the floor, and of the body tipping over."""


def least_time(
    now: Bearing, cue: Cue, feet: Sequence[Footing], arms: Sequence[Arm | Hand | None]
) -> float:
    """Return the shortest duration [s] in which a body could follow a cue."""
    turn = cue.get("turn", 0.0)
    drop = cue.get("drop")
    sink = 0.0 if drop is None else abs(STANDING - drop - now.sheet.height.last[0])
    limbs = [_stride(now, i, foot, turn) for i, foot in enumerate(feet)]
    hands = [_throw(now, i, arm, cue.get("twist")) for i, arm in enumerate(arms)]
    sink_time, tip_time = np.sqrt(6 * sink / SINKING), _tip(now, cue) / TUMBLING
    return float(max(SHORTEST, sink_time, tip_time, abs(turn) / TURNING, *limbs, *hands))


def _tip(now: Bearing, cue: Cue) -> float:
    """Return how far the pelvis tips over, in full turns."""
    forward, left = np.degrees(now.sheet.tilt.last)
    asked = (cue.get("tilt", forward) - forward, now.side * cue.get("side", now.side * left) - left)
    return float(np.hypot(*((d + 180) % 360 - 180 for d in asked))) / 360


def _stride(now: Bearing, i: int, foot: Footing, turn: float) -> float:
    if isinstance(foot, Leg):
        return _kick(now, i, foot, turn)
    if isinstance(foot, Plant) and now.airborne[i]:
        return SETTING_DOWN
    if isinstance(foot, Plant):
        return float(np.hypot(*(np.array(now.foothold(i, foot)[:2]) - now.foot(i)))) / STRIDE
    return 0.0


def _kick(now: Bearing, i: int, leg: Leg, turn: float) -> float:
    forward, out, reach = now.sheet.legs[i].last[:3] if now.airborne[i] else (0.0, 0.0, 1.0)
    swung = np.hypot(np.radians(leg.forward) - forward, np.radians(leg.out) - out)
    length = 0.78 * max(leg.reach, reach)
    arc = length * swung + abs(leg.reach - reach) * 0.5
    wide = length * np.sin(np.radians(min(np.hypot(leg.forward, leg.out), 90)))
    return float(np.hypot(arc, abs(turn) * 2 * np.pi * wide)) / KICK


def _throw(now: Bearing, i: int, arm: Arm | Hand | None, twist: float | None) -> float:
    if not isinstance(arm, Arm):
        return 0.0
    forward, out, bend, _ = now.sheet.arms[i].last
    swung = np.hypot(np.radians(arm.forward) - forward, np.radians(arm.out) - out)
    bent = abs(np.radians(arm.bend) - bend)
    turned = 0.0 if twist is None else abs(np.radians(twist) * now.side - now.sheet.trunk.last[2])
    return float(0.55 * swung + 0.15 * bent + 0.35 * turned) / THROW
