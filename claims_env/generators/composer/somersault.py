"""Somersaults: how a flying body turns over while nothing changes its angular momentum.

A body turns faster the smaller it makes itself. Radii of gyration squared about the transverse
axis through the centre of mass, of this skeleton with de Leva's masses: 0.19 m^2 stretched with
the arms overhead, 0.058 m^2 in a tight tuck, 0.08 m^2 in a pike. The share of the turn done by a
time is therefore the integral of 1 / inertia up to it. Legs swung forward push the trunk the other
way: that tucks a back somersault late and a front one early.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.cue import FlightCue
from claims_env.generators.composer.poses import Leg
from claims_env.generators.composer.track import INSTANT, Track
from claims_env.rotation import Floats

STRETCHED, TUCKED = 0.19, 0.058
"""Radii of gyration squared about the transverse axis [m^2]."""

STEPS = 8
"""Into how many pieces a flight is keyed; between them a cubic through both rates is followed."""

FINE = 64
"""Into how many each of those is divided for the integrals."""

LEGS = 0.06
"""What both legs' swing from the hips adds to the angular momentum [m^2 per rad/s]: 0.4 of the
body's mass, 0.38 m from the hips, with the trunk giving way."""


def fold(leg: Leg) -> float:
    """Return how much a leg's pose makes the body smaller, 0 stretched to 1 tucked."""
    return min(max(_hip(leg) / 2.3, 0.0) * (0.82 + 0.34 * (1 - leg.reach)), 1.0)


@dataclass(frozen=True, slots=True)
class Somersault:
    """A turn in the air, at FINE * STEPS + 1 even times over the flight.

    Attributes:
        eased: Integral of 1 / inertia, 0 to 1: the share of a turn done by a body of that shape.
        kicked: How far the pelvis tips forward as the legs swing forward and back again [rad].
    """

    eased: Floats
    kicked: Floats

    def tilt(self, total: float) -> Floats:
        """Return how far the body has tipped over, shape (times,), from 0 to `total` [rad]."""
        return np.asarray(self.kicked + (total - self.kicked[-1]) * self.eased)


def somersault(folded: float, hips: float, peak: float, opens: float) -> Somersault:
    """Return how a body turns that closes up and opens again.

    Args:
        folded: How small it is from `peak` on until it `opens`, 0 to 1; see `fold`.
        hips: How far the legs are swung forward meanwhile [rad].
        peak: When the pose in the air is reached, as a share of the airtime.
        opens: When it is left.
    """
    time = np.linspace(0, 1, FINE * STEPS + 1)
    closing, opening = np.clip(time / peak, 0, 1), np.clip((1 - time) / (1 - opens), 0, 1)
    # a body lands half open, its knees and hips already giving
    small = np.minimum(_eased(closing), 0.3 + 0.7 * _eased(opening))
    slowness = STRETCHED + (TUCKED - STRETCHED) * folded * small
    done = _integral(1 / slowness, time)
    return Somersault(done / done[-1], _integral(LEGS / slowness, hips * small))


def key_somersault(now: Bearing, begin: float, end: float, cue: FlightCue) -> None:
    """Key how the pelvis tips over and rolls during a flight from `begin` to `end` [s]."""
    legs, peak = (cue.get("lead", Leg()), cue.get("base", Leg())), cue.get("peak", 0.5)
    folded, hips = (0.5 * (f(legs[0]) + f(legs[1])) for f in (fold, _hip))
    turn = somersault(folded, hips, peak, max(cue.get("opens", peak), peak))
    tilt = turn.tilt(float(np.radians(cue.get("tilt", 0.0))))
    side = now.side * float(np.radians(cue.get("side", 0.0))) * turn.eased
    way = np.array(now.sheet.tilt.last) + np.stack([tilt, side], axis=1)
    rate = np.gradient(way, (end - begin) / (len(way) - 1), axis=0)
    now.sheet.tilt.hold(begin)
    for i in range(0, len(way), FINE):
        time = begin + (end - begin) * i / (len(way) - 1)
        now.sheet.tilt.key(time, _floats(way[i]), _floats(rate[i]))
    if "roll" in cue:
        _key_roll(now, begin, end, now.side * float(np.radians(cue["roll"])))


def face_about(now: Bearing, time: float) -> None:
    """Count half rolls as heading: a body that rolled half over while it tipped faces backward.

    Half a roll before a tilt is half a turn after the opposite tilt, so nothing moves.
    """
    sheet = now.sheet
    halves = round(sheet.roll.last[0] / np.pi)
    if not halves:
        return
    _recount(sheet.roll, time, 1.0, -halves * np.pi)
    if halves % 2:
        _recount(sheet.yaw, time, 1.0, halves * np.pi)
        _recount(sheet.tilt, time, -1.0, 0.0)


def _recount(track: Track, time: float, factor: float, offset: float) -> None:
    """Go on from the same pose in other numbers just before `time` [s]."""
    slope = track.slopes[-1]
    turned = None if slope is None else [factor * s for s in slope]
    track.cut(time - 4 * INSTANT, [factor * v + offset for v in track.last], turned)


def _key_roll(now: Bearing, begin: float, end: float, angle: float) -> None:
    """Key a roll about the long axis; arms and hips start it after take-off and stop it early."""
    start, airtime = now.sheet.roll.last[0], end - begin
    now.sheet.roll.hold(begin)
    rate = angle / (0.86 * airtime)
    now.sheet.roll.key(begin + 0.14 * airtime, [start + 0.07 * angle], [rate])
    now.sheet.roll.key(begin + 0.86 * airtime, [start + 0.93 * angle], [rate])
    now.sheet.roll.key(end, [start + angle], [0.0])


def _hip(leg: Leg) -> float:
    """Return how far a thigh is swung forward [rad]: past the ankle by half the knee's bend."""
    knee = float(np.arccos(min(leg.reach, 1.0))) if leg.reach < 0.9 else 0.0
    return float(np.radians(leg.forward)) + knee


def _integral(values: Floats, over: Floats) -> Floats:
    steps = 0.5 * (values[1:] + values[:-1]) * np.diff(over)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _eased(level: Floats) -> Floats:
    return level * level * (3 - 2 * level)


def _floats(values: Floats) -> list[float]:
    return [float(v) for v in values]
