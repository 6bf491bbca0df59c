"""Swings of a bat, a club or a racket: coil, stride, hit, follow through."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import manner
from claims_env.generators.composer.poses import Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage

# both hands on one grip: solved for hands 0.1 m apart before the chest
GRIP_BACK = Arm(38, 13, 124, -18), Arm(46, -35, 71, 72)
GRIP_HIT = Arm(77, -28, 4, 15), Arm(70, -15, 4, 28)
GRIP_END = Arm(53, -78, 20, 36), Arm(36, 12, 106, -23)


def bat_swing(stage: Stage, ask: Ask) -> None:
    """Load on the rear foot, stride, and swing both hands flat across."""
    how = manner(stage, ask)
    stage.to(
        0.3, lead=Plant(0, 0.24, lift=0.03), drop=how.sink(0.1), tilt=10, lead_arm=GRIP_BACK[0],
        base_arm=GRIP_BACK[1],
    )  # fmt: skip
    stage.to(0.3, share=0.85, twist=how.angle(36), drop=how.sink(0.12), look=(0, -30))
    stage.to(0.2, base=Plant(0.02, 0.12 + 0.18 * how.gain, lift=0.05), share=0.6)
    stage.to(
        0.18, twist=-how.angle(30), share=0.25, lead_arm=GRIP_HIT[0], base_arm=GRIP_HIT[1],
        turn=-0.1 * how.gain, fast=True,
    )  # fmt: skip
    stage.to(
        0.2, twist=-how.angle(58), lead_arm=GRIP_END[0], base_arm=GRIP_END[1],
        turn=-0.08 * how.gain, share=0.15,
    )  # fmt: skip
    stage.hold()
    stage.to(0.4, turn=0.18 * how.gain, twist=0, tilt=0, arms=stage.rest, look=(0, 0), share=0.5)
    stage.recentre()
    stage.stand(0.3)


def golf_swing(stage: Stage, ask: Ask) -> None:
    """Address the ball, take the club back over the shoulder, and swing down and through."""
    how = manner(stage, ask)
    address = Arm(40, -14, 6, 10), Arm(38, -18, 4, 14)
    stage.to(
        0.36, lead=Plant(0, 0.2, lift=0.03), base=Plant(0, 0.2, lift=0.03), drop=how.sink(0.08),
        tilt=26, bend=14, look=(24, 0), lead_arm=address[0], base_arm=address[1], share=0.5,
    )  # fmt: skip
    stage.to(
        0.5, twist=how.angle(62), side=4, share=0.8, look=(20, -34),
        lead_arm=how.arm(Arm(96, 30, 74, -40)), base_arm=how.arm(Arm(104, -46, 12, 30)),
    )  # fmt: skip
    stage.to(0.2, twist=-6, share=0.4, side=-4, lead_arm=address[0], base_arm=address[1], fast=True)
    stage.to(
        0.22, twist=-how.angle(56), share=0.08, tilt=8, bend=-4, side=-8, look=(0, 10),
        lead_arm=how.arm(Arm(108, -46, 20, 30)), base_arm=how.arm(Arm(96, 30, 80, -30)),
        lead=Plant(0, 0.2, heel=34, lift=0.0),
    )  # fmt: skip
    stage.hold()
    stage.to(
        0.4, twist=0, tilt=0, side=0, bend=4, look=(0, 0), arms=stage.rest, share=0.5,
        lead=Plant(0, 0.12),
    )  # fmt: skip
    stage.stand(0.3)


def racket_swing(stage: Stage, ask: Ask) -> None:
    """Turn, take the racket back and swing low to high across the body; overhead when high."""
    how = manner(stage, ask)
    high = ask.height(1.0) > 1.5
    back = Arm(-20, 95, 100, -30) if high else Arm(-30, 58, 30, 0)
    hit = Arm(160, 20, 8, 0) if high else Arm(52, 42, 18, 10)
    end = Arm(40, -18, 35, 30) if high else Arm(95, -26, 92, 40)
    stage.to(
        0.3, turn=0.12, twist=how.angle(34), lead=Plant(-0.12, 0.17, lift=0.04), share=0.8,
        lead_arm=how.arm(back), base_arm=Arm(60, 35, 25, 0), drop=how.sink(0.14),
    )  # fmt: skip
    stage.to(
        0.2, turn=-0.12, twist=-how.angle(16), lead_arm=how.arm(hit), share=0.35,
        base_arm=Arm(20, 45, 45, 0), drop=how.sink(0.08), fast=True,
    )  # fmt: skip
    stage.to(0.2, twist=-how.angle(44), lead_arm=how.arm(end), drop=how.sink(0.05), share=0.25)
    stage.hold()
    stage.stand(0.34)


def backhand(stage: Stage, ask: Ask) -> None:
    """Turn the shoulder to the ball, racket across the body, and swing it outwards."""
    how = manner(stage, ask)
    stage.to(
        0.34, turn=-0.16, go=(0.1, 0), lead=Plant(0.24 * how.gain, 0.14, lift=0.05), share=0.5,
        twist=-how.angle(38), lead_arm=how.arm(Arm(50, -46, 30, 30)), drop=how.sink(0.16),
        base_arm=Arm(50, -10, 70, 30),
    )  # fmt: skip
    stage.to(
        0.2, turn=0.16, twist=how.angle(14), lead_arm=how.arm(Arm(56, 40, 8, -10)), share=0.75,
        base_arm=how.arm(Arm(-24, 40, 30, 0)), drop=how.sink(0.1), fast=True,
    )  # fmt: skip
    stage.to(
        0.22, twist=how.angle(36), lead_arm=how.arm(Arm(70, 96, 10, -20)), drop=how.sink(0.05),
        base_arm=how.arm(Arm(-40, 40, 20, 0)),
    )  # fmt: skip
    stage.hold()
    stage.to(0.3, twist=0, arms=stage.rest, share=0.5)
    stage.recentre()
    stage.stand(0.3)


def serve(stage: Stage, ask: Ask) -> None:
    """Toss with one arm, bend and arch, spring up and hit over the head."""
    how = manner(stage, ask)
    stage.to(
        0.36, drop=how.sink(0.06), tilt=4, lead_arm=Arm(-24, 30, 20, 0), base_arm=Arm(20, 10, 10, 0)
    )
    stage.to(
        0.44, drop=how.sink(0.22), tilt=-how.angle(12), bend=-how.angle(14), twist=how.angle(26),
        base_arm=how.arm(Arm(152, 16, 6, 0)), lead_arm=how.arm(Arm(-10, 92, 104, -40)),
        look=(-34, 0), share=0.55,
    )  # fmt: skip
    airtime = min(ask.airtime(0.22), 0.3)
    stage.drive(airtime, Arm(164, 24, 10, 0), twist=-6)
    stage.fly(
        airtime, go=(ask.distance(0.3), 0), lead=Leg(-16, 4, 0.92, 25), base=Leg(6, 4, 0.96, 25),
        lead_arm=how.arm(Arm(150, 10, 6, 0)), base_arm=Arm(40, 20, 80, 30), bend=how.angle(16),
        twist=-how.angle(22), base_lands=Plant(0.12, 0.08), landing=0.05,
    )  # fmt: skip
    stage.absorb(
        0.12, lead_arm=how.arm(Arm(34, -26, 20, 20)), bend=how.angle(30), tilt=how.angle(20),
        twist=-how.angle(30), lead=Leg(-40, 6, 0.86, 25), base_arm=Arm(10, 30, 60, 0),
    )  # fmt: skip
    stage.hold()
    stage.to(0.3, go=(0.2, 0), lead=Plant(0.05, 0.12), tilt=6, bend=6, twist=0, drop=0.1, share=0.5)
    stage.recentre()
    stage.stand(0.3)


MOVES = {
    "bat_swing": bat_swing,
    "golf_swing": golf_swing,
    "racket_swing": racket_swing,
    "backhand": backhand,
    "serve": serve,
}
