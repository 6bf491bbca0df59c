"""Takedowns: the shapes of wrestling and judo, done with an imagined partner."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import manner, settle
from claims_env.generators.composer.poses import Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage

GRIP = Arm(72, 22, 62, 24)


def shoot(stage: Stage, ask: Ask) -> None:
    """Double leg: change level, drive a deep step under the partner, wrap both legs, stand up."""
    _penetrate(stage, ask, 0.75)
    how = manner(stage, ask)
    stage.to(0.2, arms=Arm(56, 6, 84, 48), bend=22, look=(-30, 0))
    stage.hold()
    half = 0.5 * min(ask.distance(0.7), 0.95)
    stage.to(0.27, go=(half, 0), base=Plant(0.08, 0.16), drop=0.22, tilt=20, bend=8, share=0.5)
    stage.to(
        0.27, arms=how.arm(Arm(70, 10, 72, 36)), drop=0.6 * how.low, tilt=-4, bend=-14, look=(0, 0),
        curve=how.angle(14),
    )  # fmt: skip
    settle(stage, how)


def single_leg(stage: Stage, ask: Ask) -> None:
    """Change level, step beside the partner's leg, clasp it, and turn the corner with it."""
    _penetrate(stage, ask, 0.6, aside=0.16)
    how = manner(stage, ask)
    stage.to(
        0.22, lead_arm=Arm(40, 10, 98, 60), base_arm=Arm(52, -8, 80, 60), curve=how.angle(20),
        twist=14, look=(-20, 20),
    )  # fmt: skip
    stage.hold()
    stage.to(0.24, go=(0.16, 0.1), base=Plant(0.02, 0.14), drop=0.24, turn=0.1, tilt=16, share=0.5)
    stage.to(0.22, turn=0.16, lead=Plant(-0.12, 0.17, lift=0.05), drop=0.18, twist=how.angle(26))
    stage.to(
        0.2, drop=how.low, arms=how.arm(Arm(50, 4, 100, 50)), tilt=2, bend=2, curve=0, twist=-10
    )
    settle(stage, how)


def _penetrate(stage: Stage, ask: Ask, depth: float, aside: float = 0.0) -> None:
    how, deep = manner(stage, ask), ask.depth(depth)
    half = 0.5 * min(ask.distance(0.7), 0.95)
    stage.to(0.2, drop=how.low + 0.04, tilt=22, bend=12, arms=how.guard, look=(-12, 0))
    stage.to(
        0.24, go=(half, aside), lead=Plant(half, 0.1, lift=0.04), drop=0.2 + 0.2 * deep,
        tilt=32, bend=16, look=(-25, 0), arms=how.arm(Arm(66, 24, 26, 10)), share=0.75, fast=True,
    )  # fmt: skip


def hip_throw(stage: Stage, ask: Ask) -> None:
    """Grip, turn in with sunken hips, bend and wheel the partner over."""
    how, deep = manner(stage, ask), ask.depth(0.5)
    stage.to(0.2, lead=Plant(0.14, 0.14, lift=0.04), arms=how.arm(GRIP), drop=how.low)
    stage.to(0.2, twist=-12, tilt=-4, arms=how.arm(Arm(70, 28, 90, 24)), share=0.4)
    stage.to(
        0.24, turn=-0.3, lead=Plant(0.14, 0.12, lift=0.05), drop=0.1 + 0.14 * deep, share=0.7,
        lead_arm=Arm(70, 50, 70, 40), base_arm=Arm(75, 0, 45, 40),
    )  # fmt: skip
    base = Plant(0.1, 0.13, lift=0.04)
    stage.to(0.21, turn=-0.2, base=base, drop=0.14 + 0.16 * deep, tilt=12, share=0.5)
    stage.to(
        0.24, drop=0.1, tilt=how.angle(44), bend=how.angle(28), twist=how.angle(-38),
        lead_arm=Arm(60, 10, 40, 50), base_arm=Arm(10, 20, 80, 20), look=(10, -20), fast=True,
    )  # fmt: skip
    stage.hold()
    stage.to(0.32, tilt=4, bend=4, twist=0, drop=how.low, arms=how.guard, look=(0, 0))
    settle(stage, how)


def shoulder_throw(stage: Stage, ask: Ask) -> None:
    """Pull an arm over the shoulder, spin in under it, drop to both bent knees and throw ahead."""
    how, deep = manner(stage, ask), ask.depth(0.9)
    stage.to(0.21, arms=how.arm(Arm(96, 12, 40, 20)), bend=-8, share=0.4)
    stage.to(
        0.21, turn=-0.28, lead=Plant(0.16, 0.1, lift=0.05), drop=0.18, arms=Arm(112, 8, 112, 20),
        share=0.75,
    )  # fmt: skip
    drop = 0.2 + 0.15 * deep
    stage.to(0.21, turn=-0.22, base=Plant(0.1, 0.16, lift=0.04), drop=drop, tilt=14, share=0.5)
    stage.to(0.1, drop=drop + 0.02)
    stage.to(
        0.26, drop=0.16, tilt=how.angle(58), bend=how.angle(40), arms=how.arm(Arm(64, 6, 20, 20)),
        twist=how.angle(-16), look=(20, 0), fast=True,
    )  # fmt: skip
    stage.hold()
    stage.to(0.36, tilt=4, bend=4, twist=0, drop=how.low, arms=how.guard, look=(0, 0))
    settle(stage, how)


def sweep(stage: Stage, ask: Ask) -> None:
    """Off-balance with the hands and sweep the lead foot low across."""
    how, deep = manner(stage, ask), ask.depth(0.3)
    for _ in range(ask.count(1)):
        stage.to(0.24, arms=how.arm(GRIP), drop=how.low + 0.02, share=0.3, twist=10)
        low = 0.04 + 0.5 * how.low + 0.25 * deep
        stage.to(0.22, lead=Leg(-14 * how.gain, 26 * how.gain, 0.93, 5), drop=low, share=0.0)
        stage.to(
            0.22, lead=Leg(38 * how.gain, -13 * how.gain, 0.97, 10, toe=15), side=-8, turn=-0.08,
            twist=how.angle(30), fast=True, lead_arm=how.arm(Arm(50, 52, 50, 0)),
            base_arm=Arm(14, 15, 98, 20),
        )  # fmt: skip
        stage.hold()
        stage.to(0.24, lead=how.stance(), turn=0.08, twist=0, side=0, drop=how.low, share=0.5)
    settle(stage, how)


MOVES = {
    "shoot": shoot,
    "single_leg": single_leg,
    "hip_throw": hip_throw,
    "shoulder_throw": shoulder_throw,
    "sweep": sweep,
}
