"""Getting out of the way: ducks, slips, blocks, and changes of level."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import FACE, GUARD, Arm, Hand, Leg, Plant
from claims_env.generators.composer.stage import Stage


def duck(stage: Stage, ask: Ask) -> None:
    """Drop straight down under something and come up."""
    drop = 0.12 + 0.28 * ask.depth(0.6)
    stage.to(0.26, drop=drop, tilt=24, bend=18, arms=FACE, look=(-15, 0))
    stage.to(0.1, share=0.55)
    stage.to(0.3, drop=stage.ease, tilt=0, bend=3, arms=stage.rest, share=0.5, look=(0, 0))


def slip(stage: Stage, ask: Ask) -> None:
    """Take the head off the line to the lead side and back."""
    for _ in range(ask.count(2)):
        stage.to(
            0.2, drop=0.13, curve=22 * ask.size, side=8, twist=18, bend=14, share=0.78, arms=GUARD
        )
        stage.to(0.22, drop=0.07, curve=0, side=0, twist=0, bend=5, share=0.5)
        stage.lead_with(-stage.side)
    stage.to(0.2, arms=stage.rest, drop=stage.ease)


def weave(stage: Stage, ask: Ask) -> None:
    """Dip and pass under in a U from one side to the other."""
    deep = 0.16 + 0.2 * ask.depth(0.5)
    stage.to(0.2, lead=Plant(0, 0.22, lift=0.03), drop=0.08, arms=GUARD)
    for _ in range(ask.count(2)):
        stage.to(0.2, curve=-14, side=-6, share=0.2, drop=0.1, twist=-10, bend=8)
        stage.to(0.22, drop=deep, curve=0, side=0, share=0.5, tilt=16, bend=22, twist=0)
        stage.to(0.22, drop=0.08, curve=14, side=6, share=0.8, tilt=4, bend=8, twist=10)
        stage.lead_with(-stage.side)
    stage.stand(0.25)


def block(stage: Stage, ask: Ask) -> None:
    """Throw the lead forearm up across, stepping into a braced stance."""
    high = ask.height(1.6) > 1.25
    shield = Arm(112, 20, 88, 62) if high else Arm(38, 34, 62, 40)
    for _ in range(ask.count(1)):
        stage.to(0.18, lead_arm=Arm(40, -5, 95, 55), base_arm=GUARD, twist=12, drop=0.08)
        stage.to(
            0.16,
            lead_arm=shield,
            base_arm=Arm(-15, 18, 105, 10),
            lead=Plant(0.22, 0.14, lift=0.04),
            drop=0.12 + 0.06 * ask.depth(0.3),
            twist=-16,
            share=0.6,
            fast=True,
        )
        stage.wait(0.1)
        stage.hold()
    stage.stand(0.3)


def lunge(stage: Stage, ask: Ask) -> None:
    """Stride long onto a bent front knee, rear leg straight, and return."""
    deep = ask.depth(0.6)
    length = min(ask.distance(0.75), 0.95)
    stage.to(
        0.5,
        go=(length / 2, 0),
        lead=Plant(length / 2, 0.1),
        drop=0.12 + 0.24 * deep,
        tilt=6,
        arms=Arm(20, 40, 25, 0),
        share=0.72,
    )
    stage.to(0.15, drop=0.14 + 0.26 * deep)
    stage.hold()
    stage.to(0.3, drop=0.12, share=0.35, tilt=2)
    stage.to(0.32, go=(-length / 2, 0), lead=Plant(0, 0.1), drop=0.03, share=0.5, tilt=0)
    stage.to(0.2, arms=stage.rest, drop=stage.ease)


def squat(stage: Stage, ask: Ask) -> None:
    """Sit down until the thighs are level and stand up."""
    deep = ask.depth(0.8)
    stage.to(0.3, lead=Plant(0, 0.16, toe=18), drop=0.03)
    stage.to(0.3, base=Plant(0, 0.16, toe=18), share=0.5)
    for _ in range(ask.count(1)):
        stage.to(
            0.65,
            drop=0.1 + 0.36 * deep,
            tilt=18 + 18 * deep,
            bend=8,
            arms=Arm(70, 10, 15, 0),
            look=(-10, 0),
        )
        stage.hold()
        stage.to(0.6, drop=0.03, tilt=0, bend=2, arms=stage.rest, look=(0, 0))


def crouch(stage: Stage, ask: Ask) -> None:
    """Sink into a low ready stance and stay."""
    deep = ask.depth(0.6)
    stage.to(0.3, lead=Plant(0.12, 0.17), drop=0.1, share=0.5)
    stage.to(
        0.35, drop=0.14 + 0.26 * deep, tilt=26, bend=16, arms=Arm(36, 30, 62, 10), look=(-20, 0)
    )
    stage.to(0.3, share=0.6)
    stage.hold()
    stage.to(0.3, share=0.45)
    stage.stand(0.3)


def sprawl(stage: Stage, ask: Ask) -> None:
    """Hands to the floor, legs shot back to a plank, and up again."""
    stage.to(0.4, drop=0.48, tilt=48, bend=34, arms=Arm(62, 14, 30, 0), look=(-20, 0))
    hands = Hand(0.5, 0.2)
    stage.to(0.2, drop=0.5, tilt=58, bend=36, path=(0.05, 0), arms=hands)
    back = Leg(-2, 10, 0.96, -35)
    stage.to(0.3, drop=0.52, tilt=76, bend=6, path=(-0.18, 0), lead=back, base=back, look=(-25, 0))
    toes = -1.1
    stage.to(
        0.1,
        lead=Plant(toes, 0.15, heel=60),
        base=Plant(toes, 0.15, heel=60),
        drop=0.55,
        tilt=80,
        path=(-0.18, 0),
    )
    stage.to(0.15, drop=0.55, path=(-0.18, 0))
    stage.hold()
    tuck = Leg(66, 8, 0.58, -10)
    stage.to(0.32, drop=0.46, tilt=66, bend=30, path=(-0.1, 0), lead=tuck, base=tuck)
    stage.to(
        0.16, lead=Plant(0.02, 0.14), base=Plant(0.02, 0.14), drop=0.48, tilt=58, path=(-0.02, 0)
    )
    stage.to(0.3, arms=Arm(40, 16, 30, 0), drop=0.4, tilt=40, bend=25, path=(0.0, 0))
    stage.stand(0.45)


def level_change(stage: Stage, ask: Ask) -> None:
    """Drop the hips under an upright chest, then come back up."""
    deep = ask.depth(0.6)
    stage.to(0.2, lead=Plant(0.14, 0.15, lift=0.03), drop=0.08, arms=GUARD)
    for _ in range(ask.count(1)):
        stage.to(
            0.26, drop=0.14 + 0.28 * deep, tilt=20, bend=10, arms=Arm(38, 20, 70, 10), look=(-10, 0)
        )
        stage.wait(0.1)
        stage.hold()
        stage.to(0.3, drop=0.07, tilt=4, bend=4, arms=GUARD, look=(0, 0))
    stage.to(0.2, arms=stage.rest)


MOVES = {
    "duck": duck,
    "slip": slip,
    "weave": weave,
    "block": block,
    "lunge": lunge,
    "squat": squat,
    "crouch": crouch,
    "sprawl": sprawl,
    "level_change": level_change,
}
