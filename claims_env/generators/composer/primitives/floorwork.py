"""Floorwork: down to the knees, over the floor, and up again."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, close, manner
from claims_env.generators.composer.poses import FIFTH, FIRST, SECOND, Arm, Leg
from claims_env.generators.composer.stage import Stage

BEHIND = Arm(-30, 34, 14, 0)
"""Hands reaching back for the floor."""


def floor_sink(stage: Stage, ask: Ask) -> None:
    """Sink to one knee, sweep low with the arms, and rise."""
    how = manner(stage, ask)
    _kneel(stage, how)
    stage.to(
        0.26, bend=how.angle(30), curve=how.angle(16), twist=how.angle(12), look=(8, 10),
        lead_arm=how.arm(SECOND), base_arm=how.arm(Arm(60, 0, 20, 20)),
    )  # fmt: skip
    stage.hold()
    stage.to(0.26, bend=-6, curve=0, twist=0, arms=how.arm(FIFTH), look=(-10, 0))
    _rise(stage, how)


def knee_spiral(stage: Stage, ask: Ask) -> None:
    """Kneel, wind the trunk round over the kneeling leg, unwind it open with a turn, and rise."""
    how, turns = manner(stage, ask), abs(ask.turns(0.1))
    _kneel(stage, how)
    for _ in range(ask.count(1)):
        stage.to(
            0.32, twist=how.angle(-42), curve=how.angle(-14), bend=how.angle(22), look=(10, -30),
            lead_arm=how.arm(Arm(60, -6, 20, 20)), base_arm=how.arm(Arm(-30, 50, 14, 0)),
        )  # fmt: skip
        stage.to(
            0.38, twist=how.angle(44), curve=how.angle(10), bend=how.angle(-18), look=(-14, 30),
            turn=min(0.5 * turns, 0.13),
            lead_arm=how.arm(Arm(-10, 96, 10, 0)), base_arm=how.arm(Arm(110, 40, 20, 0)),
        )  # fmt: skip
        stage.hold()
    turn = min(0.5 * turns, 0.13)
    stage.to(0.26, twist=0, curve=0, bend=0, arms=how.arm(FIRST), look=(0, 0), turn=turn)
    _rise(stage, how)


def _kneel(stage: Stage, how: Manner) -> None:
    stage.to(
        0.21, go=(0.18, 0), lead=how.plant(0.2, 0.12), drop=0.12, arms=how.arm(SECOND), share=0.6
    )
    stage.to(
        0.38, base=how.plant(-0.28, 0.1, heel=62, toe=0, lift=0.02), drop=0.43, tilt=6, bend=12,
        arms=how.arm(FIRST), share=0.55,
    )  # fmt: skip


def _rise(stage: Stage, how: Manner) -> None:
    stage.to(0.35, drop=0.12, tilt=6, bend=4, arms=how.arm(SECOND), look=(0, 0), share=0.7)
    close(stage)


def floor_spin(stage: Stage, ask: Ask) -> None:
    """Sink onto one folded leg and spin low on it, the other leg stretched out along the floor."""
    how, turns = manner(stage, ask), max(abs(ask.turns(1.0)), 0.5)
    out = Leg(14, min(70 * how.gain, 78), 1.0, 30, toe=20)
    stage.to(0.26, drop=how.sink(0.2), twist=-20, arms=how.arm(SECOND), share=0.2)
    stage.to(
        0.26, lead=out, drop=0.44, tilt=26, bend=14, share=0.0, twist=16,
        arms=how.arm(Arm(50, 52, 20, 0)),
    )  # fmt: skip
    left = turns
    while left > 1e-6:
        part = min(left, 0.25)
        stage.to(0.57 * part, turn=part, arms=Arm(46, 24, 50, 30), twist=0)
        left -= part
    stage.hold()
    stage.to(0.26, lead=how.plant(-0.1, 0.2), drop=0.36, tilt=20, share=0.4)
    stage.to(0.32, drop=0.08, tilt=2, bend=2, arms=how.arm(SECOND))
    close(stage)


def slide(stage: Stage, ask: Ask) -> None:
    """Run a step, then slide out long and low onto the rear knee, arms open, and rise."""
    how = manner(stage, ask)
    length = min(ask.distance(0.46), 0.56)
    stage.to(0.19, go=(0.3, 0), base=how.plant(0.26, 0.08), drop=0.12, share=0.2, tilt=8)
    stage.to(
        0.32, go=(0.34, 0), lead=how.plant(length, 0.08, toe=10, lift=0.015), drop=0.36, share=0.6,
        base=how.plant(-length, 0.08, heel=62, toe=0, lift=0.01), tilt=-4,
        arms=how.arm(Arm(-12, 84, 8, 0)),
    )  # fmt: skip
    stage.to(0.19, drop=0.42, bend=how.angle(-14), look=(-14, 0), arms=how.arm(Arm(10, 120, 8, 0)))
    stage.hold()
    stage.to(0.32, drop=0.3, tilt=16, bend=14, arms=how.arm(FIRST), look=(0, 0), share=0.85)
    stage.to(0.28, go=(0.3, 0), base=how.plant(0.1, 0.1), drop=0.12, tilt=8, bend=4)
    close(stage)


def hinge(stage: Stage, ask: Ask) -> None:
    """Lean the straight trunk and thighs back over deeply bent knees, on the toes, and return."""
    how = manner(stage, ask)
    wide, toes = how.plant(0, 0.16), how.plant(0, 0.16, heel=34)
    stage.to(0.19, lead=wide, arms=how.arm(FIRST), drop=0.03)
    stage.to(0.18, base=wide, share=0.5)
    for _ in range(ask.count(1)):
        stage.to(
            0.44, lead=toes, base=toes, drop=how.sink(0.3), tilt=how.angle(-36), bend=-4,
            arms=how.arm(Arm(76, 30, 10, 0)), look=(10, 0),
        )  # fmt: skip
        stage.hold()
        stage.to(0.44, lead=wide, base=wide, drop=0.02, tilt=0, bend=2, arms=how.arm(SECOND))
    stage.to(0.19, arms=stage.rest, look=(0, 0))


def floor_roll(stage: Stage, ask: Ask) -> None:
    """Fold to the floor, turn on the rounded back, and come up again facing elsewhere."""
    how = manner(stage, ask)
    turn = 0.25 * max(1, round(4 * min(abs(ask.turns(0.25)), 1.0)))
    ball = Leg(72, 12, 0.44 + 0.1 * how.style.extension, 30)
    stage.to(0.4, drop=0.46, tilt=26, bend=34, arms=Arm(60, 16, 30, 10), share=0.5)
    stage.to(0.3, drop=0.62, tilt=6, bend=36, path=(-0.12, 0), arms=BEHIND)
    stage.to(0.3, drop=0.77, tilt=-24, bend=44, path=(-0.36, 0))
    stage.to(
        0.34, drop=0.75, tilt=-66, bend=44, path=(-0.48, 0), lead=ball, base=ball,
        arms=how.arm(Arm(40, 62, 24, 0)), look=(30, 0),
    )  # fmt: skip
    for _ in range(round(turn / 0.125)):
        stage.to(0.16, turn=0.125, drop=0.75, path=(-0.48, 0.0), lead=ball, base=ball)
    stage.hold()
    foot = how.plant(0.1, 0.13)
    stage.to(0.32, drop=0.76, tilt=-16, bend=46, path=(-0.3, 0), lead=foot, base=foot)
    stage.to(0.3, drop=0.62, tilt=24, bend=46, path=(-0.06, 0), arms=how.arm(Arm(80, 8, 10, 0)))
    stage.to(0.32, drop=0.46, tilt=44, bend=30, path=(0.06, 0), arms=how.arm(Arm(70, 12, 20, 0)))
    stage.to(0.26, drop=0.16, tilt=4, bend=4, look=(0, 0), arms=FIRST, share=0.5)
    close(stage)


MOVES = {
    "floor_sink": floor_sink,
    "knee_spiral": knee_spiral,
    "floor_spin": floor_spin,
    "slide": slide,
    "hinge": hinge,
    "floor_roll": floor_roll,
}
