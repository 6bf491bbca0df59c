"""Keys of the pelvis, the trunk and the head, and of the path a body is led along."""

import math

from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.cue import Cue, FlightCue
from claims_env.generators.composer.limb_keys import key
from claims_env.generators.composer.track import Track

_PELVIS, _CHEST = ("tilt", "side"), ("bend", "curve", "twist")


def key_upper(now: Bearing, begin: float, end: float, cue: Cue) -> None:
    """Key what a cue says about tilt, roll, chest and head, leaving the others where they are."""
    said, side, sheet = cue.keys(), now.side, now.sheet
    if not said.isdisjoint(_PELVIS):
        tilt = [_nearest(now, 0, cue.get("tilt"), 1), _nearest(now, 1, cue.get("side"), side)]
        _key_some(sheet.tilt, begin, end, tilt)
    if "roll" in cue:
        _key_some(sheet.roll, begin, end, [_radians(cue["roll"], side)])
    if not said.isdisjoint(_CHEST):
        bent, curved = _radians(cue.get("bend")), _radians(cue.get("curve"), side)
        _key_some(sheet.trunk, begin, end, [bent, curved, _radians(cue.get("twist"), side)])
    if "look" in cue:
        down, aside = cue["look"]
        _key_some(sheet.gaze, begin, end, [_radians(down), _radians(aside, side)])


def flown(cue: FlightCue) -> Cue:
    """Return what a flight says about the chest."""
    chest: Cue = {}
    if "bend" in cue:
        chest["bend"] = cue["bend"]
    if "twist" in cue:
        chest["twist"] = cue["twist"]
    return chest


def key_path(now: Bearing, begin: float, end: float, path: tuple[float, float] | None) -> None:
    """Lead the pelvis to a point forward and to the lead side of home [m], or let it balance."""
    if path is not None:
        if not now.led:
            now.sheet.path.key(begin, now.middle())
            now.sheet.led.append([begin, end])
        now.sheet.led[-1][1] = end
        key(now.sheet.path, begin, end, now.point(*path))
    now.led = path is not None


def _nearest(now: Bearing, axis: int, degrees: float | None, sign: int) -> float | None:
    """Return a tilt as its equivalent nearest to the present: nobody unwinds a somersault."""
    if degrees is None:
        return None
    angle, here = sign * math.radians(degrees), now.sheet.tilt.last[axis]
    return angle + 2 * math.pi * round((here - angle) / (2 * math.pi))


def _radians(degrees: float | None, sign: int = 1) -> float | None:
    return None if degrees is None else sign * math.radians(degrees)


def _key_some(track: Track, begin: float, end: float, values: list[float | None]) -> None:
    """Key those components that are given, leaving the others where they are."""
    old = track.last
    key(track, begin, end, [o if v is None else v for o, v in zip(old, values, strict=True)])
