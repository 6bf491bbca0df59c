"""Balances and supports: on one foot, on the hands, and seated between them."""

import math

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import close
from claims_env.generators.composer.poses import UP, Arm, Hand, Leg, Plant
from claims_env.generators.composer.sheet import STANDING
from claims_env.generators.composer.stage import Stage

PALMS = Arm(168, 14, 10, 0)
BESIDE = Arm(-8, 12, 8, 0)


def handstand_kick_up(stage: Stage, ask: Ask) -> None:
    """Step in, kick up to a handstand, hold it and step down."""
    kick_up(stage, ask)
    stage.wait(0.12)
    stage.hold()
    step_down(stage)


def kick_up(stage: Stage, ask: Ask) -> None:
    """Go from standing to a handstand; half the size stops half way up."""
    top = min(180.0, 30 + 150 * ask.size) if ask.size < 0.95 else 180.0
    stage.to(0.28, go=(0.3, 0), lead=Plant(0.3, 0.08), drop=0.12, tilt=14, share=0.8, arms=UP)
    stage.to(
        0.3,
        drop=0.17,
        tilt=86,
        bend=22,
        base=Leg(-24 - 10 * ask.size, 3, 0.98, 30),
        path=(0.38, 0),
        arms=Hand(0.95, 0.2, arm=PALMS),
    )
    up = Leg(0, 3, 0.99, 40)
    stage.to(
        0.26,
        drop=-0.02,
        tilt=142 * top / 180,
        bend=12,
        path=(0.74, 0),
        base=Leg(-8, 3, 0.99, 40),
        lead=Leg(42, 3, 0.9, 30),
    )
    lean = math.radians(180 - top)
    near, high = 0.95 - 0.5 * math.sin(lean), 0.53 + 0.5 * math.cos(lean)
    stage.to(0.34, drop=STANDING - high, tilt=top, bend=0, path=(near, 0), base=up, lead=up)


def step_down(stage: Stage) -> None:
    """Come down from a handstand, one foot after the other, and stand."""
    stage.to(0.3, drop=-0.02, tilt=140, bend=12, path=(0.74, 0), lead=Leg(48, 3, 0.96, 20))
    stage.to(0.3, drop=0.18, tilt=84, bend=24, path=(0.36, 0), lead=Plant(0.3, 0.08))
    stage.to(
        0.34, drop=0.08, tilt=14, bend=4, arms=UP, base=Plant(0.22, 0.1), path=(0.24, 0), share=0.5
    )
    close(stage)


def handstand_walk(stage: Stage, ask: Ask) -> None:
    """Kick up and walk on the hands."""
    kick_up(stage, Ask(ask.given, max(ask.size, 0.95)))
    step, at = 0.04 + 0.14 * ask.size, 0.95
    for i in range(ask.count(4)):
        hand = "lead_arm" if i % 2 == 0 else "base_arm"
        at += step / 2
        sway = 5 if i % 2 else -5
        _reach_with(stage, hand, at + step / 2, sway, at)
    stage.now.home = stage.now.point(at - 0.95, 0.0)
    stage.hold()
    step_down(stage)


def _reach_with(stage: Stage, hand: str, forward: float, sway: float, at: float) -> None:
    lifted, spot = Arm(160, 16, 30, 0), Hand(forward, 0.2, arm=PALMS)
    if hand == "lead_arm":
        stage.to(0.1, lead_arm=lifted, side=sway, tilt=184, path=(at - 0.04, 0))
        stage.to(0.2, lead_arm=spot, side=0.4 * sway, path=(at, 0))
    else:
        stage.to(0.1, base_arm=lifted, side=sway, tilt=184, path=(at - 0.04, 0))
        stage.to(0.2, base_arm=spot, side=0.4 * sway, path=(at, 0))


def l_sit(stage: Stage, ask: Ask) -> None:
    """Sit, press the hips off the floor between the hands, legs level, and hold."""
    sit_down(stage)
    level = Leg(88 + 8 * ask.size, 4, 0.94 + 0.05 * min(ask.size, 1.1), 35)
    stage.to(0.36, drop=0.735, tilt=2, bend=8, path=(-0.4, 0), lead=level, base=level)
    stage.wait(0.14 + 0.14 * ask.size)
    stage.hold()
    get_up(stage)


def sit_down(stage: Stage) -> None:
    """Squat and sit down behind the feet, hands on the floor beside the hips."""
    seat = Hand(-0.44, 0.24, arm=BESIDE)
    stage.to(0.5, drop=0.755, tilt=-6, bend=24, path=(-0.42, 0), arms=seat)


def get_up(stage: Stage) -> None:
    """Bring the feet under the hips and stand up from sitting."""
    stage.to(
        0.34,
        drop=0.68,
        tilt=2,
        bend=50,
        path=(-0.32, 0),
        lead=Plant(0.06, 0.12),
        base=Plant(0.06, 0.12),
    )
    stage.to(0.26, drop=0.54, tilt=34, bend=40, path=(-0.1, 0), arms=Arm(60, 16, 20, 0), share=0.5)
    stage.to(0.4, drop=0.05, tilt=0, bend=4, arms=stage.rest)


def split(stage: Stage, ask: Ask) -> None:
    """Slide down into a split, hands beside the hips, arms up for a moment, and come up."""
    wide = min(62 + 24 * ask.size, 88)
    deep = min(0.53 + 0.24 * ask.size, 0.8)
    stage.to(
        0.36, go=(0.2, 0), lead=Plant(0.3, 0.08), drop=0.16, arms=Arm(40, 40, 10, 0), share=0.6
    )
    palms = Hand(0.1, 0.26, arm=Arm(20, 12, 10, 0))
    slid = Leg(-46, 3, 1.0, 70, toe=60)
    stage.to(0.3, drop=0.4, tilt=14, bend=24, path=(0.02, 0), base=slid, arms=palms)
    stage.to(
        0.4,
        drop=deep,
        tilt=12,
        bend=-6,
        path=(0.04, 0),
        lead=Leg(wide, 3, 1.0, 30),
        base=Leg(-wide + 6, 3, 1.0, 78, toe=80),
    )
    stage.wait(0.15)
    stage.hold()
    stage.to(0.34, drop=0.42, tilt=16, bend=26, lead=Plant(0.3, 0.1), base=slid, path=(0.06, 0))
    stage.to(
        0.3, drop=0.28, tilt=16, bend=20, base=Plant(0.12, 0.1), path=(0.16, 0), arms=stage.rest
    )
    close(stage)


def planche(stage: Stage, ask: Ask) -> None:
    """Lean over both hands until the tucked feet leave the floor, and hold the body level."""
    forward = 0.34
    palms = Hand(forward, 0.2, 0.08, Arm(100, 14, 10, 0))
    stage.to(0.44, drop=0.46, tilt=74, bend=40, arms=palms, lead=Plant(0, 0.1, heel=20))
    tuck = Leg(104 - 20 * ask.size, 8, 0.52 + 0.1 * ask.size, 30)
    stage.to(
        0.36, drop=0.36 - 0.04 * ask.size, tilt=92, bend=14, path=(forward - 0.22, 0), look=(-26, 0)
    )
    stage.to(
        0.34, drop=0.34 - 0.06 * ask.size, tilt=98, path=(forward - 0.12, 0), lead=tuck, base=tuck
    )
    stage.wait(0.2)
    stage.hold()
    stage.to(
        0.28,
        drop=0.46,
        tilt=70,
        bend=40,
        lead=Plant(0, 0.11),
        base=Plant(0, 0.11),
        path=(0.02, 0),
        arms=Arm(70, 16, 20, 0),
    )
    stage.to(0.36, drop=0.05, tilt=2, bend=4, arms=stage.rest, look=(0, 0), share=0.5)


def bridge_reach(stage: Stage, ask: Ask) -> None:
    """Arch back with both arms over the head as far as balance allows."""
    deep = ask.depth(0.7)
    stage.to(0.26, lead=Plant(0, 0.15, lift=0.03), arms=UP, drop=0.03, share=0.5)
    stage.to(
        0.6,
        drop=0.08 + 0.16 * deep,
        tilt=-14 - 18 * deep,
        bend=-24 - 26 * deep,
        look=(-20, 0),
        arms=Arm(172, 16, 6, 0),
    )
    stage.hold()
    stage.to(0.5, drop=0.04, tilt=0, bend=4, look=(0, 0), arms=UP)
    stage.to(0.3, arms=stage.rest)


def scale_balance(stage: Stage, ask: Ask) -> None:
    """Tip forward on one leg until trunk and free leg are level, arms wide."""
    level = min(88.0, 84 * ask.size)
    stage.to(0.26, arms=Arm(10, 85, 4, 0), drop=0.03, share=0.1)
    stage.to(
        0.66, lead=Leg(-24, 2, 1.0, 40), tilt=level, bend=-12, drop=0.0, share=0.0, look=(-18, 0)
    )
    stage.wait(0.2)
    stage.hold()
    stage.to(0.5, lead=Plant(-0.02, 0.1), tilt=0, bend=2, drop=0.04, share=0.4, look=(0, 0))
    stage.stand(0.3)


MOVES = {
    "handstand_kick_up": handstand_kick_up,
    "handstand_walk": handstand_walk,
    "l_sit": l_sit,
    "split": split,
    "planche": planche,
    "bridge_reach": bridge_reach,
    "scale_balance": scale_balance,
}
