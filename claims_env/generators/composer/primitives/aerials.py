"""Aerials: wheels and butterflies over one foot, no hand on the floor."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import close
from claims_env.generators.composer.poses import Arm, Leg, Plant
from claims_env.generators.composer.primitives.flips import WRAPPED
from claims_env.generators.composer.stage import Stage

WIDE = Arm(8, 88, 6, 0)


def aerial(stage: Stage, ask: Ask) -> None:
    """A cartwheel without hands: off the lead foot, legs wide, onto the other one."""
    airtime = min(max(ask.airtime(0.5), 0.5), 0.56)
    split = Leg(2, min(30 + 16 * ask.size, 60), 1.0, 40)
    stage.to(
        0.32,
        go=(0, 0.36),
        lead=Plant(0, 0.36, toe=60),
        drop=0.15,
        side=16,
        share=0.8,
        arms=Arm(10, 140, 6, 0),
    )
    stage.to(
        0.22,
        drop=0.02,
        side=62,
        curve=22,
        share=0.95,
        base=Leg(0, 56, 1.0, 40),
        arms=WIDE,
        fast=True,
    )
    stage.fly(
        airtime,
        side=228,
        rise=-0.02,
        landing=0.12,
        go=(0, 0.55 + ask.distance(0.5)),
        lead=split,
        base=split,
        arms=Arm(6, 40, 30, 0),
        base_lands=Plant(0, 0.12, toe=25),
    )
    stage.to(0.3, drop=0.16, side=340, curve=-6, lead=Plant(0, 0.16, toe=20), arms=WIDE, share=0.4)
    rise(stage)


def butterfly(stage: Stage, ask: Ask) -> None:
    """Swing the flat trunk round and leap off one foot with both legs high behind."""
    _butterfly(stage, ask, roll=0, turns=0.7)


def butterfly_twist(stage: Stage, ask: Ask) -> None:
    """The same with a whole twist about the level body's own length."""
    _butterfly(stage, ask, roll=360, turns=0.25)


def _butterfly(stage: Stage, ask: Ask, *, roll: float, turns: float) -> None:
    airtime = min(max(ask.airtime(0.58), 0.66 if roll else 0.58), 0.66)
    stage.to(0.26, drop=0.14, twist=-34, arms=WIDE, base=Plant(0, 0.26), share=0.2)
    stage.to(
        0.3, drop=0.24, tilt=46, bend=12, twist=20, turn=0.12, lead=Plant(0.1, 0.26), share=0.6
    )
    trailing = Leg(-22 if roll else -38, 12, 1.0, 40)
    legs = Leg(-4, 10, 0.92, 40) if roll else Leg(-20 - 10 * ask.size, 24, 1.0, 40)
    stage.to(0.2, drop=0.1, tilt=76, bend=0, turn=0.08, base=trailing, share=0.95, fast=True)
    stage.fly(
        airtime,
        turn=turns,
        tilt=-14,
        roll=roll,
        rise=0.0,
        landing=0.1,
        go=(ask.distance(0.35), 0.3),
        lead=legs,
        base=legs,
        arms=WRAPPED if roll else WIDE,
        bend=-10,
        base_lands=Plant(0, 0.14),
    )
    stage.absorb(0.14, tilt=40, bend=14, arms=WIDE, lead=Leg(-24, 14, 0.96, 30))
    stage.to(0.26, lead=Plant(0, 0.2), drop=0.14, tilt=10, share=0.5)
    rise(stage)


def rise(stage: Stage) -> None:
    """Come up out of a one-footed landing, arms wide if there is time to show it."""
    if not stage.flows:
        wide = Arm(20, 120, 8, 0)
        stage.to(0.24, drop=0.04, tilt=0, side=0, curve=0, bend=-2, arms=wide, share=0.5)
        stage.hold()
    close(stage)


MOVES = {"aerial": aerial, "butterfly": butterfly, "butterfly_twist": butterfly_twist}
