"""Kicks and knees in the air: one leg drives up, the other one hits."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, manner, settle
from claims_env.generators.composer.poses import CHEST, Arm, Leg, Plant
from claims_env.generators.composer.primitives.kicks import aim, swing_to
from claims_env.generators.composer.stage import Stage

LONGEST = 0.52
"""The most time in the air [s]: a fighter springs a third of a metre, with or without a kick."""

BRIEFEST = 0.44
"""The least time in the air [s] in which a leg gets up and down again."""

RISEN = 0.2
"""How much higher than on the floor the hip is as the leg hits [m]."""


def jump_kick(stage: Stage, ask: Ask) -> None:
    """Drive one knee up into a jump and kick ahead with the other leg in the air."""
    how = manner(stage, ask)
    angle = swing_to(aim(ask, how, 1.2) - RISEN)
    # a leg flung up throws the trunk forward; the other leg coming down takes most of that
    _take_off(stage, how, tilt=-18)
    stage.fly(
        _airtime(ask, 0.46),
        go=(ask.distance(0.5), 0), landing=0.08, bend=16, peak=0.52,
        lead=how.straight(Leg(min(angle - 4, 124), 0, 1.0, 25)), base=Leg(4, 6, 0.75, 20),
        lead_arm=how.arm(Arm(-20, 25, 30, 0)), base_arm=how.guard,
        lead_lands=Plant(0.08, 0.12), base_lands=Plant(-0.14, 0.12),
    )  # fmt: skip
    _land(stage, how)


def flying_side_kick(stage: Stage, ask: Ask) -> None:
    """Run into a jump, tuck one leg under and thrust the other heel out side on."""
    how = manner(stage, ask)
    rise = swing_to(aim(ask, how, 1.1) - RISEN)
    _take_off(stage, how, hurry=0.34, side=12)
    stage.fly(
        _airtime(ask, 0.48),
        go=(ask.distance(0.8), 0), turn=-0.18, landing=0.08, bend=6, peak=0.5,
        lead=how.straight(Leg(4, min(rise + 13, 110), 1.0, -15)), base=Leg(30, 10, 0.6, 10),
        twist=-10, lead_arm=how.arm(Arm(0, 58, 20, 0)), base_arm=CHEST,
        lead_lands=Plant(0.1, 0.16), base_lands=Plant(-0.1, 0.16),
    )  # fmt: skip
    stage.absorb(0.16 + 0.1 * how.style.depth, arms=how.guard)
    stage.to(0.22, turn=0.18, base=Plant(-0.1, 0.13))
    settle(stage, how)


def flying_knee(stage: Stage, ask: Ask) -> None:
    """Leap at the target and drive the trailing knee through at chest height."""
    how = manner(stage, ask)
    _take_off(stage, how, hurry=0.3)
    stage.fly(
        _airtime(ask, 0.44),
        go=(ask.distance(0.75), 0), landing=0.08, bend=26, peak=0.5,
        lead=how.knee(Leg(86, -2, 0.46, 35)), base=Leg(-24, 4, 0.86, 30),
        arms=Arm(28, 16, 92, 20),
        lead_lands=Plant(0.12, 0.12), base_lands=Plant(-0.14, 0.12),
    )  # fmt: skip
    _land(stage, how)


def _take_off(
    stage: Stage, how: Manner, *, hurry: float = 0.15, tilt: float = -2, side: float = 0
) -> None:
    """Step in, sink, and swing the first knee up; the other leg leads afterwards."""
    stage.lead_with(-stage.side)
    stage.to(
        0.22, go=(hurry, 0), base=Plant(hurry - 0.03, 0.1), drop=0.12 + 0.08 * how.style.depth,
        tilt=16, share=0.2, arms=how.arm(Arm(-30, 20, 30, 0)),
    )  # fmt: skip
    stage.to(
        0.2, lead=how.knee(Leg(66, 3, 0.56, 10)), drop=0.01, tilt=tilt, side=side, share=0.0,
        arms=how.arm(Arm(70, 24, 70, 10)),
    )  # fmt: skip
    stage.lead_with(-stage.side)


def _airtime(ask: Ask, default: float) -> float:
    return min(max(ask.airtime(default), BRIEFEST), LONGEST)


def _land(stage: Stage, how: Manner) -> None:
    stage.absorb(0.14 + 0.1 * how.style.depth, arms=how.guard)
    stage.hold()
    settle(stage, how)


MOVES = {
    "jump_kick": jump_kick,
    "flying_side_kick": flying_side_kick,
    "flying_knee": flying_knee,
}
