"""Swings on the floor: arms and legs as pendulums, the body going along."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import SIDE, Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage


def arm_swing(stage: Stage, ask: Ask) -> None:
    """Swing both arms from overhead down past the knees and back up, knees bending."""
    size = ask.size
    for _ in range(ask.count(2)):
        stage.to(0.26, arms=Arm(min(150 * size, 172), 14, 4, 0), drop=0.0, tilt=-4, bend=-12 * size)
        stage.to(0.3, arms=Arm(20, 10, 6, 0), drop=0.16 * size, tilt=22 * size, bend=22, fast=True)
        stage.to(0.24, arms=Arm(-44 * size, 12, 6, 0), drop=0.22 * size, tilt=32 * size, bend=24)
        stage.to(0.32, arms=Arm(30, 10, 6, 0), drop=0.12 * size, tilt=14, bend=12)
    stage.to(0.35, arms=Arm(min(150 * size, 168), 14, 4, 0), drop=0.0, tilt=0, bend=-6)
    stage.hold()
    stage.to(0.4, arms=stage.rest, bend=2)


def round_arm_circle(stage: Stage, ask: Ask) -> None:
    """Circle both straight arms up before the body, overhead, and down at the sides."""
    size = ask.size
    for _ in range(ask.count(2)):
        stage.to(0.3, arms=Arm(88, 10, 6, 0), drop=0.06 * size)
        top = Arm(min(140 + 26 * size, 170), 20, 6, 0)
        stage.to(0.3, arms=top, drop=0.0, bend=-6 * size)
        stage.to(0.3, arms=Arm(20, min(96 + 24 * size, 140), 6, 0), bend=-4)
        stage.to(0.3, arms=Arm(-10 * size, 30 + 20 * size, 8, 0), drop=0.07 * size, bend=2)
        stage.to(0.2, arms=Arm(14, 8, 10, 0))
    stage.hold()
    stage.to(0.25, arms=stage.rest)


def giant_swing(stage: Stage, ask: Ask) -> None:
    """Carry the long arms round in a great circle across the body, from side to side."""
    size = ask.size
    wide, low = 0.16 + 0.14 * size, 0.16 + 0.14 * size
    for _ in range(ask.count(1)):
        stage.to(
            0.32,
            lead=Plant(0, wide),
            drop=0.08,
            share=0.75,
            tilt=0,
            bend=0,
            curve=18 * size,
            lead_arm=Arm(16, 92, 4, 0),
            base_arm=Arm(92, -52, 10, 0),
        )
        stage.to(
            0.3,
            drop=low,
            tilt=30 * size,
            bend=30,
            curve=0,
            share=0.5,
            arms=Arm(16, 4, 4, 0),
            fast=True,
        )
        stage.to(
            0.3,
            drop=0.08,
            tilt=0,
            bend=0,
            share=0.25,
            curve=-18 * size,
            lead_arm=Arm(92, -52, 10, 0),
            base_arm=Arm(16, 92, 4, 0),
        )
        stage.to(0.32, drop=-0.02, bend=-12 * size, curve=0, arms=Arm(168, 16, 4, 0), share=0.5)
    stage.hold()
    stage.to(0.36, arms=stage.rest, tilt=0, bend=2)
    stage.stand(0.3)


def leg_swing(stage: Stage, ask: Ask) -> None:
    """Swing a straight leg forward and back like a pendulum, the arms balancing it."""
    high = min(54 + 24 * ask.size, 100)
    stage.to(0.3, arms=SIDE, drop=0.0, share=0.05, lead=Leg(-20, 4, 0.97, 30))
    for _ in range(ask.count(2)):
        stage.to(0.16, lead=Leg(0, 4, 0.95, 25), tilt=0, drop=0.0, share=0.0)
        stage.to(
            0.24,
            lead=Leg(high, 3, 0.99, 35),
            tilt=-10,
            bend=8,
            lead_arm=Arm(-24, 70, 8, 0),
            base_arm=Arm(70, 30, 8, 0),
        )
        stage.to(0.2, lead=Leg(0, 4, 0.95, 25), tilt=4, bend=2, arms=SIDE)
        stage.to(
            0.24,
            lead=Leg(-0.55 * high, 5, 0.98, 35),
            tilt=14 + 6 * ask.size,
            bend=-14,
            lead_arm=Arm(60, 40, 8, 0),
            base_arm=Arm(-20, 70, 8, 0),
        )
    stage.hold()
    stage.to(0.3, lead=Plant(0, 0.1), tilt=0, bend=2, share=0.5)
    stage.stand(0.3)


def side_leg_swing(stage: Stage, ask: Ask) -> None:
    """Swing a straight leg out to the side and across, the trunk leaning against it."""
    high = min(44 + 22 * ask.size, 84)
    stage.to(0.3, arms=SIDE, drop=0.0, share=0.05, lead=Leg(8, 10, 0.96, 30))
    for _ in range(ask.count(2)):
        stage.to(
            0.28,
            lead=Leg(6, high, 0.99, 35),
            side=-0.2 * high,
            arms=Arm(10, 110, 8, 0),
            drop=0.0,
            share=0.0,
        )
        stage.to(
            0.3,
            lead=Leg(26, -26, 0.96, 30),
            side=4,
            twist=-10,
            arms=Arm(30, 50, 10, 0),
        )
    stage.hold()
    stage.to(0.3, lead=Plant(0, 0.1), side=0, twist=0, share=0.5)
    stage.stand(0.3)


MOVES = {
    "arm_swing": arm_swing,
    "round_arm_circle": round_arm_circle,
    "giant_swing": giant_swing,
    "leg_swing": leg_swing,
    "side_leg_swing": side_leg_swing,
}
