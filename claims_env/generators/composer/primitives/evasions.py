"""Getting out of the way: under, beside, behind, and off the line of an attack."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import manner, settle
from claims_env.generators.composer.poses import FACE, Arm, Plant, between
from claims_env.generators.composer.stage import Stage


def duck(stage: Stage, ask: Ask) -> None:
    """Drop straight down under something and come up."""
    how = manner(stage, ask)
    drop = how.low + 0.12 + 0.26 * ask.depth(0.6)
    for _ in range(ask.count(1)):
        stage.to(0.28, drop=drop, tilt=24, bend=18, arms=how.arm(FACE), look=(-15, 0))
        stage.to(0.12, share=0.55)
        stage.hold()
        settle(stage, how, 0.4)


def slip(stage: Stage, ask: Ask) -> None:
    """Take the head off the line to the lead side and back."""
    how = manner(stage, ask)
    for _ in range(ask.count(2)):
        stage.to(
            0.22, drop=how.low + 0.07, curve=how.angle(26), side=10, twist=how.angle(20), bend=16,
            share=0.85, arms=how.guard,
        )  # fmt: skip
        stage.hold()
        stage.to(0.22, drop=how.low, curve=0, side=0, twist=0, bend=5, share=0.5)
        if "side" not in ask.given:
            stage.lead_with(-stage.side)
    settle(stage, how)


def weave(stage: Stage, ask: Ask) -> None:
    """Dip and pass under in a U from one side to the other."""
    how = manner(stage, ask)
    deep = how.low + 0.12 + 0.22 * ask.depth(0.5)
    tip = how.angle(18)
    stage.to(0.2, lead=Plant(0, 0.24, lift=0.03), drop=how.low + 0.03, arms=how.guard)
    for _ in range(ask.count(2)):
        stage.to(0.2, curve=-tip, side=-7, share=0.15, drop=how.low + 0.04, twist=-10, bend=8)
        stage.to(0.24, drop=deep, curve=0, side=0, share=0.5, tilt=16, bend=26, twist=0)
        stage.to(0.24, drop=how.low, curve=tip, side=7, share=0.85, tilt=4, bend=8, twist=10)
        stage.hold()
        stage.lead_with(-stage.side)
    settle(stage, how)


def lean_back(stage: Stage, ask: Ask) -> None:
    """Pull the head out of range, weight on the rear leg, and come forward again."""
    how = manner(stage, ask)
    for _ in range(ask.count(1)):
        stage.to(
            0.26, drop=how.low + how.sink(0.07), tilt=how.angle(-14), bend=how.angle(-26),
            share=0.08, arms=how.arm(Arm(44, 26, 84, 20)), look=(18, 0), twist=-12,
        )  # fmt: skip
        stage.wait(0.08)
        stage.hold()
        settle(stage, how, 0.34)


def dodge(stage: Stage, ask: Ask) -> None:
    """Spring off the line to the lead side with both feet, hands up."""
    how, width = manner(stage, ask), ask.distance(0.42)
    for _ in range(ask.count(1)):
        stage.to(0.2, drop=how.low + 0.07, share=0.2, curve=8, arms=how.guard)
        stage.to(
            0.22, go=(0.04, width), lead=Plant(0.1, how.width, lift=0.06), drop=how.low + 0.03,
            side=how.angle(9), curve=how.angle(14), share=0.7, fast=True,
        )  # fmt: skip
        stage.to(0.2, base=Plant(-0.1, how.width, lift=0.05), turn=-0.06, side=0, share=0.55)
        stage.hold()
    settle(stage, how)


def parry(stage: Stage, ask: Ask) -> None:
    """Slap an incoming hand aside with the open lead palm."""
    how = manner(stage, ask)
    for _ in range(ask.count(2)):
        stage.to(0.2, lead_arm=how.arm(Arm(52, 44, 70, -10)), twist=how.angle(16), drop=how.low)
        stage.to(
            0.14, lead_arm=how.arm(Arm(62, -12, 58, 55)), twist=how.angle(-18), fast=True,
            drop=how.low + 0.03, base_arm=how.guard, share=0.4,
        )  # fmt: skip
        stage.hold()
        if "side" not in ask.given:
            stage.lead_with(-stage.side)
    settle(stage, how)


def block(stage: Stage, ask: Ask) -> None:
    """Throw the lead forearm across at a height, stepping into a braced stance."""
    how = manner(stage, ask)
    level = min(max((ask.height(1.55) - 0.7) / 0.9, 0.0), 1.0)
    shield = how.arm(between(Arm(14, 34, 30, 30), Arm(120, 22, 84, 62), level))
    for _ in range(ask.count(1)):
        stage.to(
            0.2, lead_arm=Arm(40, -8, 100, 60), base_arm=how.arm(Arm(70, 10, 60, 20)), twist=18,
            drop=how.low + 0.03,
        )  # fmt: skip
        stage.to(
            0.17, lead=Plant(0.2 + 0.08 * how.size, how.width, lift=0.04), lead_arm=shield,
            base_arm=Arm(-24, 16, 112, 10), drop=how.low + 0.06 + 0.1 * ask.depth(0.3),
            twist=how.angle(-22), share=0.62, fast=True,
        )  # fmt: skip
        stage.wait(0.12)
        stage.hold()
    settle(stage, how)


MOVES = {
    "duck": duck,
    "slip": slip,
    "weave": weave,
    "lean_back": lean_back,
    "dodge": dodge,
    "parry": parry,
    "block": block,
}
