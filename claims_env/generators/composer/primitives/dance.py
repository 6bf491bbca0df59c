"""Steps of dance on the spot: plies, rises, balances on one leg, and the carriage of the arms."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, close, manner, place
from claims_env.generators.composer.poses import FIFTH, FIRST, SECOND, Arm, Leg
from claims_env.generators.composer.stage import Stage

RETIRE = Leg(52, 30, 0.62, 45, toe=40)
"""The toe at the other knee, thigh turned out."""

TENDUS = (Leg(2, 33, 1.0, 45, toe=25), Leg(34, 4, 1.0, 45, toe=25))
"""To the side and ahead, as far as a pointed toe just reaches the floor."""

LOW = Arm(14, 18, 30, 30)


def plie(stage: Stage, ask: Ask) -> None:
    """Bend both knees over the toes, heels down, and stretch."""
    how, deep = manner(stage, ask), ask.depth(0.5)
    place = how.plant(0, 0.16, lift=0.03)
    stage.to(0.22, lead=place, arms=how.arm(FIRST), drop=0.02)
    stage.to(0.22, base=place, arms=how.arm(SECOND), share=0.5)
    for _ in range(ask.count(1)):
        stage.to(0.41, drop=0.1 + 0.28 * deep, arms=how.arm(LOW), bend=3)
        stage.hold()
        stage.to(0.38, drop=0.01, arms=how.arm(SECOND), bend=0)


def releve(stage: Stage, ask: Ask) -> None:
    """Rise onto the balls of both feet and balance there."""
    how = manner(stage, ask)
    up, down = how.plant(out=0.09, heel=34 + 14 * how.size), how.plant(out=0.09)
    for _ in range(ask.count(1)):
        stage.to(0.19, lead=how.plant(0, 0.09, lift=0.02), drop=how.sink(0.08), arms=how.arm(FIRST))
        stage.to(0.2, base=how.plant(0, 0.09, lift=0.02), drop=how.sink(0.08), share=0.5)
        stage.to(0.28, lead=up, base=up, drop=-0.04 - 0.03 * how.size, arms=how.arm(FIFTH))
        stage.to(0.22, look=(-8, 0), bend=-6)
        stage.hold()
        stage.to(0.26, lead=down, base=down, drop=0.03, arms=how.arm(SECOND), look=(0, 0), bend=2)
    stage.to(0.19, arms=stage.rest)


def tendu(stage: Stage, ask: Ask) -> None:
    """Slide the stretched leg out along the floor to a pointed toe, and close."""
    how = manner(stage, ask)
    place(stage, how)
    for i in range(ask.count(2)):
        leg = how.straight(TENDUS[i % 2])
        stage.to(
            0.19, drop=how.sink(0.03), share=0.1, lead_arm=how.arm(SECOND), base_arm=how.arm(FIRST)
        )
        stage.to(0.22, lead=how.leg(leg), drop=0.0, base_arm=how.arm(FIFTH), curve=how.angle(-5))
        stage.hold()
        stage.to(0.22, lead=how.plant(0, 0.08), share=0.4, curve=0)
    stage.to(0.19, arms=stage.rest, share=0.5)


def arabesque(stage: Stage, ask: Ask) -> None:
    """Balance on one leg, the other stretched behind, one arm reaching forward."""
    how = manner(stage, ask)
    lift = min(76.0, 66 * how.gain)
    leg = Leg(-lift - 4, 4, 1.0, 45, toe=20)
    for _ in range(ask.count(1)):
        _line_behind(stage, how, leg, how.arm(Arm(98, 6, 4, 0)), tilt=20 + 0.2 * lift)


def attitude(stage: Stage, ask: Ask) -> None:
    """Balance on one leg, the other bent behind, arm over the head."""
    how = manner(stage, ask)
    leg = Leg(-min(72.0, 56 * how.gain), 26, 0.76, 40, toe=40)
    for _ in range(ask.count(1)):
        _line_behind(stage, how, leg, how.arm(FIFTH), tilt=16)


def _line_behind(stage: Stage, how: Manner, leg: Leg, near: Arm, tilt: float) -> None:
    stage.to(
        0.26,
        go=(0.1, 0),
        base=how.plant(0.1, 0.06),
        drop=how.sink(0.08),
        arms=how.arm(FIRST),
        share=0.1,
    )
    stage.to(
        0.38, lead=leg, drop=0.0, tilt=tilt, bend=-26, lead_arm=how.arm(SECOND), base_arm=near,
        share=0.0, look=(-8, 0),
    )  # fmt: skip
    stage.to(0.28, tilt=tilt + 3)
    stage.hold()
    stage.to(
        0.28, lead=how.plant(0.0, 0.1), tilt=0, bend=2, drop=0.05, arms=how.arm(SECOND), share=0.4,
        look=(0, 0),
    )  # fmt: skip
    close(stage)


def developpe(stage: Stage, ask: Ask) -> None:
    """Draw the toe up to the knee and slowly unfold the leg to the front."""
    _unfold(stage, ask, Leg(min(108.0, 86 * ask.size), 12, 1.0, 45, toe=30), side=0)


def developpe_side(stage: Stage, ask: Ask) -> None:
    """Draw the toe up to the knee and slowly unfold the leg to the side."""
    _unfold(stage, ask, Leg(10, min(112.0, 92 * ask.size), 1.0, 45, toe=40), side=-16)


def _unfold(stage: Stage, ask: Ask, leg: Leg, side: float) -> None:
    how = manner(stage, ask)
    place(stage, how)
    for _ in range(ask.count(1)):
        stage.to(0.22, drop=how.sink(0.04), share=0.1, arms=how.arm(FIRST))
        stage.to(0.28, lead=how.knee(RETIRE), drop=0.0, share=0.0, arms=how.arm(FIRST))
        stage.to(
            0.44, lead=leg, tilt=-10 if not side else 0, side=side, lead_arm=how.arm(SECOND),
            base_arm=how.arm(FIFTH),
        )  # fmt: skip
        stage.hold()
        stage.to(0.32, lead=Leg(30, 8, 1.0, 45, toe=25), tilt=0, side=0)
        stage.to(0.22, lead=how.plant(0, 0.09), share=0.4, arms=how.arm(SECOND))
    close(stage)


def battement(stage: Stage, ask: Ask) -> None:
    """Throw the stretched leg up to the front and let it down along the same line."""
    how = manner(stage, ask)
    place(stage, how)
    top = min(128.0, 104 * how.gain)
    stage.to(0.19, drop=0.02, share=0.1, lead_arm=how.arm(SECOND), base_arm=how.arm(SECOND))
    for _ in range(ask.count(2)):
        stage.to(0.16, lead=Leg(-24, 3, 1.0, 45, toe=25), share=0.0, drop=0.0)
        stage.to(0.19, lead=Leg(top, 8, 1.0, 45, toe=25), tilt=-10, bend=6, fast=True)
        stage.hold()
        stage.to(0.19, lead=Leg(20, 4, 1.0, 45, toe=25), tilt=0, bend=0)
        stage.to(0.21, lead=how.plant(0, 0.08), share=0.3)
    close(stage)


def arm_wave(stage: Stage, ask: Ask) -> None:
    """Send a ripple through the arms, one side after the other."""
    how = manner(stage, ask)
    crest, trough = how.arm(Arm(10, 112, 42, -20)), how.arm(Arm(16, 62, 30, 30))
    tip = how.angle(8)
    place(stage, how)
    stage.to(0.19, arms=how.arm(SECOND), drop=0.02 + 0.3 * how.low)
    for _ in range(ask.count(2)):
        stage.to(0.19, lead_arm=crest, base_arm=trough, curve=tip, share=0.65, drop=0.3 * how.low)
        stage.to(0.19, lead_arm=trough, base_arm=crest, curve=-tip, share=0.35, drop=how.sink(0.06))
        stage.hold()
    stage.to(0.22, arms=stage.rest, curve=0, share=0.5)


def port_de_bras(stage: Stage, ask: Ask) -> None:
    """Carry the arms through first, over the head and out, the trunk following."""
    how = manner(stage, ask)
    first, second, fifth = how.arm(FIRST), how.arm(SECOND), how.arm(FIFTH)
    place(stage, how)
    for _ in range(ask.count(1)):
        stage.to(0.28, arms=first, bend=6, drop=0.02 + 0.3 * how.low)
        stage.to(0.38, arms=fifth, bend=how.angle(-10), look=(-12, 0))
        stage.hold()
        stage.to(0.38, lead_arm=fifth, base_arm=second, curve=how.angle(-18), look=(0, -12))
        stage.to(0.38, arms=second, curve=0, bend=0, look=(0, 0))
        stage.to(0.26, arms=how.arm(LOW), bend=how.angle(8))
    stage.to(0.19, arms=stage.rest, bend=2)


def body_roll(stage: Stage, ask: Ask) -> None:
    """Roll the trunk from the chest down through the hips and up."""
    how = manner(stage, ask)
    place(stage, how)
    for _ in range(ask.count(2)):
        stage.to(
            0.19, bend=how.angle(-22), tilt=4, drop=how.sink(0.05), look=(-10, 0),
            arms=how.arm(Arm(20, 30, 40, 0)),
        )  # fmt: skip
        stage.to(
            0.19, bend=4, tilt=how.angle(-14), drop=how.sink(0.13), look=(4, 0),
            arms=how.arm(Arm(10, 22, 50, 0)),
        )  # fmt: skip
        stage.to(
            0.19, bend=how.angle(32), tilt=10, drop=how.sink(0.18), look=(14, 0),
            arms=how.arm(Arm(30, 20, 50, 20)),
        )  # fmt: skip
        stage.to(0.19, bend=0, tilt=0, drop=0.05, look=(0, 0))
        stage.hold()
    stage.to(0.19, arms=stage.rest)


MOVES = {
    "plie": plie,
    "releve": releve,
    "tendu": tendu,
    "arabesque": arabesque,
    "attitude": attitude,
    "developpe": developpe,
    "developpe_side": developpe_side,
    "battement": battement,
    "arm_wave": arm_wave,
    "port_de_bras": port_de_bras,
    "body_roll": body_roll,
}
