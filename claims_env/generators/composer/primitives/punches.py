"""Punches and elbows: wind up, hit, bring it back."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.cue import Cue
from claims_env.generators.composer.poses import GUARD, Arm, Plant
from claims_env.generators.composer.stage import Stage

STRAIGHT = Arm(84, -2, 6, 25)
COCKED = Arm(-8, 24, 128, 15)


def jab(stage: Stage, ask: Ask) -> None:
    """A straight punch of the front hand behind a small step."""
    _punch(stage, ask, STRAIGHT, wind=6, drive=-24, reach=0.12)


def cross(stage: Stage, ask: Ask) -> None:
    """A straight punch of the rear hand, hip and heel turning in."""
    _from_rear(stage, ask)
    _punch(stage, ask, STRAIGHT, wind=16, drive=-48, reach=0.0)
    stage.lead_with(-stage.side)


def hook(stage: Stage, ask: Ask) -> None:
    """A bent arm swung across at head height."""
    _punch(stage, ask, Arm(62, 58, 92, -10), wind=28, drive=-46, reach=0.0)


def uppercut(stage: Stage, ask: Ask) -> None:
    """Sink, then drive the fist up the middle."""
    _from_rear(stage, ask)
    stage.to(0.2, drop=0.17, twist=22, curve=12, lead_arm=Arm(-5, 20, 95, 10), base_arm=GUARD)
    stage.to(
        0.14,
        drop=0.02,
        twist=-40,
        curve=-4,
        bend=-4,
        lead_arm=Arm(92, 4, 92, 15),
        fast=True,
        share=0.4,
    )
    _recover(stage)
    stage.lead_with(-stage.side)


def elbow_strike(stage: Stage, ask: Ask) -> None:
    """A folded arm whipped across."""
    _punch(stage, ask, Arm(78, 34, 138, 62), wind=26, drive=-55, reach=0.08)


def palm_strike(stage: Stage, ask: Ask) -> None:
    """A heel-of-the-hand thrust from a deepened stance."""
    _from_rear(stage, ask)
    _punch(stage, ask, Arm(88, 0, 12, 0), wind=14, drive=-34, reach=0.2)
    stage.lead_with(-stage.side)


def _from_rear(stage: Stage, ask: Ask) -> None:
    if "side" not in ask.given:
        stage.lead_with(-stage.side)


def _punch(stage: Stage, ask: Ask, hit: Arm, *, wind: float, drive: float, reach: float) -> None:
    """Throw the lead hand: the chest turns its shoulder into the target."""
    for _ in range(ask.count(1)):
        ready = stage.ease + 0.05
        stage.to(
            0.15, twist=wind, lead_arm=COCKED if wind > 10 else GUARD, base_arm=GUARD, drop=ready
        )
        step = ask.distance(reach)
        if step > 0.05:
            stage.to(
                0.17,
                go=(step / 2, 0),
                lead=Plant(0.16 + step / 2, 0.14, lift=0.04),
                lead_arm=hit,
                twist=drive * ask.size,
                bend=8,
                share=0.7,
                fast=True,
            )
        else:
            stage.to(0.14, lead_arm=hit, twist=drive * ask.size, bend=9, share=0.6, fast=True)
        _recover(stage, step)


def _recover(stage: Stage, step: float = 0.0) -> None:
    """Back to the guard, the rear foot following a step."""
    stage.to(0.08, share=0.6)
    ready: Cue = {
        "go": (step / 2, 0),
        "arms": GUARD,
        "twist": 0,
        "bend": 3,
        "curve": 0,
        "drop": stage.ease + 0.02,
    }
    if step > 0.05:
        ready["base"] = Plant(-0.14, 0.14, lift=0.03)
    stage.to(0.22, **ready)
    stage.to(0.06, share=0.5)
    stage.hold()


MOVES = {
    "jab": jab,
    "cross": cross,
    "hook": hook,
    "uppercut": uppercut,
    "elbow_strike": elbow_strike,
    "palm_strike": palm_strike,
}
