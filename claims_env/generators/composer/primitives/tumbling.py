"""Tumbling on the floor: wheels over the hands, rolls over the back, and the kip up from it."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import close
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant
from claims_env.generators.composer.stage import Stage

OVERHEAD = Arm(10, 165, 4, 0)
PALM = Arm(10, 162, 4, 0)
PUSHING = Arm(128, 44, 96, 0)
"""Palms beside the head, elbows wide: what pushes a backward roll over."""
EARS = Arm(160, 16, 84, 0)
"""Hands beside the ears, to be set down by a body on its back."""


def cartwheel(stage: Stage, ask: Ask) -> None:
    """Wheel sideways over both hands, legs wide; half a turn faces about on landing."""
    far = 0.9 + 0.15 * ask.size
    split = Leg(2, min(28 + 16 * ask.size, 62), 1.0, 35)
    wheel_in(stage, ask, far)
    stage.to(0.16, drop=-0.07, side=178, curve=0, path=(0, 1.05 * far), lead=split, base=split)
    stage.to(
        0.2,
        drop=0.02,
        side=236,
        curve=-10,
        path=(0, 1.38 * far),
        lead_arm=Arm(10, 150, 6, 0),
        lead=split,
        base=split,
    )
    stage.to(
        0.22,
        drop=0.14,
        side=294,
        curve=-24,
        path=(0, 1.7 * far),
        base_arm=Arm(10, 150, 6, 0),
        base=Plant(0, -1.86 * far, toe=30),
    )
    stage.to(
        0.28,
        drop=0.08,
        side=360,
        curve=0,
        go=(0, 2.04 * far),
        path=(0, -0.02),
        lead=Plant(0, 0.16, toe=20),
        arms=Arm(10, 110, 6, 0),
        share=0.5,
    )
    stage.hold()
    if abs(ask.turns(1.0)) == 0.5:
        stage.to(0.3, turn=0.25, lead=Plant(0, 0.11), drop=0.1)
    close(stage)


def wheel_in(stage: Stage, ask: Ask, far: float) -> None:
    """Step to the lead side and set one hand after the other on the line, legs going over."""
    stage.to(
        0.34,
        go=(0, 0.3),
        lead=Plant(0, 0.32, toe=60),
        drop=0.12,
        side=10,
        share=0.7,
        arms=OVERHEAD,
    )
    stage.to(
        0.28,
        drop=0.16,
        side=64,
        curve=24,
        path=(0, 0.36),
        base=Leg(2, 34, 0.98, 30),
        lead_arm=Hand(0.0, 0.86 * far, arm=PALM),
        base_arm=Arm(10, 162, 6, 0),
    )
    split = Leg(2, min(28 + 16 * ask.size, 62), 0.99, 35)
    stage.to(
        0.2,
        drop=0.02,
        side=120,
        curve=12,
        path=(0, 0.72 * far),
        lead=split,
        base=split,
        base_arm=Hand(0, -1.24 * far, arm=PALM),
    )


def forward_roll(stage: Stage, ask: Ask) -> None:
    """Squat, hands down, roll over a rounded back and stand up."""
    hands = Hand(0.36 + 0.08 * ask.size, 0.19, arm=Arm(150, 16, 40, 0))
    stage.to(0.4, drop=0.42, tilt=82, bend=60, look=(40, 0), path=(0.12, 0), arms=hands)
    roll_out(stage, 0.42)


def roll_out(stage: Stage, start: float) -> None:
    """Roll over the back from the hands and stand up, the hips at `start` ahead of home [m]."""
    fold = Leg(75, 8, 0.62, 20)
    stage.to(
        0.24, drop=0.32, tilt=142, bend=70, look=(60, 0), path=(start, 0), lead=fold, base=fold
    )
    ball, round_arms = Leg(80, 8, 0.46, 20), Arm(55, 12, 60, 20)
    stage.to(
        0.2,
        drop=0.6,
        tilt=212,
        bend=62,
        path=(start + 0.3, 0),
        lead=ball,
        base=ball,
        arms=round_arms,
    )
    stage.to(0.2, drop=0.79, tilt=278, bend=52, path=(start + 0.45, 0), lead=ball, base=ball)
    stage.to(
        0.26,
        drop=0.62,
        tilt=352,
        bend=56,
        go=(start + 0.81, 0),
        path=(-0.16, 0),
        look=(20, 0),
        lead=Plant(0, 0.11),
        base=Plant(0, 0.11),
        arms=Arm(80, 10, 25, 0),
    )
    stage.to(0.16, drop=0.5, tilt=396, bend=32, path=(-0.02, 0), share=0.5)
    stage.to(0.36, drop=0.05, tilt=0, bend=4, look=(0, 0), arms=stage.rest)
    stage.hold()


def backward_roll(stage: Stage, ask: Ask) -> None:
    """Squat, sit, roll back over the shoulders and push up onto the feet."""
    high = Arm(min(130 * ask.size, 168), 16, 8, 0)
    ball = Leg(78, 8, 0.46, 20)
    stage.to(
        0.4, drop=0.76, tilt=-24, bend=50, path=(-0.32, 0), look=(30, 0), arms=Arm(70, 14, 30, 0)
    )
    stage.to(0.2, drop=0.8, tilt=-84, bend=56, path=(-0.5, 0), lead=ball, base=ball, arms=PUSHING)
    stage.to(0.22, drop=0.6, tilt=-150, bend=62, path=(-0.72, 0), look=(55, 0))
    fold = Leg(80, 8, 0.6, 10)
    stage.to(0.22, drop=0.42, tilt=-214, bend=64, path=(-0.95, 0), lead=fold, base=fold)
    stage.to(
        0.26,
        drop=0.42,
        tilt=-270,
        bend=58,
        go=(-1.22, 0),
        path=(0.02, 0),
        lead=Plant(0, 0.11),
        base=Plant(0, 0.11),
    )
    stage.to(0.2, drop=0.42, tilt=-322, bend=36, look=(0, 0), arms=Arm(70, 12, 20, 0), share=0.5)
    if stage.flows:
        stage.to(0.3, drop=0.05, tilt=0, bend=4, arms=stage.rest)
    else:
        stage.to(0.34, drop=0.05, tilt=0, bend=4, arms=high)
        stage.hold()


def kip_up(stage: Stage, ask: Ask) -> None:
    """Roll back onto the shoulders and whip the legs round to land on the feet."""
    ball, pike = Leg(76, 6, 0.48, 20), Leg(118, 6, 0.96, 25)
    stage.to(
        0.4, drop=0.76, tilt=-24, bend=46, path=(-0.32, 0), look=(30, 0), arms=Arm(70, 14, 30, 0)
    )
    stage.to(0.22, drop=0.8, tilt=-88, bend=40, path=(-0.5, 0), lead=ball, base=ball, arms=EARS)
    palms = Hand(-1.26, 0.22, 0.09, arm=Arm(150, 10, 120, 0))
    stage.to(
        0.26,
        drop=0.64,
        tilt=-138,
        bend=56,
        path=(-0.66, 0),
        lead=pike,
        base=pike,
        arms=palms,
        look=(50, 0),
    )
    whip = Leg(14, 6, 0.98, 30)
    stage.to(0.16, drop=0.58, tilt=-106, bend=20, path=(-0.5, 0), lead=whip, base=whip, fast=True)
    stage.fly(
        0.2 + 0.1 * ask.size,
        tilt=84,
        rise=-0.5,
        landing=0.34,
        go=(0.02 + 0.12 * ask.size, 0),
        lead=Leg(-16, 8, 0.82, 10),
        base=Leg(-16, 8, 0.82, 10),
        arms=Arm(140, 24, 40, 0),
        bend=-16,
        lead_lands=Plant(0, 0.14),
        base_lands=Plant(0, 0.14),
    )
    stage.absorb(0.1, tilt=10, bend=6, arms=Arm(70, 24, 12, 0), look=(0, 0))
    if not stage.flows:
        stage.to(0.3, drop=0.04, tilt=0, bend=-4, arms=Arm(90, 30, 8, 0))
    stage.hold()
    stage.stand(0.3)


MOVES = {
    "cartwheel": cartwheel,
    "forward_roll": forward_roll,
    "backward_roll": backward_roll,
    "kip_up": kip_up,
}
