"""Manner: what the style and the size of a move make of the shapes a primitive names."""

import math
from dataclasses import dataclass, replace

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import GUARD, Arm, Leg, Plant, between, straighter
from claims_env.generators.composer.score import Style
from claims_env.generators.composer.stage import Stage

LOW_GUARD = Arm(20, 16, 62, 18)
"""Hands at the belt: a guard let down."""

STRAIGHT_LEG = 0.985
"""Hip to ankle of a leg that hits, over its full length: a knee at 160 degrees."""

STRAIGHT_ARM = 30.0
"""An elbow that is to bend less than this at the impact [deg] is all but stretched there."""

HIGHEST_THIGH = 135.0
"""How far a hip bends with the knee folded [deg]; anatomy tables give about 140."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one move is to look.

    Attributes:
        style: Of the whole score.
        size: Amplitude of this move, about 1.
    """

    style: Style
    size: float

    @property
    def low(self) -> float:
        """How far the pelvis sinks in the ready stance [m]: 0.03 upright to 0.23 very deep."""
        return 0.03 + 0.2 * self.style.depth

    @property
    def width(self) -> float:
        """Half the distance of the feet in the ready stance [m]."""
        return 0.11 + 0.09 * self.style.depth

    @property
    def guard(self) -> Arm:
        """Where the hands wait: at the belt to at the chin."""
        return between(LOW_GUARD, GUARD, self.style.guard)

    @property
    def toe(self) -> float:
        """Outward turn of a standing foot [deg]."""
        return 8 + 50 * self.style.turnout

    @property
    def gain(self) -> float:
        """By how much angles and depths grow with the size; less than the size does."""
        return 1 + 0.7 * (self.size - 1)

    def arm(self, pose: Arm) -> Arm:
        """Return an arm pose, farther from hanging for a larger size, straighter if extended."""
        swung = max(abs(pose.forward), abs(pose.out), 1.0)
        gain = min(self.gain, max(168 / swung, 1.0))
        slack = 85 * (0.55 - self.style.extension) - 30 * (self.size - 1)
        bend = max(pose.bend + slack * max(0.0, 1 - pose.bend / 110), 3.0)
        return Arm(pose.forward * gain, pose.out * gain, bend, pose.inward)

    def strike(self, pose: Arm) -> Arm:
        """Return an arm at its impact: how much of the way there it gets from the guard."""
        share = 0.5 + 0.26 * self.size + 0.4 * self.style.extension
        arm = between(self.guard, pose, min(max(share, 0.55), 1.06))
        if pose.bend > STRAIGHT_ARM:
            return arm
        return replace(arm, bend=min(arm.bend, pose.bend + 10))

    def leg(self, pose: Leg, most: float = 112) -> Leg:
        """Return a free leg, swung farther for a larger size, straighter if extended."""
        gain = min(self.gain, max(most / max(abs(pose.forward), abs(pose.out), 1.0), 1.0))
        return replace(pose, forward=pose.forward * gain, out=pose.out * gain)

    def knee(self, pose: Leg) -> Leg:
        """Return a folded leg: higher for a larger size and for a clear, extended style."""
        forward = pose.forward * self.gain * (0.85 + 0.3 * self.style.extension)
        out = pose.out * self.gain
        # folding the knee lifts the thigh above the line from hip to ankle
        most = HIGHEST_THIGH - math.degrees(math.acos(min(pose.reach, 1.0)))
        share = min(most / max(math.hypot(forward, out), 1.0), 1.0)
        return replace(pose, forward=forward * share, out=out * share)

    def straight(self, pose: Leg) -> Leg:
        """Return a free leg with its knee all but straight, whatever the style: one that hits."""
        share = STRAIGHT_LEG / straighter(pose, self.style.extension).reach
        return replace(pose, reach=pose.reach * max(share, 1.0))

    def sink(self, metres: float) -> float:
        """Return how far the pelvis drops for what is `metres` in a plain style [m]."""
        return min(metres * self.gain + 0.16 * (self.style.depth - 0.3) * min(1, 8 * metres), 0.52)

    def stance(self, ahead: float = 0.0) -> Plant:
        """Return where the lead foot stands in the ready stance, `ahead` of home [m]."""
        return Plant(ahead + 0.08 + 0.1 * self.style.guard, self.width, lift=0.04)

    def plant(
        self, forward: float = 0.0, out: float = 0.1, toe: float | None = None,
        heel: float = 0.0, lift: float = 0.06,
    ) -> Plant:  # fmt: skip
        """Return a foothold whose ball is as far out as keeps turned-out ankles apart."""
        turned = math.radians(self.toe if toe is None else toe)
        return Plant(forward, out + 0.09 * max(math.sin(turned) - 0.2, 0.0), toe, heel, lift)

    def angle(self, degrees: float) -> float:
        """Return an angle of the trunk, larger for a larger size [deg]."""
        return degrees * self.gain


def manner(stage: Stage, ask: Ask) -> Manner:
    """Return the manner in which a stage wants what is asked."""
    return Manner(stage.now.style, ask.size)


def settle(stage: Stage, how: Manner, seconds: float = 0.26) -> None:
    """Come back to the ready stance without rising out of it, stepping where a foot is astray."""
    now, lead = stage.now, how.stance()
    base = replace(lead, forward=-lead.forward)
    for name, i, plant in (("lead", now.lead, lead), ("base", 1 - now.lead, base)):
        if now.airborne[i] or now.strays(i, plant) > 0.2:
            if name == "lead":
                stage.to(seconds, lead=plant, drop=how.low, arms=how.guard, share=0.35)
            else:
                stage.to(seconds, base=plant, drop=how.low, arms=how.guard, share=0.65)
    stage.to(
        0.6 * seconds,
        drop=how.low, tilt=0, side=0, bend=4, curve=0, twist=0,
        arms=how.guard, share=0.5, look=(0, 0),
    )  # fmt: skip


def close(stage: Stage, seconds: float = 0.24) -> None:
    """Come upright and to rest over the feet, wherever they are."""
    stage.recentre()
    stage.to(
        seconds, drop=stage.ease, tilt=0, side=0, bend=2, curve=0, twist=0, arms=stage.rest,
        share=0.5, look=(0, 0),
    )  # fmt: skip


def place(stage: Stage, how: Manner) -> None:
    """Set both feet side by side, as far apart as their turnout needs."""
    for name, i in (("lead", stage.now.lead), ("base", 1 - stage.now.lead)):
        foot = how.plant(0, 0.1, lift=0.03)
        if stage.now.strays(i, foot) > 0.02:
            if name == "lead":
                stage.to(0.16, lead=foot, share=0.4)
            else:
                stage.to(0.16, base=foot, share=0.5)
