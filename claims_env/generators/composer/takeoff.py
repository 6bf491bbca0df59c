"""The take-off and the landing: height and heading keyed so that the floor can give the forces.

A flight is a parabola and turns at one rate. Whatever speed it begins with has to be made on the
floor before, whatever it ends with has to be lost on the floor after.
"""

import math

from claims_env.generators.composer.balance import GRAVITY
from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.track import INSTANT

PUSH = 15.0
"""Upward acceleration of a push-off [m/s^2], 2.5 body weights on the feet; good jumpers give 3."""

SINKING = 9.0
"""Acceleration at which a body sinks before a push-off [m/s^2]; less than a free fall."""

WINDING, BRAKING = 0.34, 0.3
"""How long feet on the floor take to start a spin and to stop it [s]."""

EARLY = math.radians(42)
"""How far a spinning body has turned over its feet by the time they leave the floor [rad]."""

SWIVEL = math.radians(35)
"""How far the pelvis may lag behind a landed foot before the foot has to swivel [rad]."""


def dip(now: Bearing, begin: float, top: float, rise: float) -> float:
    """Key how the body sinks to push off; return how much later than `begin` [s] it then flies.

    From too high a pose the legs would have to push too hard, so the pelvis first sinks to where
    `PUSH` is enough: v^2 / (2 a) below the height `top` [m] it leaves at with the speed `rise`
    [m/s]. A body still falling needs the time to stop first.
    """
    height = now.sheet.height
    height.forget(begin)
    (here,), start, slope = height.last, height.times[-1], height.slopes[-1]
    falling = -min(slope[0], 0.0) if slope else 0.0
    deepest, low = here - falling**2 / (2 * PUSH), top - rise**2 / (2 * PUSH)
    if rise <= 0 or low >= deepest:
        return max((falling + rise) / PUSH - (begin - start), 0.0)
    sinking = max(math.sqrt(6 * (here - low) / SINKING), 2 * falling / PUSH)
    bottom = max(begin - rise / PUSH, start + sinking)
    height.hold(bottom - sinking)
    height.key(bottom, [low], [0.0])
    return bottom + rise / PUSH - begin


def key_parabola(now: Bearing, begin: float, end: float, top: float, fall: float) -> None:
    """Key the free fall from the height `top` at take-off to `fall` at touch-down [m]."""
    rise = rising(end - begin, top, fall)
    now.sheet.height.key(begin, [top], [rise])
    now.sheet.height.key(end, [fall], [rise - GRAVITY * (end - begin)])


def rising(airtime: float, top: float, fall: float) -> float:
    """Return the speed [m/s] upwards at take-off."""
    return GRAVITY * airtime / 2 + (fall - top) / airtime


def key_spin(now: Bearing, begin: float, end: float, angle: float) -> None:
    """Key a turn about the vertical [rad]: begun before take-off, stopped after touch-down."""
    yaw, sign = now.sheet.yaw, math.copysign(1.0, angle)
    early, time = sign * min(EARLY, 0.2 * abs(angle)), end - begin
    rate = (angle - early) / (time + BRAKING / 2)
    here = now.yaw
    yaw.hold(begin - WINDING)
    yaw.key(begin, [here + early], [rate])
    yaw.key(end, [here + early + rate * time], [rate])
    yaw.key(end + BRAKING, [here + angle])


def swivel(now: Bearing, i: int, end: float) -> None:
    """Let a foot that lands at `end` [s] turn on its ball while a spin is being stopped."""
    yaw, foot = now.sheet.yaw, now.sheet.feet[i]
    if len(yaw.times) < 2 or yaw.times[-1] < end + INSTANT or now.airborne[i]:
        return
    lag = yaw.values[-1][0] - yaw.values[-2][0]
    left = lag - math.copysign(min(abs(lag), SWIVEL), lag)
    if abs(left) > INSTANT:
        x, y, z, heading, heel = foot.last
        foot.key(end, [x, y, z, heading - left, heel])
        foot.key(yaw.times[-1], [x, y, z, heading, heel])
