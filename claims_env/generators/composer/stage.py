"""The stage: where primitives act; it turns their cues into keys, one after the other."""

import copy
from dataclasses import replace
from typing import Unpack

import numpy as np

from claims_env.generators.composer.balance import GRAVITY
from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.cue import Cue, FlightCue
from claims_env.generators.composer.limb_keys import Footing, key, key_arm, key_foot, lift
from claims_env.generators.composer.pacing import least_time
from claims_env.generators.composer.poses import GUARD, HANG, Arm, Hand, Leg, Plant, between
from claims_env.generators.composer.score import Style
from claims_env.generators.composer.sheet import STANDING, Sheet, duplicate
from claims_env.generators.composer.track import Track

TIPTOE = 0.045
"""How much a jumper's pelvis rises above `STANDING` as the heels leave the floor [m]."""

BRAKING = 0.14
"""How long the feet take to stop a spin after touch-down [s]."""

BACKSWING = Arm(-42, 14, 20, 0)


class Stage:
    """Writes keys. Primitives speak of a *lead* and a *base* side; `side` says which is left.

    Durations are at the comfortable tempo, and stretched where a body could not keep up.

    Args:
        style: How every move is done.
        yaw: Heading at the start [rad].
        side: The lead side, 1 left or -1 right.
    """

    def __init__(self, style: Style, yaw: float, side: int) -> None:
        self.now, self.time = Bearing(style, side), 0.0
        self.rate, self.sharpness = 1.0, 0.3
        self.sheet.yaw.key(0, [yaw])
        self.sheet.height.key(0, [STANDING - self.ease])
        for i, plant in self._stance().items():
            self.sheet.feet[i].key(0, self.now.foothold(i, plant))
            key_arm(self.now, i, 0, 0, self.rest)

    @property
    def sheet(self) -> Sheet:
        """What has been keyed."""
        return self.now.sheet

    @property
    def side(self) -> int:
        """The lead side, 1 left or -1 right."""
        return self.now.side

    @property
    def rest(self) -> Arm:
        """The arm pose between moves: hanging, or as high as the style's guard."""
        return between(HANG, GUARD, self.now.style.guard)

    @property
    def ease(self) -> float:
        """How far the pelvis sinks in the style's resting stance [m]."""
        return 0.05 * self.now.style.depth

    def to(self, seconds: float, **cue: Unpack[Cue]) -> None:
        """Reach a pose in some seconds; see `Cue`."""
        edge = -0.35 if cue.get("fast") else 0.15
        self._follow(seconds / self.rate * (1 + edge * self.sharpness), cue)

    def fly(self, airtime: float, **cue: Unpack[FlightCue]) -> None:
        """Leave the floor for `airtime` [s], on a true parabola; tempo does not change gravity."""
        begin, end = self.time, self.time + airtime
        top = begin + cue.get("peak", 0.5) * airtime
        poses = self._pair(cue.get("lead", Leg()), cue.get("base", Leg()))
        lift(self.now, poses, begin)
        self._leave(begin, end, cue)
        self.now.home = self.now.point(*cue.get("go", (0.0, 0.0)))
        twist = _radians(cue.get("twist"), self.side)
        _key_some(self.sheet.trunk, begin, top, [_radians(cue.get("bend")), None, twist])
        lands = self._pair(cue.get("lead_lands"), cue.get("base_lands"))
        arms = self._arms(cue)
        for i in (0, 1):
            key_arm(self.now, i, begin, top, arms[i])
            key_foot(self.now, i, begin, top, poses[i])
            key_foot(self.now, i, top, end, lands[i])
        self.time = end

    def jump(
        self, airtime: float, *, load: float = 0.28, swing: Arm, **cue: Unpack[FlightCue]
    ) -> None:
        """Crouch by `load` [m], drive up with the arms thrown to `swing`, and fly."""
        self.to(0.34, drop=load, tilt=22, bend=14, arms=BACKSWING)
        self.drive(airtime, swing)
        self.fly(airtime, **cue)

    def drive(self, airtime: float, swing: Arm) -> None:
        """Push off as hard as `airtime` [s] needs: heels up, body straight, arms thrown."""
        rise = STANDING + TIPTOE - self.sheet.height.last[0]
        begin, end = self.time, self.time + max(2 * rise / (GRAVITY * airtime / 2), 0.12)
        self.sheet.height.hold(begin)
        straight: Cue = {"tilt": 4, "side": 0, "bend": 0, "curve": 0, "look": (0, 0)}
        self._key_upper(begin, end, straight)
        for i in (0, 1):
            key_arm(self.now, i, begin, end, swing)
            if not self.now.airborne[i]:
                x, y, z, yaw, _ = self.sheet.feet[i].last
                up = [x, y, z + 0.02, yaw, float(np.radians(38))]
                key(self.sheet.feet[i], begin, end, up)
        self.time = end

    def absorb(self, depth: float = 0.2, **cue: Unpack[Cue]) -> None:
        """Sink by `depth` [m] into a landing, at the rate its fall demands."""
        slope = self.sheet.height.slopes[-1]
        speed = max(-slope[0], 0.5) if slope else 1.0
        settled: Cue = {"tilt": 18, "bend": 10, "side": 0, "curve": 0, "twist": 0}
        low: Cue = {"drop": STANDING - self.sheet.height.last[0] + depth}
        self._follow(max(2 * depth / speed, 0.14), {**settled, **cue, **low})

    def stand(self, seconds: float = 0.35) -> None:
        """Go back to the resting stance over home, stepping with whichever foot is off it."""
        pose = self._stance()
        apart = [self.now.strays(i, pose[i]) for i in (0, 1)]
        order = (0, 1) if apart[0] >= apart[1] else (1, 0)
        calm: Cue = {"drop": self.ease, "tilt": 0, "side": 0, "bend": 2, "curve": 0, "twist": 0}
        calm = {**calm, "arms": self.rest, "share": 0.5, "look": (0, 0)}
        for i in order:
            if apart[i] > 0.06 or self.now.airborne[i]:
                step = calm.copy()
                step["lead" if i == self.now.lead else "base"] = pose[i]
                self.to(seconds, **step)
        self.to(seconds, **calm)

    def wait(self, seconds: float) -> None:
        """Hold everything for some seconds of real time."""
        self.time += max(seconds, 0.0)
        if self.now.led:
            self.sheet.led[-1][1] = self.time

    def hold(self) -> None:
        """Hold the present balance for as long as the style asks."""
        self.wait(self.now.style.hold)

    def lead_with(self, side: int) -> None:
        """Make the left (1) or right (-1) side the lead."""
        self.now.side = side

    def recentre(self) -> None:
        """Move home under the middle of the two feet."""
        self.now.home = (self.now.foot(0) + self.now.foot(1)) / 2

    def copy(self) -> "Stage":
        """Return an independent copy, to try a move on."""
        other = copy.copy(self)
        now = self.now
        other.now = replace(
            now,
            sheet=duplicate(now.sheet),
            airborne=now.airborne.copy(),
            on_hands=now.on_hands.copy(),
        )
        return other

    def _follow(self, seconds: float, cue: Cue) -> None:
        now, turn = self.now, cue.get("turn", 0.0)
        yaw = now.yaw + turn * 2 * np.pi * now.side
        now.home = now.point(*cue.get("go", (0.0, 0.0)), yaw=(now.yaw + yaw) / 2)
        feet, arms = self._pair(cue.get("lead"), cue.get("base")), self._arms(cue)
        begin = self.time
        end = begin + max(seconds, least_time(now, cue, feet, arms))
        lift(now, feet, begin)
        if turn:
            key(self.sheet.yaw, begin, end, [yaw])
        if "drop" in cue:
            key(self.sheet.height, begin, end, [STANDING - cue["drop"]])
        if "share" in cue:
            left = cue["share"] if now.side > 0 else 1 - cue["share"]
            key(self.sheet.share, begin, end, [left])
        self._key_upper(begin, end, cue)
        self._key_path(begin, end, cue.get("path"))
        for i in (0, 1):
            key_arm(now, i, begin, end, arms[i])
            key_foot(now, i, begin, end, feet[i])
        self.time = end

    def _leave(self, begin: float, end: float, cue: FlightCue) -> None:
        """Key the parabola and the spin, which a cubic through both speeds is."""
        time = end - begin
        start = STANDING + cue.get("rise", TIPTOE)
        fall = STANDING - cue.get("landing", 0.03)
        up = GRAVITY * time / 2 + (fall - start) / time
        self.sheet.height.key(begin, [start], [up])
        self.sheet.height.key(end, [fall], [up - GRAVITY * time])
        angle = cue.get("turn", 0.0) * 2 * np.pi * self.side
        if angle:
            yaw = self.now.yaw
            self.sheet.yaw.hold(begin)
            rate = angle / (time + BRAKING / 2)
            self.sheet.yaw.key(begin, [yaw], [rate])
            self.sheet.yaw.key(end, [yaw + rate * time], [rate])
            self.sheet.yaw.key(end + BRAKING, [yaw + angle])
        self.sheet.flights.append([begin, end])

    def _key_upper(self, begin: float, end: float, cue: Cue) -> None:
        side = self.side
        tilt = [self._nearest(0, cue.get("tilt"), 1), self._nearest(1, cue.get("side"), side)]
        look = cue.get("look", (None, None))
        _key_some(self.sheet.tilt, begin, end, tilt)
        _key_some(self.sheet.trunk, begin, end, self._trunk(cue))
        _key_some(self.sheet.gaze, begin, end, [_radians(look[0]), _radians(look[1], side)])

    def _trunk(self, cue: Cue) -> list[float | None]:
        side = self.side
        twist = _radians(cue.get("twist"), side)
        return [_radians(cue.get("bend")), _radians(cue.get("curve"), side), twist]

    def _nearest(self, axis: int, degrees: float | None, sign: int) -> float | None:
        """Return a tilt as its equivalent nearest to the present: nobody unwinds a somersault."""
        if degrees is None:
            return None
        angle, here = sign * float(np.radians(degrees)), self.sheet.tilt.last[axis]
        return angle + 2 * np.pi * round((here - angle) / (2 * np.pi))

    def _key_path(self, begin: float, end: float, path: tuple[float, float] | None) -> None:
        if path is not None:
            if not self.now.led:
                self.sheet.path.key(begin, [float(v) for v in self.now.middle()])
                self.sheet.led.append([begin, end])
            self.sheet.led[-1][1] = end
            key(self.sheet.path, begin, end, [float(v) for v in self.now.point(*path)])
        self.now.led = path is not None

    def _stance(self) -> dict[int, Plant]:
        """Return the feet of the resting stance; whichever is nearer the front stays there."""
        guard, depth = self.now.style.guard, self.now.style.depth
        front = Plant(0.15 * guard, 0.1 + 0.05 * guard + 0.03 * depth)
        back = Plant(-front.forward, front.out)
        lead = self.now.lead
        options = [{lead: front, 1 - lead: back}, {lead: back, 1 - lead: front}]
        return min(options, key=lambda pose: sum(self.now.strays(i, p) for i, p in pose.items()))

    def _pair(self, lead: Footing, base: Footing) -> tuple[Footing, Footing]:
        return (lead, base) if self.side > 0 else (base, lead)

    def _arms(self, cue: Cue | FlightCue) -> tuple[Arm | Hand | None, Arm | Hand | None]:
        both = cue.get("arms")
        lead, base = cue.get("lead_arm", both), cue.get("base_arm", both)
        return (lead, base) if self.side > 0 else (base, lead)


def _radians(degrees: float | None, sign: int = 1) -> float | None:
    return None if degrees is None else sign * float(np.radians(degrees))


def _key_some(track: Track, begin: float, end: float, values: list[float | None]) -> None:
    """Key those components that are given, leaving the others where they are."""
    if any(v is not None for v in values):
        old = track.last
        key(track, begin, end, [o if v is None else v for o, v in zip(old, values, strict=True)])
