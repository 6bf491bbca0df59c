"""Flips: turning over in the air without a hand on the floor.

Measured on real clips: a back somersault flies 0.5 s, turns at 440 to 535 deg/s and covers 0.5 m; a
side somersault flies 0.5 to 0.67 s at 425 to 565 deg/s (DeepMimic's `backflip` and `sideflip`).
"""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage

OVERHEAD = Arm(158, 12, 8, 0)
CLASP = Arm(62, 10, 62, 18)
WRAPPED = Arm(48, 18, 104, 58)
"""Arms folded close before the chest: what a twister does."""

READY = Arm(44, 14, 18, 0)
THROWN = Arm(122, 12, 14, 0)
"""From where and how far the short push-off throws the arms."""

FEET = Plant(0, 0.12)
AHEAD = Plant(0.16, 0.12)
ASTERN = Plant(-0.12, 0.12)
"""Where feet meet the floor so that a body that still turns forward or backward comes over them."""


def somersault_time(ask: Ask, airtime: float) -> float:
    """Return how long a somersault flies [s]: a small one is still a whole turn."""
    return min(max(ask.airtime(airtime), airtime), 1.06 * airtime, 0.66)


def linked(ask: Ask) -> bool:
    """Return whether the move before ended in the crouch that this one starts from."""
    return ask.given.get("linked", 0.0) > 0


def links(ask: Ask) -> bool:
    """Return whether to end in the crouch that the next move starts from."""
    return ask.given.get("links", 0.0) > 0


def connect(stage: Stage) -> None:
    """Take a landing only as deep as the next take-off needs."""
    stage.absorb(0.14, tilt=22, bend=10, arms=Arm(40, 14, 10, 0))


def tucked(ask: Ask) -> Leg:
    """Return the legs of a tuck, tighter the more is asked for."""
    return Leg(min(52 + 4 * ask.size, 62), 7, max(0.7 - 0.05 * ask.size, 0.62), 25)


def backflip(stage: Stage, ask: Ask) -> None:
    """Jump up and back, tuck over backwards, open and land."""
    for _ in range(ask.count(1)):
        if not linked(ask):
            gather(stage, ask)
        back_somersault(stage, ask, tucked(ask))
        settle(stage, ask)


def back_layout(stage: Stage, ask: Ask) -> None:
    """Turn over backwards with the body stretched; with turns, twist about its length too."""
    twists = round(2 * ask.turns(0.0)) / 2
    if not linked(ask):
        gather(stage, ask)
    back_somersault(stage, ask, Leg(18, 3, 0.98, 40), twists=twists)
    settle(stage, ask)


def gather(stage: Stage, ask: Ask, tilt: float = 20) -> None:
    """Sink into a crouch with the arms swung down and back."""
    low = 0.2 + 0.05 * ask.size
    stage.to(0.36, drop=low, tilt=tilt, bend=12, arms=READY, look=(-8, 0))


def back_somersault(stage: Stage, ask: Ask, legs: Leg, *, twists: float = 0.0) -> None:
    """Take off backwards, turn over once and touch down."""
    is_tuck = legs.reach < 0.9
    airtime = somersault_time(ask, 0.57 if is_tuck else 0.68)
    stage.drive(airtime, THROWN, tilt=-24 if is_tuck else -38, bend=-12 if is_tuck else -14)
    peak, lands = (0.41, ASTERN) if is_tuck else (0.5, FEET)
    stage.fly(
        airtime,
        tilt=-270 if is_tuck else -278,
        roll=360 * twists,
        rise=0.03,
        landing=0.26 if is_tuck else 0.16,
        go=(-ask.distance(0.45), 0),
        lead=legs,
        base=legs,
        arms=WRAPPED if twists else CLASP if is_tuck else Arm(20, 26, 8, 0),
        bend=26 if is_tuck else -8,
        lead_lands=lands,
        base_lands=lands,
        peak=peak,
        opens=peak,
    )


def settle(stage: Stage, ask: Ask, tilt: float = 30) -> None:
    """Take the landing in knees and hips, and rise."""
    depth = 0.08 + 0.12 * stage.now.style.depth + 0.05 * ask.size
    stage.absorb(depth, tilt=tilt, bend=20, arms=Arm(72, 26, 16, 0), look=(-10, 0))
    salute(stage)


def salute(stage: Stage) -> None:
    """Come up from a landing, arms overhead; in a hurry the next move starts from down there."""
    if stage.flows:
        stage.hold()
        stage.stand(0.3)
        return
    stage.to(0.3, drop=0.02, tilt=0, side=0, curve=0, bend=-2, arms=OVERHEAD, look=(0, 0))
    stage.hold()


def front_flip(stage: Stage, ask: Ask) -> None:
    """Jump up and forward, tuck over, open and land."""
    airtime = somersault_time(ask, 0.57)
    for _ in range(ask.count(1)):
        stage.to(0.3, drop=0.18 + 0.05 * ask.size, tilt=16, bend=8, arms=Arm(104, 14, 40, 0))
        tuck_over(stage, ask, airtime, min(ask.distance(0.5), 0.6), CLASP)
        settle(stage, ask, tilt=20)


def tuck_over(stage: Stage, ask: Ask, airtime: float, far: float, arms: Arm) -> None:
    """Leave both feet, turn over forwards in a tuck and come down `far` [m] ahead."""
    stage.drive(airtime, THROWN, tilt=66, bend=10)
    stage.fly(
        airtime,
        tilt=274,
        rise=0.02,
        landing=0.26,
        go=(far, 0),
        lead=tucked(ask),
        base=tucked(ask),
        arms=arms,
        bend=34,
        lead_lands=AHEAD,
        base_lands=AHEAD,
        peak=0.42,
        opens=0.42,
    )


def side_flip(stage: Stage, ask: Ask) -> None:
    """Jump off both feet and tuck over to the lead side."""
    airtime = somersault_time(ask, 0.57)
    gather(stage, ask)
    stage.drive(airtime, THROWN, tilt=6, side=40, curve=10)
    stage.fly(
        airtime,
        side=285,
        rise=0.02,
        landing=0.28,
        go=(0, ask.distance(0.6)),
        lead=tucked(ask),
        base=tucked(ask),
        arms=CLASP,
        bend=30,
        lead_lands=Plant(0, 0.16),
        base_lands=Plant(0, 0.16),
        peak=0.42,
        opens=0.42,
    )
    settle(stage, ask)


MOVES = {
    "backflip": backflip,
    "back_layout": back_layout,
    "front_flip": front_flip,
    "side_flip": side_flip,
}
