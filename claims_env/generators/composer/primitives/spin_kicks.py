"""Kicks that go round: the leg's arc, or the whole body's."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, manner, settle
from claims_env.generators.composer.poses import CHEST, Arm, Leg, Plant
from claims_env.generators.composer.primitives.kicks import (
    aim,
    chamber,
    outward,
    set_down,
    swing_to,
    thrust_back,
)
from claims_env.generators.composer.stage import Stage


def roundhouse_kick(stage: Stage, ask: Ask) -> None:
    """Turn the hip over and whip the leg round at the target."""
    how = manner(stage, ask)
    swing = swing_to(aim(ask, how, 1.1))
    lean = 20 + 0.16 * (swing - 90)
    whip = how.straight(Leg(34, outward(swing - lean, 34), 1.0, 40, toe=-20))
    for _ in range(ask.count(1)):
        chamber(stage, how, Leg(25, 62, 0.56, 25), turn=-0.12, side=-16)
        stage.to(
            0.15, lead=whip, turn=-0.16, side=-lean, curve=-4, twist=how.angle(22), fast=True,
            lead_arm=how.arm(Arm(-30, 38, 26, 0)), base_arm=how.guard, look=(0, 25),
            drop=0.5 * how.low,
        )  # fmt: skip
        stage.hold()
        stage.to(0.16, lead=how.knee(Leg(30, 50, 0.58, 15)), turn=0.06, side=-14, twist=5)
        set_down(stage, how, turn=0.22)


def crescent_kick(stage: Stage, ask: Ask) -> None:
    """Swing the straight leg in an arc from across the body outward."""
    how = manner(stage, ask)
    top = min(swing_to(aim(ask, how, 1.3)) - 12, 130)
    for _ in range(ask.count(1)):
        stage.to(0.2, drop=how.low + 0.01, share=0.1, arms=how.guard, twist=14)
        stage.to(0.22, lead=Leg(56, -34, 0.97, 5), drop=0.6 * how.low, tilt=-6, share=0.0)
        stage.to(
            0.14, lead=how.straight(Leg(top, 8, 1.0, 5)), tilt=-16, bend=12, fast=True,
            arms=how.arm(Arm(30, 66, 20, 0)),
        )  # fmt: skip
        stage.to(0.14, lead=Leg(50, min(70 * how.gain, 82), 1.0, 5), side=-12, tilt=-6, fast=True)
        stage.hold()
        set_down(stage, how)


def hook_kick(stage: Stage, ask: Ask) -> None:
    """Reach the leg out past the target and hook the heel back through it."""
    how = manner(stage, ask)
    rise = min(outward(swing_to(aim(ask, how, 1.25)) - 26, 36), 116)
    for _ in range(ask.count(1)):
        chamber(stage, how, Leg(60, 30, 0.46, -10), turn=-0.2, side=-14)
        stage.to(
            0.26, lead=how.straight(Leg(36, rise, 1.0, 5, toe=-10)), side=-30, base_arm=CHEST,
            lead_arm=how.arm(Arm(34, 40, 20, 0)), look=(0, 60), drop=0.6 * how.low,
        )  # fmt: skip
        stage.hold()
        stage.to(0.26, lead=Leg(-10, min(rise - 4, 86), 0.8, 35), side=-28, twist=-8)
        set_down(stage, how, turn=0.14)


def spin_kick(stage: Stage, ask: Ask) -> None:
    """Spin backwards on the base foot, the straight leg hooking round at head height."""
    how, turns = manner(stage, ask), max(abs(ask.turns(1.0)), 0.5)
    rise = swing_to(aim(ask, how, 1.2))
    stage.to(0.2, turn=turns * 0.1, drop=how.low + 0.02, twist=-25, share=0.2, arms=CHEST)
    stage.to(0.2, turn=turns * 0.38, lead=Leg(5, 25, 0.8, 10), twist=30, share=0.0, look=(0, 50))
    stage.to(
        0.2, turn=turns * 0.3, lead=how.straight(Leg(8, rise - 26, 1.0, 25)), side=-30,
        drop=0.6 * how.low,
        lead_arm=how.arm(Arm(-10, 58, 18, 0)), base_arm=CHEST, fast=True, twist=15,
    )  # fmt: skip
    stage.to(0.2, turn=turns * 0.22, lead=Leg(30, 40, 0.75, 10), side=-10, twist=0)
    set_down(stage, how)


def spinning_back_kick(stage: Stage, ask: Ask) -> None:
    """Step across, turn the back round and drive the heel through, then finish the turn."""
    how = manner(stage, ask)
    stage.to(
        0.2, go=(0.1, 0), base=Plant(0.16, 0.08, toe=-35, lift=0.04), drop=how.low + 0.02,
        turn=0.1, twist=24, arms=CHEST, share=0.3,
    )  # fmt: skip
    stage.to(0.18, turn=0.4, twist=-10, share=0.05, look=(0, 60))
    thrust_back(stage, how, aim(ask, how, 1.05))
    stage.to(0.2, lead=how.knee(Leg(34, 8, 0.6, 0)), tilt=8, bend=4, turn=0.28, look=(0, 0))
    set_down(stage, how, turn=0.22)


def tornado_kick(stage: Stage, ask: Ask) -> None:
    """Swing one knee up into a turning jump and kick round with the other leg in the air."""
    how = manner(stage, ask)
    turns = min(max(abs(ask.turns(1.0)), 0.75), 1.25)
    deep = 0.1 + 0.06 * how.style.depth
    stage.to(0.2, turn=0.12 * turns, drop=deep, twist=-26, arms=Arm(10, 50, 30, 0), share=0.4)
    stage.to(
        0.2, turn=0.28 * turns, go=(0.12, 0), base=Plant(0.05, 0.12, lift=0.05), drop=deep + 0.02,
        twist=20, share=0.05, arms=CHEST,
    )  # fmt: skip
    knee = how.knee(Leg(44, 14, 0.62, 20))
    stage.to(0.18, lead=knee, drop=0.02, turn=0.18 * turns, share=0.0, twist=0)
    _aloft(stage, ask, how, 0.3 * turns)
    stage.absorb(0.16, arms=how.guard, turn=0.12 * turns)
    # the foot that kicked has landed ahead
    stage.lead_with(-stage.side)
    settle(stage, how, 0.2)


def _aloft(stage: Stage, ask: Ask, how: Manner, turn: float) -> None:
    """Kick round with the base leg in the air and land on both feet."""
    rise = outward(swing_to(aim(ask, how, 1.3) - 0.2), 34)
    stage.fly(
        min(ask.airtime(0.5), 0.54), turn=turn, go=(0.25, 0), landing=0.08,
        base=how.straight(Leg(34, min(rise, 96), 1.0, 30)), lead=Leg(10, 8, 0.7, 20),
        base_arm=how.arm(Arm(-30, 40, 30, 0)), lead_arm=CHEST, twist=-12, peak=0.5, opens=0.5,
        lead_lands=Plant(-0.1, 0.13), base_lands=Plant(0.1, 0.13),
    )  # fmt: skip


MOVES = {
    "roundhouse_kick": roundhouse_kick,
    "crescent_kick": crescent_kick,
    "hook_kick": hook_kick,
    "spin_kick": spin_kick,
    "spinning_back_kick": spinning_back_kick,
    "tornado_kick": tornado_kick,
}
