"""The shapes of wrestling and judo, done with an imagined partner."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import GUARD, Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage

GRIP = Arm(72, 22, 62, 24)


def clinch(stage: Stage, ask: Ask) -> None:
    """Close in, tie up with both arms and pull from side to side."""
    high = ask.height(1.35)
    tie = Arm(42 + 45 * (high - 0.9), 24, 72, 32)
    stage.to(
        0.25, go=(0.1, 0), lead=Plant(0.16, 0.14, lift=0.04), drop=0.1, arms=Arm(70, 30, 40, 10)
    )
    stage.to(0.22, arms=tie, bend=14, tilt=12, drop=0.13, look=(10, 0))
    for _ in range(ask.count(2)):
        stage.to(0.3, share=0.75, twist=16, curve=6, drop=0.16)
        stage.to(0.3, share=0.3, twist=-16, curve=-6, drop=0.13)
    stage.hold()
    stage.stand(0.3)


def shoot(stage: Stage, ask: Ask) -> None:
    """Change level and drive a deep penetration step under the partner, then recover."""
    deep = ask.depth(0.75)
    length = min(ask.distance(0.7), 0.9)
    stage.to(0.24, drop=0.16, tilt=22, bend=12, arms=GUARD, look=(-12, 0))
    stage.to(
        0.3,
        go=(length / 2, 0),
        lead=Plant(length / 2, 0.1, lift=0.04),
        drop=0.24 + 0.2 * deep,
        tilt=32,
        bend=16,
        arms=Arm(64, 22, 35, 10),
        look=(-25, 0),
        share=0.75,
        fast=True,
    )
    stage.to(0.2, arms=Arm(52, 8, 85, 45), drop=0.26 + 0.2 * deep)
    stage.hold()
    stage.to(
        0.34, go=(length / 2, 0), base=Plant(0.05, 0.14), drop=0.2, tilt=18, bend=10, share=0.5
    )
    stage.to(0.25, arms=Arm(60, 12, 75, 30), drop=0.08, tilt=2, bend=-4, look=(0, 0))
    stage.stand(0.3)


def hip_throw(stage: Stage, ask: Ask) -> None:
    """Grip, turn in with sunken hips, bend and wheel the partner over."""
    stage.to(0.25, lead=Plant(0.14, 0.14, lift=0.04), arms=GRIP, drop=0.09)
    stage.to(0.2, twist=-12, tilt=-4, arms=Arm(70, 28, 90, 24), share=0.4)
    stage.to(
        0.3,
        turn=-0.3,
        lead=Plant(0.14, 0.12, lift=0.05),
        drop=0.16,
        lead_arm=Arm(70, 50, 70, 40),
        base_arm=Arm(75, 0, 45, 40),
        share=0.7,
    )
    stage.to(0.26, turn=-0.2, base=Plant(0.1, 0.13, lift=0.04), drop=0.22, tilt=12, share=0.5)
    stage.to(
        0.3,
        drop=0.1,
        tilt=46,
        bend=30,
        twist=-38,
        lead_arm=Arm(60, 10, 40, 50),
        base_arm=Arm(10, 20, 80, 20),
        look=(10, -20),
        fast=True,
    )
    stage.hold()
    stage.to(0.4, tilt=4, bend=4, twist=0, drop=0.05, arms=stage.rest, look=(0, 0))
    stage.stand(0.3)


def sweep(stage: Stage, ask: Ask) -> None:
    """Off-balance with the hands and sweep the lead foot low across."""
    deep = ask.depth(0.3)
    stage.to(0.24, arms=GRIP, drop=0.1, share=0.3, twist=10)
    stage.to(0.2, lead=Leg(-14, 22, 0.93, 5), drop=0.08 + 0.25 * deep, share=0.0)
    stage.to(
        0.22,
        lead=Leg(34, -16, 0.97, 10, toe=15),
        twist=26,
        side=-6,
        turn=-0.08,
        lead_arm=Arm(50, 45, 60, 0),
        base_arm=Arm(20, 15, 95, 20),
        fast=True,
    )
    stage.hold()
    stage.to(0.3, lead=Plant(0.05, 0.13), turn=0.08, twist=0, side=0, drop=0.08, share=0.5)
    stage.stand(0.25)


MOVES = {"clinch": clinch, "shoot": shoot, "hip_throw": hip_throw, "sweep": sweep}
