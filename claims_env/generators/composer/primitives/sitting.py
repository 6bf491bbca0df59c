"""Down and up again: sitting, lying, crawling, and getting to the feet."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, close, manner, place
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant
from claims_env.generators.composer.stage import Stage

BEHIND = Arm(-34, 26, 10, 0)


def sit_down(stage: Stage, ask: Ask) -> None:
    """Sit down on the floor with the hands behind, stay, and stand up."""
    how = manner(stage, ask)
    _sit(stage, how)
    stage.to(0.24, drop=0.755, tilt=-10, bend=8, path=(-0.37, 0))
    stage.wait(0.2)
    stage.hold()
    _get_up(stage, how)


def lie_down(stage: Stage, ask: Ask) -> None:
    """Sit, lie back, stay flat on the floor, and get up."""
    how = manner(stage, ask)
    _sit(stage, how)
    stage.to(
        0.4, drop=0.77, tilt=-56, bend=20, path=(-0.38, 0), arms=Arm(20, 30, 20, 0), look=(16, 0),
    )  # fmt: skip
    wide = how.arm(Arm(4, 34, 12, 0))
    stage.to(0.4, drop=0.8, tilt=-86, bend=0, path=(-0.38, 0), arms=wide)
    stage.wait(0.3)
    stage.hold()
    stage.to(
        0.4, drop=0.77, tilt=-40, bend=34, path=(-0.38, 0),
        arms=Arm(40, 14, 20, 0),
    )  # fmt: skip
    _get_up(stage, how)


def stand_up(stage: Stage, ask: Ask) -> None:
    """Rise from a low seat: lean forward, hands to the knees, and stretch."""
    how = manner(stage, ask)
    stage.to(
        0.36, drop=0.28 + 0.14 * ask.depth(0.8), tilt=34, bend=18, arms=Arm(46, 10, 40, 10),
        look=(-6, 0), share=0.5,
    )  # fmt: skip
    stage.hold()
    stage.to(0.48, drop=0.0, tilt=0, bend=how.angle(-3), arms=stage.rest, look=(0, 0))
    stage.to(0.2, drop=stage.ease, bend=2)


def crawl(stage: Stage, ask: Ask) -> None:
    """Go down on hands and knees, crawl forward, and stand up."""
    how, length = manner(stage, ask), min(ask.distance(0.24), 0.32)
    stage.to(0.28, drop=0.47, tilt=46, bend=34, arms=Arm(62, 14, 30, 0), look=(-20, 0))
    stage.to(0.2, drop=0.5, tilt=56, bend=30, path=(0.06, 0), arms=Hand(0.5, 0.19))
    back = Leg(30, 10, 0.66, 10)
    stage.to(0.24, drop=0.5, tilt=76, bend=6, path=(0.04, 0), lead=back, base=back, look=(-25, 0))
    knees = Plant(-0.4, 0.12, heel=66, toe=0, lift=0.03)
    stage.to(0.2, lead=knees, base=knees, drop=0.49, tilt=80, path=(0.02, 0))
    for _ in range(ask.count(4)):
        _crawl_step(stage, how, length)
    tuck, under = Leg(66, 8, 0.58, -10), Plant(0.06, 0.14)
    stage.to(0.24, drop=0.46, tilt=64, bend=30, path=(0.0, 0), lead=tuck, base=tuck)
    stage.to(0.16, lead=under, base=under, drop=0.48, tilt=56, path=(0.03, 0))
    stage.to(0.24, arms=Arm(40, 16, 30, 0), drop=0.4, tilt=40, bend=25, path=(0.04, 0))
    close(stage)


def _crawl_step(stage: Stage, how: Manner, length: float) -> None:
    """Carry the lead hand and the other knee forward, and change sides."""
    reach = Arm(108, 10, 30 - 10 * how.style.extension, 0)
    knee = Plant(-0.4, 0.12, heel=66, toe=0, lift=0.03)
    stage.to(0.16, lead_arm=reach, drop=0.49, tilt=80, path=(0.02 + length / 4, 0))
    stage.to(
        0.16, go=(length, 0), lead_arm=Hand(0.54, 0.19), base=knee, drop=0.49, tilt=80,
        path=(0.02 - length / 2, 0), twist=4,
    )  # fmt: skip
    stage.lead_with(-stage.side)


def _sit(stage: Stage, how: Manner) -> None:
    place(stage, how)
    stage.to(0.4, drop=0.46, tilt=26, bend=30, arms=how.arm(Arm(60, 14, 26, 10)), share=0.5)
    stage.to(0.28, drop=0.6, tilt=4, bend=24, path=(-0.2, 0), arms=BEHIND)
    stage.to(0.28, drop=0.755, tilt=-14, bend=12, path=(-0.37, 0))


def _get_up(stage: Stage, how: Manner) -> None:
    """Rock forward over the feet and rise."""
    reach = how.arm(Arm(78, 10, 14, 0))
    stage.to(0.28, drop=0.64, tilt=26, bend=42, path=(-0.2, 0), arms=reach)
    stage.to(0.28, drop=0.46, tilt=44, bend=28, path=(0.0, 0), arms=reach)
    stage.to(0.4, drop=0.05, tilt=2, bend=2, arms=stage.rest, look=(0, 0), share=0.5)
    close(stage)


def stand(stage: Stage, ask: Ask) -> None:
    """Stand quietly, the weight going from one foot to the other as it does in anybody."""
    sway = min(0.04 * ask.size, 0.06)
    for share in (0.5 + sway, 0.5 - sway):
        stage.to(1.2, share=share, drop=stage.ease, arms=stage.rest, look=(0, 0))
        stage.wait(0.1)


MOVES = {
    "stand": stand,
    "sit_down": sit_down,
    "lie_down": lie_down,
    "stand_up": stand_up,
    "crawl": crawl,
}
