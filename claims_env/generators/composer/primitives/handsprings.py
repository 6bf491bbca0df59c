"""Handsprings: from the feet over the hands to the feet, and passes built of them.

Measured on real clips: a front handspring leaves the hands for 0.3 s with the pelvis at 1.14 m and
covers 2.2 m from run to landing (CMU 90_11); a cartwheel turns at up to 330 to 360 deg/s.
"""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant
from claims_env.generators.composer.primitives.flips import (
    back_somersault,
    connect,
    links,
    salute,
    settle,
    tucked,
)
from claims_env.generators.composer.stage import Stage

FEET = Plant(0, 0.1)
REACHING = Arm(162, 14, 8, 35)
PALMS = Arm(164, 14, 12, 35)


def back_handspring(stage: Stage, ask: Ask) -> None:
    """Sit back, jump backwards onto both hands and snap the feet down."""
    for _ in range(ask.count(1)):
        back_over_hands(stage, ask)
        connect(stage)
    if not links(ask):
        salute(stage)


def back_over_hands(stage: Stage, ask: Ask) -> None:
    """Go backwards from the feet over the hands to the feet, arms overhead at the end."""
    far = 0.5 + 0.4 * ask.size
    stage.to(0.24, drop=0.2, tilt=2, bend=6, arms=Arm(28, 12, 10, 0))
    stage.to(0.2, drop=0.1, tilt=-52, bend=-22, arms=REACHING, look=(-24, 0), fast=True)
    arch = Leg(-24, 4, 0.96, 35)
    stage.fly(
        0.22,
        tilt=-90,
        rise=-0.1,
        landing=-0.02,
        go=(-far, 0),
        lead=arch,
        base=arch,
        arms=Hand(-0.12, 0.2, 0.07, PALMS),
        bend=-26,
        peak=0.7,
    )
    straight = Leg(2, 4, 1.0, 40)
    stage.to(0.12, drop=-0.1, tilt=-184, bend=-10, lead=straight, base=straight)
    stage.to(0.1, drop=-0.06, tilt=-216, bend=0)
    snap = Leg(42, 4, 0.94, 30)
    stage.fly(
        0.26,
        tilt=-106,
        rise=0.06,
        landing=0.14,
        go=(-0.62 * far - 0.1, 0),
        lead=snap,
        base=snap,
        arms=REACHING,
        bend=14,
        peak=0.55,
        lead_lands=FEET,
        base_lands=FEET,
    )


def front_handspring(stage: Stage, ask: Ask) -> None:
    """Step in from a run, kick over both hands, fly off them and land on both feet."""
    approach(stage, ask)
    lunge_down(stage, ask, Hand(0.86, 0.2, arm=PALMS))
    stage.to(
        0.2,
        drop=0.0,
        tilt=150,
        bend=4,
        path=(0.7, 0),
        base=Leg(-14, 4, 1.0, 40),
        lead=Leg(-2, 4, 0.97, 35),
    )
    stage.to(0.12, drop=-0.1, tilt=190, bend=0, path=(0.95, 0), base=Leg(-14, 4, 1.0, 40))
    arch = Leg(-18, 4, 0.97, 35)
    stage.fly(
        0.3,
        tilt=142,
        rise=0.1,
        landing=0.12,
        go=(0.9 + ask.distance(0.75), 0),
        lead=arch,
        base=arch,
        arms=REACHING,
        bend=-6,
        lead_lands=FEET,
        base_lands=FEET,
    )
    stage.absorb(0.1, tilt=-2, bend=4, arms=Arm(120, 20, 10, 0))
    salute(stage)


def round_off(stage: Stage, ask: Ask) -> None:
    """Wheel over both hands with a half twist, and snap the feet down together."""
    over_with_half_twist(stage, ask)
    connect(stage)
    if not links(ask):
        salute(stage)


def over_with_half_twist(stage: Stage, ask: Ask) -> None:
    """Run in and turn over the hands to land facing where the run came from."""
    approach(stage, ask)
    stage.to(
        0.28,
        drop=0.18,
        tilt=74,
        bend=30,
        roll=-52,
        path=(0.34, 0),
        base=Leg(-34, 8, 0.99, 35),
        lead_arm=Hand(0.8, 0.0, arm=PALMS),
        base_arm=Arm(172, 10, 6, 0),
    )
    stage.to(
        0.2,
        drop=0.06,
        tilt=140,
        bend=12,
        roll=-104,
        path=(0.7, 0),
        base=Leg(-10, 12, 1.0, 40),
        lead=Leg(10, 14, 0.98, 40),
        base_arm=Hand(1.02, 0.0, arm=PALMS),
    )
    together = Leg(0, 4, 1.0, 40)
    stage.to(
        0.14, drop=-0.04, tilt=186, bend=0, roll=-140, path=(0.86, 0), lead=together, base=together
    )
    stage.to(0.08, drop=-0.02, tilt=204, roll=-152)
    snap = Leg(40, 4, 0.94, 30)
    stage.fly(
        0.27,
        tilt=104,
        roll=-28,
        rise=0.08,
        landing=0.14,
        go=(0.98 + 0.55 + 0.25 * ask.size, 0),
        lead=snap,
        base=snap,
        arms=REACHING,
        bend=12,
        peak=0.6,
        lead_lands=FEET,
        base_lands=FEET,
    )


def tumbling_pass(stage: Stage, ask: Ask) -> None:
    """Round-off, back handsprings and a tucked back somersault without a stop."""
    over_with_half_twist(stage, ask)
    for _ in range(ask.count(1)):
        connect(stage)
        back_over_hands(stage, ask)
    connect(stage)
    back_somersault(stage, ask, tucked(ask))
    settle(stage, ask)


def approach(stage: Stage, ask: Ask) -> None:
    """Skip on one foot, the other knee and the arms up, and lunge onto that leg."""
    knee = Leg(44, 4, 0.76, 10)
    stage.to(0.22, lead=knee, drop=0.05, tilt=8, share=0, arms=Arm(96, 14, 10, 0))
    skip = 0.2 + 0.15 * ask.size
    stage.fly(
        0.14, rise=0.0, landing=0.06, go=(skip, 0), lead=knee, base=Leg(-14, 4, 0.94, 20),
        arms=REACHING, base_lands=Plant(0.02, 0.06),
    )  # fmt: skip
    stage.to(
        0.24,
        go=(0.4, 0),
        lead=Plant(0.24, 0.06),
        drop=0.16,
        tilt=16,
        bend=4,
        arms=REACHING,
        share=0.8,
    )


def lunge_down(stage: Stage, ask: Ask, hands: Hand) -> None:
    """Tip over the lead foot until both hands are on the floor, the other leg kicked up."""
    kicked = Leg(-24 - 14 * ask.size, 4, 0.99, 35)
    stage.to(0.28, drop=0.18, tilt=84, bend=26, base=kicked, path=(0.34, 0), arms=hands)


MOVES = {
    "back_handspring": back_handspring,
    "front_handspring": front_handspring,
    "round_off": round_off,
    "tumbling_pass": tumbling_pass,
}
