"""Turns of dance: on one leg, from foot to foot, and in the air."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, close, manner, place
from claims_env.generators.composer.poses import FIFTH, FIRST, SECOND, Arm, Leg
from claims_env.generators.composer.primitives.dance import RETIRE
from claims_env.generators.composer.stage import Stage

SPIN = 0.56
"""How long a full turn on one leg takes [s]."""

LOOSE = Arm(30, 52, 36, 26)
"""Half way between the first and the second position."""


def pirouette(stage: Stage, ask: Ask) -> None:
    """Spin on the ball of one foot, toe at the knee, arms in front."""
    how, turns = manner(stage, ask), ask.turns(1.0) or 1.0
    _prepare(stage, how)
    sign = 1 if turns > 0 else -1
    stage.to(
        0.21, turn=0.2 * sign, lead=how.knee(RETIRE), drop=-0.03, arms=how.arm(FIRST), twist=0,
        share=0,
    )  # fmt: skip
    _spin(stage, turns - 0.2 * sign, SPIN)
    stage.hold()
    _finish(stage, how)


def _prepare(stage: Stage, how: Manner) -> None:
    """Open into fourth position, wind up, and push."""
    stage.recentre()
    stage.to(
        0.22, lead=how.plant(-0.18, 0.1, lift=0.03), drop=how.sink(0.09), lead_arm=how.arm(SECOND),
        base_arm=how.arm(FIRST), twist=how.angle(-14),
    )  # fmt: skip
    stage.to(0.12, share=0.1, twist=how.angle(14), base_arm=how.arm(LOOSE))


def _spin(stage: Stage, turns: float, seconds: float) -> None:
    """Turn at an even rate, `seconds` per turn, the head arriving last."""
    left, sign = abs(turns), 1 if turns >= 0 else -1
    while left > 1e-6:
        part = min(left, 0.5)
        stage.to(seconds * part, turn=part * sign, look=(0, 30))
        left -= part


def _finish(stage: Stage, how: Manner) -> None:
    stage.to(
        0.2, lead=how.plant(-0.16, 0.11), drop=how.sink(0.06), arms=how.arm(SECOND), share=0.45,
        look=(0, 0), tilt=0, side=0,
    )  # fmt: skip
    close(stage)


def fouette(stage: Stage, ask: Ask) -> None:
    """Whip the stretched leg from front to side and back to the knee, a turn with each whip."""
    how = manner(stage, ask)
    whips = min(max(1, round(abs(ask.turns(2.0)))), 6)
    high = min(74.0, 62 * how.gain)
    _prepare(stage, how)
    for _ in range(whips):
        stage.to(
            0.22, lead=Leg(high, 4, 1.0, 45, toe=30), drop=how.sink(0.05), tilt=-6, share=0,
            arms=how.arm(FIRST), twist=0,
        )  # fmt: skip
        stage.to(
            0.2, lead=Leg(8, high, 1.0, 45, toe=35), turn=0.12, arms=how.arm(SECOND), side=-5,
            drop=0.01, tilt=0,
        )  # fmt: skip
        stage.to(0.21, lead=how.knee(RETIRE), turn=0.36, arms=how.arm(FIRST), side=0, drop=-0.03)
        stage.to(0.22, turn=0.52, look=(0, 30))
    stage.hold()
    _finish(stage, how)


def attitude_turn(stage: Stage, ask: Ask) -> None:
    """Spin on one leg with the other held bent behind and an arm over the head."""
    how, turns = manner(stage, ask), ask.turns(1.0) or 1.0
    _prepare(stage, how)
    sign = 1 if turns > 0 else -1
    stage.to(
        0.21, turn=0.2 * sign, lead=Leg(-52 * how.gain, 26, 0.76, 40, toe=40), drop=-0.03, tilt=16,
        bend=-18, lead_arm=how.arm(SECOND), base_arm=how.arm(FIFTH), twist=0, share=0,
    )  # fmt: skip
    _spin(stage, turns - 0.2 * sign, 0.95)
    stage.hold()
    stage.to(0.2, tilt=4, bend=0)
    _finish(stage, how)


def pique_turn(stage: Stage, ask: Ask) -> None:
    """Step out onto a straight leg and turn on it, the other toe at the knee, travelling."""
    how, step = manner(stage, ask), ask.distance(0.5)
    place(stage, how)
    stage.to(0.18, drop=how.sink(0.05), arms=how.arm(SECOND), share=0.85)
    for _ in range(max(1, round(abs(ask.turns(2.0))))):
        stage.to(
            0.19, go=(0, -step), base=how.plant(0, 0.02, heel=32, lift=0.03), turn=0.08, drop=-0.02,
            share=0.3, arms=how.arm(SECOND),
        )  # fmt: skip
        stage.to(0.2, lead=how.knee(RETIRE), turn=0.3, drop=-0.03, arms=how.arm(FIRST), share=0.0)
        stage.to(0.19, turn=0.45, look=(0, 30))
        stage.to(
            0.21, go=(0, -0.12), lead=how.plant(0, 0.1), turn=0.17, drop=how.sink(0.05),
            arms=how.arm(SECOND), share=0.8, look=(0, 0),
        )  # fmt: skip
    stage.hold()
    close(stage)


def chaines(stage: Stage, ask: Ask) -> None:
    """Travel along a line in half turns from foot to foot, on the toes."""
    how, length = manner(stage, ask), ask.distance(0.42)
    halves = max(2, round(abs(ask.turns(2.0)) * 2))
    foot = how.plant(0, 0.1, heel=25, lift=0.03)
    stage.to(0.18, drop=how.sink(0.06), arms=how.arm(SECOND))
    for i in range(halves):
        stage.to(
            0.19, go=(0, length if i % 2 == 0 else -length), turn=0.5, lead=foot, drop=0.0,
            arms=how.arm(FIRST) if i else how.arm(SECOND), share=0.6,
        )  # fmt: skip
        stage.to(0.14, base=foot, share=0.4)
    stage.to(0.18, lead=how.plant(0, 0.12, lift=0.02), arms=how.arm(SECOND), drop=how.sink(0.06))
    stage.hold()
    close(stage)


def tour_en_lair(stage: Stage, ask: Ask) -> None:
    """Spring straight up out of a plie and turn in the air, legs together, arms closed."""
    how = manner(stage, ask)
    turns = max(min(ask.turns(1.0), 2.0), -2.0)
    time = max(min(ask.airtime(0.46), 0.52), min(abs(turns) / 2.3, 0.6))
    tight = Leg(2, 0, 1.0, 45, toe=15)
    stage.to(0.19, lead=how.plant(0.04, 0.07), drop=0.02, arms=how.arm(FIRST))
    stage.to(
        0.19, drop=how.sink(0.15), lead_arm=how.arm(FIRST), base_arm=how.arm(SECOND), twist=-20
    )
    stage.drive(time, Arm(46, 36, 50, 40))
    stage.fly(
        time, turn=turns, lead=tight, base=tight, arms=how.arm(FIRST), twist=4,
        lead_lands=how.plant(0.03, 0.09), base_lands=how.plant(-0.03, 0.09),
    )  # fmt: skip
    stage.absorb(how.sink(0.15), arms=how.arm(SECOND), tilt=4, bend=2)
    stage.to(0.24, drop=0.06, arms=how.arm(FIFTH), tilt=0)
    stage.hold()
    stage.to(0.19, arms=stage.rest, drop=stage.ease)


def promenade(stage: Stage, ask: Ask) -> None:
    """Turn slowly on one leg in small swivels, the other leg held behind."""
    how, turns = manner(stage, ask), ask.turns(0.5)
    place(stage, how)
    leg = Leg(-min(70, 50 * how.gain), 12, 0.97, 40, toe=30)
    stage.to(0.26, drop=how.sink(0.06), arms=how.arm(FIRST), share=0.1)
    stage.to(
        0.38, lead=leg, drop=0.01, tilt=16, bend=-18, lead_arm=how.arm(SECOND),
        base_arm=how.arm(Arm(88, 10, 10, 0)), share=0,
    )  # fmt: skip
    steps = max(2, round(abs(turns) * 8))
    for _ in range(steps):
        stage.to(0.2, turn=turns / steps)
    stage.hold()
    stage.to(0.28, lead=how.plant(0, 0.1), tilt=0, bend=2, arms=stage.rest, share=0.4)
    close(stage)


MOVES = {
    "pirouette": pirouette,
    "fouette": fouette,
    "attitude_turn": attitude_turn,
    "pique_turn": pique_turn,
    "chaines": chaines,
    "tour_en_lair": tour_en_lair,
    "promenade": promenade,
}
