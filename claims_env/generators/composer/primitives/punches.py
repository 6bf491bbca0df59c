"""Punches: wind up, hit, bring it back. A lead hand jabs and hooks, a rear hand crosses."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.cue import Cue
from claims_env.generators.composer.manner import Manner, manner, settle
from claims_env.generators.composer.poses import Arm, Plant
from claims_env.generators.composer.stage import Stage

STRAIGHT = Arm(84, -2, 6, 25)
COCKED = Arm(-8, 24, 128, 15)


def jab(stage: Stage, ask: Ask) -> None:
    """A straight punch of the front hand behind a small step."""
    _punch(stage, ask, STRAIGHT, wind=4, drive=-26, reach=0.16)


def cross(stage: Stage, ask: Ask) -> None:
    """A straight punch of the rear hand, hip and heel turning in."""
    _with_rear(stage, ask, Arm(88, -12, 4, 20), wind=22, drive=-62, pivot=True)


def overhand(stage: Stage, ask: Ask) -> None:
    """The rear hand looped over the top and down, the head falling off the line."""
    _with_rear(stage, ask, Arm(116, 34, 48, 10), wind=24, drive=-58, curve=-20, low=0.08)


def hook(stage: Stage, ask: Ask) -> None:
    """A bent arm swung level across the front, the whole side turning behind it."""
    _punch(stage, ask, Arm(58, 66, 88, -14), wind=38, drive=-58, wide=Arm(6, 82, 78, -10))


def uppercut(stage: Stage, ask: Ask) -> None:
    """Sink, then drive the fist up the middle."""
    how = manner(stage, ask)
    _rear(stage, ask)
    for _ in range(ask.count(1)):
        stage.to(
            0.24, drop=how.low + how.sink(0.11), twist=how.angle(26), curve=16, bend=16,
            lead_arm=Arm(-14, 16, 84, 10), base_arm=how.guard,
        )  # fmt: skip
        stage.to(
            0.15, drop=0.7 * how.low, twist=how.angle(-40), curve=-8, bend=-10,
            lead_arm=Arm(min(104 * how.gain, 125), 6, 84 - 20 * how.style.extension, 15),
            fast=True, share=0.4, look=(-14, 0),
        )  # fmt: skip
        stage.hold()
        _recover(stage, how)
    stage.lead_with(-stage.side)


def backfist(stage: Stage, ask: Ask) -> None:
    """The folded lead arm snapped outward with the back of the hand."""
    _punch(stage, ask, Arm(30, 92, 10, 0), wind=-30, drive=22, wide=Arm(70, -8, 128, 60))


def hammer_fist(stage: Stage, ask: Ask) -> None:
    """A fist raised overhead and brought down like a hammer into a sunken stance."""
    how = manner(stage, ask)
    _rear(stage, ask)
    for _ in range(ask.count(1)):
        stage.to(
            0.3, lead_arm=how.arm(Arm(158, 26, 50, 0)), base_arm=how.guard, twist=how.angle(16),
            bend=-14, drop=how.low - 0.02,
        )  # fmt: skip
        stage.to(
            0.16, lead_arm=how.strike(Arm(44, 4, 34, 10)), twist=how.angle(-22),
            bend=how.angle(32), drop=how.low + how.sink(0.15), fast=True,
        )  # fmt: skip
        stage.hold()
        _recover(stage, how)
    stage.lead_with(-stage.side)


def palm_strike(stage: Stage, ask: Ask) -> None:
    """A heel-of-the-hand thrust behind a long step, from a stance that deepens into it."""
    _with_rear(stage, ask, Arm(90, 2, 8, -20), wind=12, drive=-30, reach=0.42, low=0.1)


def _rear(stage: Stage, ask: Ask) -> None:
    if "side" not in ask.given:
        stage.lead_with(-stage.side)


def _with_rear(
    stage: Stage, ask: Ask, hit: Arm, *, wind: float, drive: float, reach: float = 0.0,
    curve: float = 0.0, low: float = 0.0, pivot: bool = False,
) -> None:  # fmt: skip
    """Throw the hand that is behind unless a side is asked for."""
    _rear(stage, ask)
    _punch(stage, ask, hit, wind=wind, drive=drive, reach=reach, curve=curve, low=low, pivot=pivot)
    stage.lead_with(-stage.side)


def _punch(
    stage: Stage, ask: Ask, hit: Arm, *, wind: float, drive: float, reach: float = 0.0,
    curve: float = 0.0, low: float = 0.0, wide: Arm | None = None, pivot: bool = False,
) -> None:  # fmt: skip
    """Throw the lead hand: the chest turns its shoulder into the target."""
    how, deep = manner(stage, ask), ask.given.get("depth", 0.0)
    step, ready = ask.distance(reach), max(how.low, min(how.low + 0.28 * deep, 0.33))
    for _ in range(ask.count(1)):
        load = wide or (COCKED if wind > 10 else how.guard)
        stage.to(
            0.16 + 0.003 * abs(wind), twist=how.angle(wind), lead_arm=load, base_arm=how.guard,
            drop=ready + 0.02, curve=-0.5 * curve, share=0.35,
        )  # fmt: skip
        impact: Cue = {
            "lead_arm": how.strike(hit), "twist": how.angle(drive), "bend": 6 + 10 * how.size,
            "curve": how.angle(curve), "drop": ready + how.sink(low), "share": 0.7, "fast": True,
        }  # fmt: skip
        if step > 0.05:
            impact["go"] = (step / 2, 0)
            impact["lead"] = Plant(0.16 + step / 2, 0.14, lift=0.04)
        if pivot:
            impact["lead"] = Plant(-0.12 - 0.3 * deep, 0.13, toe=-30, heel=28, lift=0.0)
        stage.to(0.15 + 0.12 * step, **impact)
        stage.hold()
        _recover(stage, how, step)


def _recover(stage: Stage, how: Manner, step: float = 0.0) -> None:
    """Back to the guard, the rear foot following a step."""
    if step > 0.05:
        stage.to(
            0.16, go=(step / 2, 0), base=Plant(-0.14, how.width, lift=0.03), arms=how.guard, twist=0
        )
    settle(stage, how, 0.22)


MOVES = {
    "jab": jab,
    "cross": cross,
    "overhand": overhand,
    "hook": hook,
    "uppercut": uppercut,
    "backfist": backfist,
    "hammer_fist": hammer_fist,
    "palm_strike": palm_strike,
}
