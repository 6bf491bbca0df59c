"""Kicks in a straight line: chamber, hit, fold, set down."""

import math

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, manner, settle
from claims_env.generators.composer.poses import CHEST, Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage

HIP = 0.82
"""Height of the hip over which a leg swings [m]."""

LEG = 0.79
"""From there to the ankle of a leg that hits [m]."""

BALANCE = Arm(-18, 34, 34, 0)
"""The arm thrown back against a kicking leg."""


def chamber(
    stage: Stage, how: Manner, leg: Leg, *, turn: float = 0.0, side: float = 0.0, tilt: float = -4
) -> None:
    """Shift onto the base foot and draw the lead knee up."""
    stage.to(0.18, drop=how.low + 0.01, share=0.12, arms=how.guard)
    low = 0.75 * how.low
    stage.to(0.2, lead=how.knee(leg), turn=turn, side=side, tilt=tilt, drop=low, share=0.0)


def set_down(stage: Stage, how: Manner, *, turn: float = 0.0, ahead: float = 0.0) -> None:
    """Bring the kicking foot to the floor and come back to the ready stance."""
    stage.to(
        0.24, lead=how.stance(ahead), turn=turn, go=(ahead / 2, 0), side=0, tilt=0, bend=3,
        curve=0, twist=0, drop=how.low, arms=how.guard, share=0.4, look=(0, 0),
    )  # fmt: skip
    settle(stage, how, 0.2)


def swing_to(height: float) -> float:
    """Return the swing [deg] that brings a foot to a height [m]."""
    share = max(-0.9, min(0.94, (height - HIP) / LEG))
    return 90 + math.degrees(math.asin(share))


def outward(swing: float, forward: float) -> float:
    """Return how far out [deg] a leg goes that swings so far in all, and so far forward."""
    return math.sqrt(max(swing**2 - forward**2, 0.0))


def low_chamber(swing: float) -> Leg:
    """Return a knee drawn up no higher than the swing [deg] that follows it needs."""
    fold = max(0.0, min((swing - 45) / 45, 1.0))
    return Leg(12 + 46 * fold, 0, 0.8 - 0.22 * fold, 10)


def aim(ask: Ask, how: Manner, height: float) -> float:
    """Return the height of a kick's target [m]; larger moves aim higher."""
    return ask.height(height) + 0.18 * (how.size - 1)


def front_kick(stage: Stage, ask: Ask) -> None:
    """Knee up, snap straight ahead, fold, set down."""
    how = manner(stage, ask)
    swing = swing_to(aim(ask, how, 0.95))
    lean = 14 + 0.1 * (swing - 90)
    for _ in range(ask.count(1)):
        chamber(stage, how, low_chamber(swing), tilt=-8)
        stage.to(
            0.14, lead=how.straight(Leg(swing - lean, 0, 1.0, 25)), tilt=-lean, bend=12,
            lead_arm=how.arm(BALANCE), fast=True, drop=0.5 * how.low,
        )  # fmt: skip
        stage.hold()
        stage.to(0.16, lead=how.knee(low_chamber(swing)), tilt=-6, bend=6)
        set_down(stage, how)


def push_kick(stage: Stage, ask: Ask) -> None:
    """Knee to the chest, then the flat foot thrust away, hips behind it, landing forward."""
    how = manner(stage, ask)
    angle = swing_to(aim(ask, how, 1.0)) - how.angle(26)
    for _ in range(ask.count(1)):
        chamber(stage, how, Leg(82, 4, 0.42, -20), tilt=-2)
        stage.to(
            0.22, lead=how.straight(Leg(angle, 0, 1.0, -30)), tilt=how.angle(-30), bend=22,
            drop=0.5 * how.low, arms=how.arm(Arm(-26, 30, 40, 0)), fast=True,
        )  # fmt: skip
        stage.hold()
        set_down(stage, how, ahead=0.36 * how.gain)


def low_kick(stage: Stage, ask: Ask) -> None:
    """A shin swung low across at the thigh, the body leaning off it."""
    how = manner(stage, ask)
    rise = outward(swing_to(aim(ask, how, 0.5)) - 13, 32)
    for _ in range(ask.count(1)):
        stage.to(0.2, go=(0.06, 0), base=Plant(0.1, 0.16, toe=45), drop=how.low + 0.04, share=0.1)
        stage.to(
            0.22, lead=Leg(32, rise, 0.9, 25, toe=-20), turn=-0.1, side=-14,
            twist=how.angle(26), drop=how.low + 0.02, share=0.0, curve=-6, fast=True,
            lead_arm=how.arm(Arm(-34, 36, 20, 0)), base_arm=how.guard,
        )  # fmt: skip
        stage.hold()
        set_down(stage, how, turn=0.1)


def side_kick(stage: Stage, ask: Ask) -> None:
    """Turn side on, chamber across and thrust the heel out."""
    how = manner(stage, ask)
    swing = swing_to(aim(ask, how, 1.0))
    lean = 22 + 0.2 * (swing - 90)
    for _ in range(ask.count(1)):
        chamber(stage, how, Leg(62, 30, 0.44, -15), turn=-0.2, side=-14)
        stage.to(
            0.17, lead=how.straight(Leg(0, swing - lean, 1.0, -18, toe=-10)), side=-lean, curve=-6,
            lead_arm=how.arm(Arm(0, 46, 22, 0)), base_arm=CHEST, look=(0, 60), fast=True,
            drop=0.55 * how.low,
        )  # fmt: skip
        stage.hold()
        stage.to(0.16, lead=how.knee(Leg(54, 30, 0.5, -10)), side=-14, curve=0)
        set_down(stage, how, turn=0.2)


def back_kick(stage: Stage, ask: Ask) -> None:
    """Turn the back on the target and drive the heel straight behind."""
    how = manner(stage, ask)
    for _ in range(ask.count(1)):
        stage.to(0.16, turn=0.1, drop=how.low + 0.02, share=0.5, arms=how.guard, look=(0, 20))
        stage.to(0.18, turn=0.4, share=0.1, look=(0, 40))
        thrust_back(stage, how, aim(ask, how, 0.9))
        stage.to(0.2, lead=how.knee(Leg(30, 3, 0.6, 0)), tilt=15, bend=3)
        set_down(stage, how)


def thrust_back(stage: Stage, how: Manner, height: float) -> None:
    """Fold the lead knee under the body and drive its heel behind to a height [m]."""
    stage.to(0.16, lead=how.knee(Leg(42, 2, 0.5, -5)), drop=0.7 * how.low, tilt=22, share=0.0)
    tip = 42 + 14 * how.gain
    stage.to(
        0.17, lead=how.straight(Leg(tip - swing_to(height), 4, 1.0, -12)), tilt=tip, bend=-8,
        lead_arm=how.arm(BALANCE), fast=True, look=(0, 50),
    )  # fmt: skip
    stage.hold()


def axe_kick(stage: Stage, ask: Ask) -> None:
    """Throw the straight leg up the front and chop it down."""
    how = manner(stage, ask)
    top = min(swing_to(aim(ask, how, 1.5)) - 14, 132)
    for _ in range(ask.count(1)):
        stage.to(0.22, drop=how.low + 0.04, share=0.1, arms=how.guard)
        stage.to(
            0.22, lead=how.straight(Leg(top, 8, 1.0, 0)), drop=-0.02, tilt=-18, bend=18, share=0.0,
            arms=how.arm(Arm(6, 52, 26, 0)),
        )  # fmt: skip
        stage.wait(0.06)
        stage.hold()
        stage.to(0.22, lead=Leg(30, 2, 1.0, 25), tilt=8, bend=16, fast=True, drop=0.04)
        set_down(stage, how, ahead=0.26)


def knee_strike(stage: Stage, ask: Ask) -> None:
    """Pull down with both hands and drive the knee up."""
    how = manner(stage, ask)
    for _ in range(ask.count(1)):
        stage.to(0.22, drop=how.low + 0.05, share=0.12, arms=how.arm(Arm(112, 10, 40, 10)), bend=-6)
        stage.to(
            0.17, lead=how.knee(Leg(78, -2, 0.54, 35)), drop=-0.03, tilt=-16, bend=24,
            share=0.0, arms=Arm(14, 18, 84, 25), fast=True, look=(16, 0),
        )  # fmt: skip
        stage.hold()
        set_down(stage, how)


MOVES = {
    "front_kick": front_kick,
    "push_kick": push_kick,
    "low_kick": low_kick,
    "side_kick": side_kick,
    "back_kick": back_kick,
    "axe_kick": axe_kick,
    "knee_strike": knee_strike,
}
