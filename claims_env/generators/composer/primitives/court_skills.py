"""Skills above the floor of a court: shots, layups, spikes and blocks."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, manner
from claims_env.generators.composer.poses import Arm, Leg, Plant
from claims_env.generators.composer.primitives.running import stride
from claims_env.generators.composer.stage import BACKSWING, Stage

DOWN = Plant(0, 0.12)


def jump_shot(stage: Stage, ask: Ask) -> None:
    """Dip with the ball at the chest, jump, release over the head, land softly."""
    how = manner(stage, ask)
    pocket = Arm(42, 20, 100, 36)
    stage.to(
        0.26, drop=min(how.sink(0.14), 0.2), tilt=8, arms=pocket, lead=Plant(0.05, 0.12, lift=0.02)
    )
    stage.to(0.2, drop=min(how.sink(0.2), 0.26), tilt=10, bend=6)
    airtime = ask.airtime(0.4)
    stage.drive(airtime, Arm(112, 18, 96, 10))
    stage.fly(
        airtime, lead=Leg(2, 5, 0.96, 30), base=Leg(-4, 5, 0.95, 30), bend=-4,
        lead_arm=how.arm(Arm(148, 10, 8, 0)), base_arm=Arm(125, 24, 40, 10), lead_lands=DOWN,
        base_lands=DOWN,
    )  # fmt: skip
    stage.absorb(
        min(how.sink(0.14), 0.18),
        lead_arm=how.arm(Arm(135, 8, 10, 0)),
        base_arm=Arm(100, 24, 45, 10),
    )
    stage.hold()
    stage.stand(0.35)


def layup(stage: Stage, ask: Ask) -> None:
    """Run in, take a long step, then go up off one foot, knee high, one hand to the basket."""
    how = manner(stage, ask)
    for i in range(min(2, ask.repeats - 1)):
        stride(stage, (0.65 + 0.2 * i) * how.gain, 0.1)
    stage.to(
        0.22, go=(0.4, 0), lead=Plant(0.2, 0.06), drop=min(how.sink(0.14), 0.2), tilt=4, share=0.85,
        arms=Arm(34, 14, 90, 30),
    )  # fmt: skip
    stage.lead_with(-stage.side)
    knee = how.knee(Leg(78, 4, 0.56, 10))
    stage.to(
        0.2, lead=knee, drop=0.03, tilt=-4, share=0.0, lead_arm=Arm(126, 14, 50, 0),
        base_arm=Arm(70, 20, 60, 10), fast=True,
    )  # fmt: skip
    stage.fly(
        ask.airtime(0.44), go=(ask.distance(0.6), 0), lead=knee, base=Leg(-8, 3, 0.98, 35),
        lead_arm=how.arm(Arm(166, 8, 4, 0)), base_arm=Arm(50, 30, 50, 0), bend=-8, landing=0.04,
        lead_lands=DOWN, base_lands=DOWN,
    )  # fmt: skip
    stage.absorb(min(how.sink(0.16), 0.24), arms=Arm(60, 24, 40, 0))
    stage.hold()
    stage.recentre()
    stage.stand(0.34)


def spike(stage: Stage, ask: Ask) -> None:
    """Run in, gather both feet, leap with both arms thrown up, and hit down with one."""
    how = manner(stage, ask)
    for i in range(min(2, ask.repeats - 1)):
        stride(stage, (0.55 + 0.15 * i) * how.gain, 0.08)
    stage.to(0.18, go=(0.34, 0), lead=Plant(0.16, 0.12), drop=0.14, tilt=12, arms=BACKSWING)
    stage.lead_with(-stage.side)
    low = min(how.sink(0.24), 0.3)
    stage.to(0.2, lead=Plant(0.16, 0.12), drop=low, tilt=20, bend=12, arms=Arm(-14, 16, 20, 0))
    stage.lead_with(-stage.side)
    _leap_and_hit(stage, ask, how)
    stage.absorb(min(how.sink(0.16), 0.24), tilt=18, bend=12, twist=0, arms=Arm(40, 26, 30, 0))
    stage.hold()
    stage.recentre()
    stage.stand(0.34)


def _leap_and_hit(stage: Stage, ask: Ask, how: Manner) -> None:
    airtime = min(ask.airtime(0.5), 0.58)
    heels = Leg(-34, 5, 0.8, 25)
    stage.drive(airtime, Arm(140, 20, 30, 0), twist=14, bend=-8)
    stage.fly(
        airtime, go=(ask.distance(0.35), 0), lead=heels, base=heels, bend=how.angle(10),
        twist=-how.angle(20), lead_arm=how.arm(Arm(150, 6, 6, 0)), base_arm=Arm(40, 20, 50, 10),
        lead_lands=DOWN, base_lands=DOWN, peak=0.55,
    )  # fmt: skip


def block_jump(stage: Stage, ask: Ask) -> None:
    """Side-step along the net, jump with both hands straight up, and land again."""
    how = manner(stage, ask)
    step = 0.34 * how.gain
    stage.to(
        0.24, go=(0, step), lead=Plant(0, 0.16), drop=how.sink(0.14), share=0.7, tilt=4,
        arms=Arm(70, 24, 110, 10),
    )  # fmt: skip
    stage.to(0.2, base=Plant(0, 0.14), drop=min(how.sink(0.24), 0.32), share=0.5)
    for _ in range(ask.count(1)):
        airtime = ask.airtime(0.46)
        stage.to(0.14, drop=min(how.sink(0.25), 0.34), tilt=10, bend=4)
        stage.drive(airtime, Arm(160, 12, 10, 0))
        straight = Leg(2, 4, 0.98, 30)
        stage.fly(
            airtime, lead=straight, base=straight, arms=how.arm(Arm(164, 10, 2, 0)), bend=6,
            lead_lands=DOWN, base_lands=DOWN,
        )  # fmt: skip
        stage.absorb(min(how.sink(0.14), 0.2), arms=Arm(80, 20, 70, 0))
    stage.hold()
    stage.stand(0.34)


def overhead_reach(stage: Stage, ask: Ask) -> None:
    """Stretch the lead hand as high as it goes, up on the toes."""
    how = manner(stage, ask)
    stage.to(0.28, drop=how.sink(0.12), tilt=how.angle(10), arms=how.arm(Arm(-20, 20, 30, 0)))
    toes = Plant(0, 0.1, heel=min(42 * how.gain, 48))
    stage.to(
        0.32, drop=-0.06 * how.gain, tilt=0, curve=-how.angle(8), lead=toes, base=toes,
        lead_arm=how.arm(Arm(166, 14, 4, 0)), base_arm=how.arm(Arm(20, 40, 30, 0)), look=(-26, 0),
        bend=-how.angle(6),
    )  # fmt: skip
    stage.hold()
    stage.to(0.34, drop=0.06, curve=0, lead=Plant(0, 0.1), base=Plant(0, 0.1), look=(0, 0), bend=2)
    stage.to(0.28, arms=stage.rest, drop=stage.ease)


MOVES = {
    "jump_shot": jump_shot,
    "layup": layup,
    "spike": spike,
    "block_jump": block_jump,
    "overhead_reach": overhead_reach,
}
