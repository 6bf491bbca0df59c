"""Steps of dance: turned-out balances, turns on one leg, lines and waves of arms and trunk."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import FIFTH, FIRST, SECOND, Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage

RETIRE = Leg(52, 30, 0.62, 45, toe=40)
"""The toe at the other knee, thigh turned out."""

LOW = Arm(14, 18, 30, 30)


def plie(stage: Stage, ask: Ask) -> None:
    """Bend both knees over turned-out toes, heels down, and stretch."""
    deep = ask.depth(0.5)
    stage.to(0.35, lead=Plant(0, 0.16, toe=48, lift=0.03), arms=FIRST, drop=0.02)
    stage.to(0.35, base=Plant(0, 0.16, toe=48, lift=0.03), arms=SECOND, share=0.5)
    for _ in range(ask.count(1)):
        stage.to(0.65, drop=0.12 + 0.26 * deep, arms=LOW)
        stage.hold()
        stage.to(0.6, drop=0.01, arms=SECOND)


def releve(stage: Stage, ask: Ask) -> None:
    """Rise onto the balls of both feet and balance there."""
    for _ in range(ask.count(1)):
        stage.to(0.3, lead=Plant(0, 0.09, lift=0.02), drop=0.07, arms=FIRST)
        stage.to(0.2, base=Plant(0, 0.09, lift=0.02), drop=0.07, share=0.5)
        up = Plant(out=0.09, heel=48)
        stage.to(0.4, lead=up, base=up, drop=-0.07, arms=FIFTH)
        stage.to(0.3, look=(-6, 0))
        stage.hold()
        stage.to(
            0.4, lead=Plant(out=0.09), base=Plant(out=0.09), drop=0.03, arms=SECOND, look=(0, 0)
        )
    stage.to(0.3, arms=stage.rest)


def tendu(stage: Stage, ask: Ask) -> None:
    """Slide the stretched leg out along the floor to a pointed toe, and close."""
    for i in range(ask.count(2)):
        front = i % 2 == 0
        leg = Leg(30, 4, 1.0, 45, toe=25) if front else Leg(2, 32, 1.0, 45, toe=25)
        stage.to(0.3, drop=0.02, share=0.1, lead_arm=SECOND, base_arm=FIRST)
        stage.to(0.35, lead=leg, drop=0.0, base_arm=FIFTH, curve=-3)
        stage.hold()
        stage.to(0.35, lead=Plant(0, 0.08), share=0.4, curve=0)
    stage.to(0.3, arms=stage.rest, share=0.5)


def arabesque(stage: Stage, ask: Ask) -> None:
    """Balance on one leg, the other stretched behind, one arm reaching forward."""
    lift = min(78.0, 68 * ask.size)
    _line_behind(stage, Leg(-lift - 4, 4, 1.0, 45, toe=20), Arm(96, 6, 4, 0), SECOND, tilt=34)


def attitude(stage: Stage, ask: Ask) -> None:
    """Balance on one leg, the other bent behind, arm over the head."""
    lift = min(72.0, 58 * ask.size)
    _line_behind(stage, Leg(-lift, 22, 0.82, 40, toe=35), FIFTH, SECOND, tilt=20)


def _line_behind(stage: Stage, leg: Leg, near: Arm, far: Arm, tilt: float) -> None:
    stage.to(0.4, go=(0.1, 0), base=Plant(0.1, 0.06), drop=0.08, arms=FIRST, share=0.1)
    stage.to(
        0.6,
        lead=leg,
        drop=0.0,
        tilt=tilt,
        bend=-26,
        lead_arm=far,
        base_arm=near,
        share=0.0,
        look=(-8, 0),
    )
    stage.to(0.3, tilt=tilt + 3)
    stage.hold()
    stage.to(
        0.45, lead=Plant(0.0, 0.1), tilt=0, bend=2, drop=0.05, arms=SECOND, share=0.4, look=(0, 0)
    )
    stage.recentre()
    stage.stand(0.3)


def pirouette(stage: Stage, ask: Ask) -> None:
    """Spin on the ball of one foot, toe at the knee, arms in front."""
    turns = ask.turns(1.0) or 1.0
    spin = 0.62
    stage.to(
        0.35,
        lead=Plant(-0.16, 0.1, lift=0.03),
        drop=0.13,
        lead_arm=SECOND,
        base_arm=FIRST,
        twist=-14,
    )
    stage.to(0.14, share=0.1, twist=14, arms=SECOND)
    stage.to(0.24, turn=0.2 * _sign(turns), lead=RETIRE, drop=-0.05, arms=FIRST, twist=0, share=0)
    left = abs(turns) - 0.2
    while left > 1e-6:
        part = min(left, 0.5)
        stage.to(spin * part, turn=part * _sign(turns), look=(0, 30))
        left -= part
    stage.to(0.25, lead=Plant(-0.14, 0.11), drop=0.1, arms=SECOND, share=0.45, look=(0, 0))
    stage.stand(0.3)


def _sign(value: float) -> int:
    return 1 if value >= 0 else -1


def chaines(stage: Stage, ask: Ask) -> None:
    """Travel along a line in half turns from foot to foot, on the toes."""
    halves = max(2, round(abs(ask.turns(2.0)) * 2))
    length = ask.distance(0.42)
    stage.to(0.25, drop=0.06, arms=SECOND)
    for i in range(halves):
        ahead = length if i % 2 == 0 else -length
        stage.to(
            0.3,
            go=(0, ahead),
            turn=0.5,
            lead=Plant(0, 0.1, heel=25, lift=0.03),
            drop=0.0,
            arms=FIRST if i else SECOND,
            share=0.6,
        )
        stage.to(0.14, base=Plant(0, 0.1, heel=25, lift=0.03), share=0.4)
    stage.to(0.25, lead=Plant(0, 0.12, lift=0.02), arms=SECOND, drop=0.05)
    stage.stand(0.3)


def developpe(stage: Stage, ask: Ask) -> None:
    """Draw the toe up to the knee and slowly unfold the leg."""
    height = min(100.0, 84 * ask.size)
    stage.to(0.35, drop=0.03, share=0.1, arms=FIRST)
    stage.to(0.5, lead=RETIRE, drop=0.0, share=0.0, arms=FIRST)
    stage.to(0.7, lead=Leg(height, 12, 1.0, 45, toe=30), tilt=-8, lead_arm=SECOND, base_arm=FIFTH)
    stage.hold()
    stage.to(0.6, lead=Leg(30, 6, 1.0, 45, toe=25), tilt=0)
    stage.to(0.35, lead=Plant(0, 0.09), share=0.4, arms=SECOND)
    stage.stand(0.3)


def arm_wave(stage: Stage, ask: Ask) -> None:
    """Send a ripple through the arms, one side after the other."""
    crest, trough = Arm(10, 112, 42, -20), Arm(16, 62, 30, 30)
    stage.to(0.3, arms=SECOND, drop=0.05)
    for _ in range(ask.count(2)):
        stage.to(0.3, lead_arm=crest, base_arm=trough, curve=8, share=0.65, drop=0.03)
        stage.to(0.3, lead_arm=trough, base_arm=crest, curve=-8, share=0.35, drop=0.07)
    stage.to(0.35, arms=stage.rest, curve=0, share=0.5)


def port_de_bras(stage: Stage, ask: Ask) -> None:
    """Carry the arms through first, over the head and out, the trunk following."""
    for _ in range(ask.count(1)):
        stage.to(0.45, arms=FIRST, bend=6, drop=0.03)
        stage.to(0.6, arms=FIFTH, bend=-10, look=(-12, 0))
        stage.hold()
        stage.to(0.6, lead_arm=FIFTH, base_arm=SECOND, curve=-18 * ask.size, look=(0, -12))
        stage.to(0.6, arms=SECOND, curve=0, bend=0, look=(0, 0))
        stage.to(0.4, arms=LOW, bend=8)
    stage.to(0.3, arms=stage.rest, bend=2)


def body_roll(stage: Stage, ask: Ask) -> None:
    """Roll the trunk from the chest down through the hips and up."""
    for _ in range(ask.count(2)):
        stage.to(0.3, bend=-22, tilt=4, drop=0.05, arms=Arm(20, 30, 40, 0), look=(-10, 0))
        stage.to(0.3, bend=4, tilt=-14, drop=0.13, arms=Arm(10, 22, 50, 0), look=(4, 0))
        stage.to(0.3, bend=32, tilt=10, drop=0.18, arms=Arm(30, 20, 50, 20), look=(14, 0))
        stage.to(0.3, bend=0, tilt=0, drop=0.05, look=(0, 0))
    stage.to(0.3, arms=stage.rest)


def floor_sink(stage: Stage, ask: Ask) -> None:
    """Sink to one knee, sweep low with the arms, and rise."""
    stage.to(0.4, go=(0.18, 0), lead=Plant(0.2, 0.12), drop=0.12, arms=SECOND, share=0.6)
    stage.to(
        0.75,
        base=Plant(-0.28, 0.1, heel=62, toe=0, lift=0.02),
        drop=0.43,
        tilt=6,
        bend=12,
        arms=FIRST,
        share=0.55,
    )
    stage.to(
        0.5, bend=30, curve=16, twist=12, lead_arm=SECOND, base_arm=Arm(60, 0, 20, 20), look=(8, 10)
    )
    stage.hold()
    stage.to(0.5, bend=-6, curve=0, twist=0, arms=FIFTH, look=(-10, 0))
    stage.to(0.7, drop=0.12, tilt=6, bend=4, arms=SECOND, look=(0, 0), share=0.7)
    stage.recentre()
    stage.stand(0.4)


def promenade(stage: Stage, ask: Ask) -> None:
    """Turn slowly on one leg in small swivels, the other leg held behind."""
    turns = ask.turns(0.5)
    stage.to(0.4, drop=0.06, arms=FIRST, share=0.1)
    stage.to(
        0.6, lead=Leg(-40, 12, 0.9, 40, toe=30), drop=0.01, tilt=14, bend=-14, arms=SECOND, share=0
    )
    steps = max(2, round(abs(turns) * 8))
    for _ in range(steps):
        stage.to(0.28, turn=turns / steps)
    stage.hold()
    stage.to(0.45, lead=Plant(0, 0.1), tilt=0, bend=2, arms=stage.rest, share=0.4)
    stage.stand(0.3)


def partner_reach(stage: Stage, ask: Ask) -> None:
    """Step out with an offered hand, lean away from it and return."""
    stage.to(
        0.5,
        go=(0.1, 0.12),
        lead=Plant(0.16, 0.2),
        lead_arm=Arm(62, 40, 14, 0),
        base_arm=Arm(-10, 50, 20, 0),
        drop=0.1,
        share=0.8,
        twist=-10,
        curve=8,
    )
    stage.to(
        0.45, share=0.35, curve=-14, twist=14, lead_arm=Arm(60, 66, 6, 0), bend=-8, look=(0, 20)
    )
    stage.hold()
    stage.to(
        0.45, base=Plant(0, 0.12), curve=0, twist=0, bend=2, arms=SECOND, share=0.5, look=(0, 0)
    )
    stage.recentre()
    stage.stand(0.35)


MOVES = {
    "plie": plie,
    "releve": releve,
    "tendu": tendu,
    "arabesque": arabesque,
    "attitude": attitude,
    "pirouette": pirouette,
    "chaines": chaines,
    "developpe": developpe,
    "arm_wave": arm_wave,
    "port_de_bras": port_de_bras,
    "body_roll": body_roll,
    "floor_sink": floor_sink,
    "promenade": promenade,
    "partner_reach": partner_reach,
}
