"""Elbows and spinning hands: the short weapons."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import manner, settle
from claims_env.generators.composer.poses import CHEST, Arm, Plant
from claims_env.generators.composer.stage import Stage

FOLDED = Arm(92, 34, 144, 62)


def elbow_strike(stage: Stage, ask: Ask) -> None:
    """Step in close and whip the folded lead arm across."""
    how, step = manner(stage, ask), ask.distance(0.2)
    for _ in range(ask.count(1)):
        stage.to(
            0.22, twist=how.angle(34), lead_arm=Arm(2, 70, 140, 10), base_arm=how.guard,
            drop=how.low + 0.03,
        )  # fmt: skip
        stage.to(
            0.17, go=(step / 2, 0), lead=Plant(0.14 + step / 2, 0.13, lift=0.04),
            lead_arm=how.arm(FOLDED), base_arm=CHEST, twist=how.angle(-60), bend=how.angle(12),
            turn=-0.08, curve=-6, share=0.72, fast=True,
        )  # fmt: skip
        stage.hold()
        stage.to(
            0.18, go=(step / 2, 0), base=Plant(-0.12, how.width, lift=0.03), twist=0, turn=0.08
        )
        settle(stage, how, 0.2)


def rising_elbow(stage: Stage, ask: Ask) -> None:
    """The folded lead arm driven up in front of the face."""
    how = manner(stage, ask)
    for _ in range(ask.count(1)):
        stage.to(
            0.22, drop=how.low + 0.03 + 0.05 * how.size, twist=how.angle(22), bend=how.angle(14),
            lead_arm=Arm(-24 * how.gain, 20, 130, 20), base_arm=how.arm(Arm(40, 20, 90, 20)),
        )  # fmt: skip
        stage.to(
            0.16, drop=0.5 * how.low, twist=how.angle(-26), bend=-8, look=(-12, 0), fast=True,
            lead_arm=Arm(min(124 * how.gain, 152), 10, 146, 20),
        )  # fmt: skip
        stage.hold()
        settle(stage, how)


def spinning_elbow(stage: Stage, ask: Ask) -> None:
    """Turn the back through a whole turn and arrive with the elbow."""
    _spun(stage, ask, Arm(70, 72, 140, 20), 0.24)


def spinning_backfist(stage: Stage, ask: Ask) -> None:
    """Turn the back through a whole turn and arrive with the stretched arm."""
    _spun(stage, ask, Arm(16, 90, 10, 0), 0.4)


def _spun(stage: Stage, ask: Ask, hit: Arm, lag: float) -> None:
    how, turns = manner(stage, ask), abs(ask.turns(1.0)) or 1.0
    stage.to(
        0.24, turn=turns * 0.09, drop=how.low + 0.02, twist=how.angle(-26), arms=CHEST, share=0.6
    )
    stage.to(
        0.26, turn=turns * 0.36, lead=Plant(-0.16, 0.14, lift=0.05), twist=16, share=0.3,
        look=(0, 50), arms=CHEST,
    )  # fmt: skip
    stage.to(
        lag, turn=turns * 0.36, base=Plant(-0.1, 0.15, lift=0.04), twist=how.angle(36), share=0.6,
        lead_arm=how.strike(hit), curve=6, fast=True, look=(0, 20),
    )  # fmt: skip
    stage.hold()
    stage.to(0.24, turn=turns * 0.19, twist=0, curve=0, arms=how.guard, look=(0, 0), share=0.5)
    settle(stage, how)


MOVES = {
    "elbow_strike": elbow_strike,
    "rising_elbow": rising_elbow,
    "spinning_elbow": spinning_elbow,
    "spinning_backfist": spinning_backfist,
}
