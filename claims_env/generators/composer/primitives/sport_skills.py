"""Skills with a ball: kicking, throwing, passing, and throwing oneself after it."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import manner
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant
from claims_env.generators.composer.stage import Stage


def ball_kick(stage: Stage, ask: Ask) -> None:
    """Plant beside the ball, swing the leg through it and follow up."""
    how = manner(stage, ask)
    stage.lead_with(-stage.side)
    stage.to(
        0.34, go=(0.3 * how.gain, 0), lead=Plant(0.26, 0.12), drop=how.sink(0.1), tilt=4, share=0.8,
        arms=Arm(-10, 40, 25, 0),
    )  # fmt: skip
    stage.lead_with(-stage.side)
    stage.to(
        0.2, lead=how.leg(Leg(-36, 12, 0.76, 30)), twist=how.angle(24), side=-8, share=0.0,
        drop=0.08, lead_arm=how.arm(Arm(-30, 35, 25, 0)), base_arm=how.arm(Arm(30, 75, 15, 0)),
    )  # fmt: skip
    stage.to(0.14, lead=Leg(28, 0, 0.97, 35), twist=-12, drop=0.07, tilt=-6, fast=True)
    stage.to(
        0.18, lead=how.leg(Leg(68, -6, 0.97, 30)), twist=-how.angle(24), bend=14, tilt=-10,
        drop=0.02, base_arm=how.arm(Arm(60, 10, 25, 10)),
    )  # fmt: skip
    stage.hold()
    stage.to(
        0.32, go=(0.25, 0), lead=Plant(0.1, 0.12), drop=how.sink(0.08), twist=0, bend=4, tilt=2,
        share=0.5,
    )  # fmt: skip
    stage.recentre()
    stage.stand(0.3)


def throw(stage: Stage, ask: Ask) -> None:
    """Coil with the throwing arm back, stride and whip it over."""
    how = manner(stage, ask)
    stage.to(
        0.34, turn=0.14, drop=how.sink(0.08), twist=how.angle(34), share=0.85, tilt=-4,
        lead_arm=how.arm(Arm(-20, 78, 92, -40)), base_arm=how.arm(Arm(70, 30, 15, 0)),
    )  # fmt: skip
    stride = 0.28 * how.gain
    stage.to(0.26, go=(0.9 * stride, 0), base=Plant(stride, 0.08), drop=how.sink(0.12), share=0.5)
    stage.to(
        0.16, turn=-0.14, twist=-how.angle(30), lead_arm=how.arm(Arm(100, 50, 25, 0)),
        base_arm=Arm(10, 30, 80, 10), share=0.2, bend=how.angle(12), fast=True,
    )  # fmt: skip
    stage.to(
        0.22, lead_arm=how.arm(Arm(46, -14, 20, 25)), twist=-how.angle(48), bend=how.angle(34),
        tilt=how.angle(18), drop=how.sink(0.1), share=0.1,
    )  # fmt: skip
    stage.hold()
    stage.recentre()
    stage.stand(0.34)


def chest_pass(stage: Stage, ask: Ask) -> None:
    """Draw both hands to the chest, step in and push them straight out."""
    how = manner(stage, ask)
    for _ in range(ask.count(1)):
        stage.to(0.26, drop=how.sink(0.1), tilt=6, arms=Arm(34, 22, 118, 44), share=0.3)
        stage.to(
            0.2, go=(0.16 * how.gain, 0), lead=Plant(0.24 * how.gain, 0.1), drop=how.sink(0.12),
            tilt=how.angle(12), bend=how.angle(8), arms=Arm(min(70 + 18 * how.gain, 96), -4, 6, 8),
            share=0.6, fast=True,
        )  # fmt: skip
        stage.hold()
        stage.to(0.26, tilt=4, bend=4, arms=Arm(40, 20, 70, 20), share=0.5)
    stage.recentre()
    stage.stand(0.3)


def dive_reach(stage: Stage, ask: Ask) -> None:
    """Throw the body flat to the lead side, reaching, land on the hands and push back up."""
    far = min(ask.distance(0.62), 0.85)
    stage.to(
        0.3, go=(0, 0.3), lead=Plant(0, 0.34, toe=35), drop=0.28, side=22, curve=16, share=0.9,
        tilt=12, lead_arm=Arm(60, 70, 20, 0), base_arm=Arm(60, 50, 20, 0),
    )  # fmt: skip
    stage.to(0.16, drop=0.2, side=40, base=Leg(0, 24, 0.97, 25), fast=True)
    free = Leg(-4, 10, 0.97, 30)
    stage.fly(
        0.2 + 0.1 * ask.size, side=38, rise=-0.22, landing=0.52, go=(0, far), lead=free, base=free,
        lead_arm=Arm(40, 128, 8, 0), base_arm=Arm(128, 30, 10, 0),
    )  # fmt: skip
    stage.to(
        0.22, drop=0.68, side=78, curve=-2, path=(0, 0.12), lead=free, base=free,
        lead_arm=Hand(0.1, 0.86, 0.08, Arm(40, 128, 8, 0)), base_arm=Arm(104, 26, 12, 0),
    )  # fmt: skip
    stage.hold()
    knees = Leg(56, 10, 0.6, 10)
    stage.to(
        0.24, drop=0.6, side=52, tilt=30, bend=20, curve=0, lead=knees, base=knees, path=(0, 0.1)
    )
    stage.to(
        0.26, drop=0.46, side=12, tilt=40, bend=24, lead=Plant(0, 0.1), base=Plant(0, 0.1),
        path=(0, 0), share=0.5, arms=Arm(56, 44, 30, 0),
    )  # fmt: skip
    stage.stand(0.3)


MOVES = {
    "ball_kick": ball_kick,
    "throw": throw,
    "chest_pass": chest_pass,
    "dive_reach": dive_reach,
}
