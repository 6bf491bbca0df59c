"""The stage: where primitives act; it turns their cues into keys, one after the other."""

import copy
import math
from dataclasses import replace
from typing import Unpack

from claims_env.generators.composer.balance import GRAVITY
from claims_env.generators.composer.bearing import Bearing
from claims_env.generators.composer.calm import both, in_one, is_calm, is_footed, mirrored
from claims_env.generators.composer.cue import Cue, FlightCue
from claims_env.generators.composer.limb_keys import Footing, key, key_arm, key_foot, lift
from claims_env.generators.composer.pacing import least_time
from claims_env.generators.composer.poses import GUARD, HANG, Arm, Hand, Leg, between
from claims_env.generators.composer.score import Style
from claims_env.generators.composer.sheet import STANDING, Sheet, duplicate, postpone
from claims_env.generators.composer.somersault import face_about, key_somersault
from claims_env.generators.composer.stance import astray, stance
from claims_env.generators.composer.takeoff import dip, key_parabola, key_spin, rising, swivel
from claims_env.generators.composer.track import INSTANT
from claims_env.generators.composer.upper_keys import flown, key_path, key_upper

TIPTOE = 0.045
"""How much a jumper's pelvis rises above `STANDING` as the heels leave the floor [m]."""

PASSING = 0.2
"""How long a foot takes that is set down in passing from one move to the next [s]."""

CUSHION = 15.0
"""Deceleration of a landing pelvis [m/s^2]; the legs' own masses add to it."""

BACKSWING = Arm(-42, 14, 20, 0)


class Stage:
    """Writes keys. Primitives speak of a *lead* and a *base* side; `side` says which is left.

    Durations are at the comfortable tempo, and stretched where a body could not keep up.

    Attributes:
        now: The state moves are chained by.
        time: How far the sheet has been written [s].
        rate: Tempo factor.
        sharpness: How much shorter the explosive part of a move is, 0 to 1.
        patience: Share of every hold that is kept.
        poses: How long each pose was to take, and what it takes at least [s].
        held: Stillness asked for so far, before the patience [s].
        flows: Calm poses at the end of a move melt into the beginning of the next.

    Args:
        style: How every move is done.
        yaw: Heading at the start [rad].
        side: The lead side, 1 left or -1 right.
    """

    def __init__(self, style: Style, yaw: float, side: int) -> None:
        self.now, self.time = Bearing(style, side), 0.0
        self.rate, self.sharpness, self.patience = 1.0, 0.3, 1.0
        self.poses: list[tuple[float, float]] = []
        self.held, self.flows = 0.0, False
        self._tail: list[tuple[float, Cue]] = []
        self._carried: Cue = {}
        self.sheet.yaw.key(0, [yaw])
        self.sheet.height.key(0, [STANDING - self.ease])
        for i, plant in stance(self.now).items():
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
        return 0.12 * self.now.style.depth

    def to(self, seconds: float, **cue: Unpack[Cue]) -> None:
        """Reach a pose in some seconds; see `Cue`."""
        edge = -0.35 if cue.get("fast") else 0.15
        seconds *= (1 + edge * self.sharpness) / self.rate
        if self.flows and is_calm(cue) and not any(self.now.on_hands):
            self._tail.append((seconds, cue))
        else:
            self._follow(seconds, both(self._catch_up(), cue))

    def pass_on(self) -> None:
        """End a move: set its feet down, and carry the rest of its calm into the next one."""
        *steps, last = in_one([self._carried, *(cue for _, cue in self._tail)])
        self._tail, self._carried = [], {}
        for step in steps:
            self._follow(PASSING / self.rate, step)
        if is_footed(last):
            self._follow(PASSING / self.rate, last)
        else:
            self._carried = last

    def _catch_up(self) -> Cue:
        """Go through the calm poses passed over so far; return what is carried into the next."""
        tail, carried = self._tail, self._carried
        self._tail, self._carried = [], {}
        for seconds, cue in tail:
            self._follow(seconds, both(carried, cue))
            carried = Cue()
        return carried

    def _calm_down(self) -> None:
        """Be in the pose the last move ended in, before something that is no pose begins."""
        if carried := self._catch_up():
            self._follow(PASSING / self.rate, carried)

    def fly(self, airtime: float, **cue: Unpack[FlightCue]) -> None:
        """Leave the floor for `airtime` [s], on a true parabola; tempo does not change gravity."""
        self._calm_down()
        heights = self._push_off(airtime, cue)
        begin, end = self.time, self.time + airtime
        key_parabola(self.now, begin, end, *heights)
        top = begin + cue.get("peak", 0.5) * airtime
        opening = max(begin + cue.get("opens", 0.0) * airtime, top)
        poses = self._pair(cue.get("lead", Leg()), cue.get("base", Leg()))
        lift(self.now, poses, begin)
        self._leave(begin, end, cue)
        self.now.home = self.now.point(*cue.get("go", (0.0, 0.0)))
        key_upper(self.now, begin, top, flown(cue))
        face_about(self.now, end)
        lands = self._pair(cue.get("lead_lands"), cue.get("base_lands"))
        arms = self._arms(cue)
        for i in (0, 1):
            key_arm(self.now, i, begin, end if isinstance(arms[i], Hand) else top, arms[i])
            key_foot(self.now, i, begin, top, poses[i])
            key_foot(self.now, i, opening, end, lands[i])
            swivel(self.now, i, end)
        self.time = end

    def jump(
        self, airtime: float, *, load: float = 0.28, swing: Arm, **cue: Unpack[FlightCue]
    ) -> None:
        """Crouch by `load` [m], drive up with the arms thrown to `swing`, and fly."""
        self.to(0.34, drop=load, tilt=22, bend=14, arms=BACKSWING)
        self.drive(airtime, swing)
        self.fly(airtime, **cue)

    def drive(self, airtime: float, swing: Arm, **lean: Unpack[Cue]) -> None:
        """Push off as hard as `airtime` [s] needs: heels up, arms thrown, straight but for lean."""
        self._calm_down()
        rise = STANDING + TIPTOE - self.sheet.height.last[0]
        begin, end = self.time, self.time + max(2 * rise / (GRAVITY * airtime / 2), 0.12)
        self.sheet.height.hold(begin)
        straight: Cue = {"tilt": 4, "side": 0, "bend": 0, "curve": 0, "look": (0, 0)}
        key_upper(self.now, begin, end, {**straight, **lean})
        for i in (0, 1):
            key_arm(self.now, i, begin, end, swing)
            if not self.now.airborne[i]:
                x, y, z, yaw, _ = self.sheet.feet[i].last
                up = [x, y, z + 0.02, yaw, math.radians(38)]
                key(self.sheet.feet[i], begin, end, up)
        self.time = end

    def absorb(self, depth: float = 0.2, **cue: Unpack[Cue]) -> None:
        """Sink by `depth` [m] into a landing, or deeper if its fall is too hard for that."""
        self._calm_down()
        slope = self.sheet.height.slopes[-1]
        speed = max(-slope[0], 0.5) if slope else 1.0
        depth = max(depth, speed**2 / (2 * CUSHION))
        self.sheet.height.key(self.time + 2 * depth / speed, [self.sheet.height.last[0] - depth])
        settled: Cue = {"tilt": 18, "bend": 10, "side": 0, "curve": 0, "twist": 0}
        low: Cue = {"drop": STANDING - self.sheet.height.last[0]}
        self._follow(max(2 * depth / speed, 0.14), {**settled, **cue, **low})

    def stand(self, seconds: float = 0.35) -> None:
        """Go back to the resting stance over home, stepping with whichever foot is off it."""
        pose = stance(self.now)
        calm: Cue = {"drop": self.ease, "tilt": 0, "side": 0, "bend": 2, "curve": 0, "twist": 0}
        calm = {**calm, "arms": self.rest, "share": 0.5, "look": (0, 0)}
        for i in astray(self.now):
            step = calm.copy()
            step["lead" if i == self.now.lead else "base"] = pose[i]
            self.to(seconds, **step)
        self.to(seconds, **calm)

    def wait(self, seconds: float) -> None:
        """Hold everything for some seconds of real time."""
        if seconds > 0:
            self._calm_down()
            self.time += seconds
        if self.now.led:
            self.sheet.led[-1][1] = self.time

    def hold(self) -> None:
        """Hold the present balance for as long as the style asks."""
        self.keep_still(self.now.style.hold)

    def keep_still(self, seconds: float) -> None:
        """Hold everything for some seconds, or as much of them as there is patience for."""
        if not self._tail:
            self.held += seconds
            self.wait(seconds * self.patience)

    def lead_with(self, side: int) -> None:
        """Make the left (1) or right (-1) side the lead."""
        if side != self.now.side:
            self.pass_on()
            self._carried = mirrored(self._carried)
        self.now.side = side

    def recentre(self) -> None:
        """Move home under the middle of the two feet."""
        if any(is_footed(cue) for _, cue in self._tail):
            self.pass_on()
        self.now.home = self.now.between_feet()

    def copy(self) -> "Stage":
        """Return an independent copy, to try a move on."""
        other = copy.copy(self)
        other.poses, other._tail = self.poses.copy(), self._tail.copy()
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
        yaw = now.yaw + turn * 2 * math.pi * now.side
        now.home = now.point(*cue.get("go", (0.0, 0.0)), yaw=(now.yaw + yaw) / 2)
        feet, arms = self._pair(cue.get("lead"), cue.get("base")), self._arms(cue)
        begin = self.time
        least = least_time(now, self.time, cue, feet, arms)
        self.poses.append((seconds, least))
        end = begin + max(seconds, least)
        lift(now, feet, begin)
        if turn:
            key(self.sheet.yaw, begin, end, [yaw])
        if "drop" in cue:
            key(self.sheet.height, begin, end, [STANDING - cue["drop"]])
        if "share" in cue:
            left = cue["share"] if now.side > 0 else 1 - cue["share"]
            key(self.sheet.share, begin, end, [left])
        key_upper(self.now, begin, end, cue)
        key_path(now, begin, end, cue.get("path"))
        for i in (0, 1):
            key_arm(now, i, begin, end, arms[i])
            key_foot(now, i, begin, end, feet[i])
        self.time = end

    def _push_off(self, airtime: float, cue: FlightCue) -> tuple[float, float]:
        """Give the push-off the time it needs; return the heights at take-off and landing [m]."""
        top, fall = STANDING + cue.get("rise", TIPTOE), STANDING - cue.get("landing", 0.03)
        later = dip(self.now, self.time, top, rising(airtime, top, fall))
        flights = self.sheet.flights
        if later and not (flights and flights[-1][1] > self.time - INSTANT):
            postpone(self.sheet, self.time, later)
        self.time += later
        return top, fall

    def _leave(self, begin: float, end: float, cue: FlightCue) -> None:
        """Key the spin and the somersault of a flight."""
        if turn := cue.get("turn", 0.0):
            key_spin(self.now, begin, end, turn * 2 * math.pi * self.side)
        if cue.keys() & {"tilt", "side", "roll"}:
            key_somersault(self.now, begin, end, cue)
        self.sheet.flights.append([begin, end])

    def _pair(self, lead: Footing, base: Footing) -> tuple[Footing, Footing]:
        return (lead, base) if self.side > 0 else (base, lead)

    def _arms(self, cue: Cue | FlightCue) -> tuple[Arm | Hand | None, Arm | Hand | None]:
        both = cue.get("arms")
        lead, base = cue.get("lead_arm", both), cue.get("base_arm", both)
        return (lead, base) if self.side > 0 else (base, lead)
