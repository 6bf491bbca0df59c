"""The clinch: ties of the head and the body, knees from them, and snaps out of them."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, manner, settle
from claims_env.generators.composer.poses import Arm, Leg, Plant, between
from claims_env.generators.composer.stage import Stage

COLLAR = Arm(82, 16, 66, 34)
"""Hands behind an imagined neck, elbows narrow."""


def clinch(stage: Stage, ask: Ask) -> None:
    """Close in, tie up the head with both arms and turn it from side to side."""
    how, high = manner(stage, ask), ask.height(1.35)
    tie = Arm(42 + 45 * (high - 0.9), 20, 72, 34)
    _close_in(stage, how)
    stage.to(0.22, arms=how.arm(tie), bend=14, tilt=10, drop=how.low + 0.04, look=(10, 0))
    for _ in range(ask.count(2)):
        turn = how.angle(18)
        stage.to(0.28, share=0.8, twist=turn, curve=6, drop=how.low + 0.07)
        stage.to(0.28, share=0.25, twist=-turn, curve=-6, drop=how.low + 0.03)
    stage.hold()
    settle(stage, how)


def collar_tie(stage: Stage, ask: Ask) -> None:
    """One hand behind the neck, the other on the biceps: pull and post while circling."""
    how = manner(stage, ask)
    _close_in(stage, how)
    stage.to(
        0.24, lead_arm=how.arm(Arm(92, 4, 58, 34)), base_arm=how.arm(Arm(52, 34, 40, 5)),
        bend=10, twist=-14, drop=how.low + 0.03,
    )  # fmt: skip
    for _ in range(ask.count(2)):
        stage.to(0.26, lead_arm=Arm(62, 8, 104, 40), bend=how.angle(20), drop=how.low + 0.07)
        stage.to(
            0.28, lead=Plant(0.06, 0.18, lift=0.04), turn=0.07 * how.gain,
            lead_arm=how.arm(Arm(92, 4, 58, 34)), bend=8,
        )  # fmt: skip
        stage.to(0.22, base=Plant(-0.12, 0.14, lift=0.04), share=0.45)
    stage.hold()
    settle(stage, how)


def body_lock(stage: Stage, ask: Ask) -> None:
    """Clasp both arms low round a trunk, squeeze, lift it off its feet and set it down."""
    how = manner(stage, ask)
    stage.to(
        0.28, go=(0.14, 0), lead=Plant(0.2, 0.15, lift=0.04),
        drop=min(how.low + how.sink(0.14), 0.34), arms=how.arm(Arm(46, 62, 30, 0)), tilt=12,
    )  # fmt: skip
    stage.to(
        0.24, arms=Arm(44, 30, 88, 74), bend=12, curve=10, look=(0, 26),
        drop=min(how.low + how.sink(0.17), 0.36),
    )  # fmt: skip
    stage.to(0.12, base=Plant(0.02, 0.18, lift=0.04), share=0.5)
    for _ in range(ask.count(1)):
        stage.to(
            0.31, drop=0.0, tilt=how.angle(-10), bend=how.angle(-20), curve=-6,
            arms=Arm(58, 26, 92, 76),
        )  # fmt: skip
        stage.hold()
        stage.to(0.31, drop=how.low + 0.1, tilt=8, bend=14, twist=how.angle(20), curve=0)
    settle(stage, how)


def clinch_knees(stage: Stage, ask: Ask) -> None:
    """Hold the head down with both hands and drive the knees up one after the other."""
    how = manner(stage, ask)
    _close_in(stage, how)
    stage.to(0.22, arms=how.arm(COLLAR), bend=10, drop=how.low + 0.04)
    for _ in range(ask.count(2)):
        stage.to(0.2, lead=Leg(-14, 4, 0.86, 20), share=0.0, drop=how.low, arms=COLLAR, tilt=6)
        stage.to(
            0.17, lead=how.knee(Leg(72, -2, 0.52, 35)), drop=-0.01, tilt=-14, bend=24,
            arms=Arm(58, 14, 96, 36), fast=True,
        )  # fmt: skip
        stage.hold()
        stage.to(0.22, lead=Plant(-0.08, 0.12), tilt=2, bend=8, drop=how.low, arms=COLLAR)
        stage.lead_with(-stage.side)
    settle(stage, how)


def snap_down(stage: Stage, ask: Ask) -> None:
    """Tie the head, snap it down to the floor with both hands and step back round it."""
    how = manner(stage, ask)
    for _ in range(ask.count(1)):
        _close_in(stage, how)
        stage.to(0.22, arms=how.arm(between(COLLAR, Arm(110, 16, 40, 30), 0.5)), drop=how.low)
        stage.to(
            0.24, go=(-0.2, 0), lead=Plant(-0.2, 0.17, lift=0.05), tilt=how.angle(36),
            bend=how.angle(28), drop=how.low + how.sink(0.16), arms=how.arm(Arm(34, 18, 24, 20)),
            share=0.35, fast=True, look=(10, 0),
        )  # fmt: skip
        stage.hold()
        stage.to(0.26, base=Plant(0.05, 0.17, lift=0.05), turn=0.12, share=0.5)
        settle(stage, how, 0.3)


def _close_in(stage: Stage, how: Manner) -> None:
    """Step up to the partner with reaching hands."""
    step = 0.16 * how.gain
    stage.to(
        0.25, go=(0.7 * step, 0), lead=Plant(step, 0.14, lift=0.04), drop=how.low + 0.02,
        arms=how.arm(Arm(74, 30, 34, 10)),
    )  # fmt: skip


MOVES = {
    "clinch": clinch,
    "collar_tie": collar_tie,
    "body_lock": body_lock,
    "clinch_knees": clinch_knees,
    "snap_down": snap_down,
}
