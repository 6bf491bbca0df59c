"""Agility: changes of direction at a run, and bounds from side to side."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import SIDE, Arm, Leg, Plant
from claims_env.generators.composer.primitives.running import (
    PUMP_AHEAD,
    PUMP_ASTERN,
    halt,
    set_off,
    stride,
)
from claims_env.generators.composer.stage import Stage

TIGHT = Arm(44, 16, 100, 46)
"""A ball carried close with both arms."""


def stop_and_turn(stage: Stage, ask: Ask) -> None:
    """Run a few steps, plant, turn about and go back."""
    set_off(stage)
    for i in range(min(3, 1 + ask.repeats)):
        stride(stage, ask.distance(0.7) * (0.5 + 0.25 * i), 0.07)
    stage.to(0.22, go=(0.25, 0), lead=Plant(0.25, 0.13), drop=0.2, tilt=-6, arms=Arm(20, 45, 45, 0))
    stage.recentre()
    turns = ask.turns(0.5)
    stage.to(0.24, turn=turns / 2, base=Plant(0.05, 0.15), drop=0.17, twist=15, share=0.4)
    stage.to(0.24, turn=turns / 2, lead=Plant(0.0, 0.12), drop=0.1, twist=0, share=0.5, tilt=8)
    stride(stage, ask.distance(0.5), 0.07)
    halt(stage, 0.5, steps=1)


def cut(stage: Stage, ask: Ask) -> None:
    """Run in, plant wide on the outer foot and drive off to the lead side."""
    set_off(stage)
    stride(stage, ask.distance(0.7) * 0.7, 0.08)
    stage.lead_with(-stage.side)
    stage.to(
        0.2,
        go=(0.2, 0),
        base=Plant(0.15, 0.3),
        drop=0.19,
        side=14,
        tilt=10,
        share=0.1,
        arms=PUMP_AHEAD,
    )
    stage.to(0.16, turn=0.17, lead=Leg(25, 8, 0.7, 0), drop=0.12, side=8, share=0.0)
    stage.fly(
        0.13,
        rise=0.0,
        go=(min(ask.distance(0.6), 0.75), 0.2),
        lead=Leg(40, 5, 0.88, 0),
        base=Leg(-30, 5, 0.93, 30),
        lead_lands=Plant(0.1, 0.08),
    )
    stage.to(0.1, side=0)
    stage.lead_with(-stage.side)
    if ask.repeats > 1:
        stride(stage, ask.distance(0.8), 0.08)
    halt(stage, steps=1)


def lateral_bound(stage: Stage, ask: Ask) -> None:
    """Bound sideways from foot to foot like a skater, the free leg swept behind."""
    far = min(ask.distance(0.7), 0.95)
    stage.to(0.28, drop=0.18, tilt=14, bend=8, share=0.1, base=Plant(0, 0.14), arms=PUMP_AHEAD)
    for _ in range(ask.count(4)):
        stage.to(0.18, lead=Leg(10, 16, 0.86, 10), drop=0.06, side=10, share=0.0)
        stage.fly(
            ask.airtime(0.34),
            rise=0.02,
            landing=0.08,
            go=(0, far),
            lead=Leg(12, 20, 0.84, 5),
            base=Leg(-6, 26, 0.95, 25),
            lead_lands=Plant(0, 0.1),
            arms=SIDE,
        )
        stage.absorb(
            0.1 + 0.06 * ask.size,
            base=Leg(-34, -6, 0.74, 20),
            lead_arm=PUMP_ASTERN,
            base_arm=PUMP_AHEAD,
            tilt=22,
            bend=10,
        )
        stage.hold()
        stage.lead_with(-stage.side)
    stage.to(0.3, lead=Plant(0, 0.14), drop=0.1, tilt=4, bend=4, side=0, share=0.5)
    stage.recentre()
    stage.stand(0.3)


def spin_move(stage: Stage, ask: Ask) -> None:
    """Run in, plant, spin once about and run on."""
    set_off(stage)
    stride(stage, ask.distance(0.65) * 0.7, 0.08)
    stage.to(0.18, go=(0.2, 0), lead=Plant(0.16, 0.1), drop=0.16, tilt=10, share=0.9, arms=TIGHT)
    turn = -1.0
    stage.to(0.16, turn=0.3 * turn, base=Leg(14, 14, 0.8, 10), drop=0.17, share=1.0, tilt=6)
    stage.to(0.22, turn=0.5 * turn, go=(0.2, 0.1), base=Plant(0.0, 0.14), drop=0.18, share=0.4)
    stage.to(0.16, turn=0.2 * turn, lead=Leg(24, 6, 0.8, 0), drop=0.12, share=0.0, tilt=14)
    stage.to(0.18, go=(0.34, 0), lead=Plant(0.2, 0.1), share=0.8, arms=PUMP_AHEAD)
    stage.lead_with(-stage.side)
    halt(stage, steps=1)


MOVES = {
    "stop_and_turn": stop_and_turn,
    "cut": cut,
    "lateral_bound": lateral_bound,
    "spin_move": spin_move,
}
