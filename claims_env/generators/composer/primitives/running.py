"""Running: strides with a flight in each, starts and stops."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import SIDE, Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage

TOP_SPEED = 3.7
"""How fast a run gets in the few steps a clip has room for [m/s]."""

PUMP_AHEAD = Arm(48, 8, 88, 22)
PUMP_ASTERN = Arm(-52, 16, 82, 0)


def run(stage: Stage, ask: Ask) -> None:
    """Run, each step with a short flight, and come to a stop."""
    length, count = min(ask.distance(0.9), 1.15), ask.count(5)
    set_off(stage)
    for i in range(count):
        grow = _growth(i)
        stride(stage, length * grow, 0.1 * grow, speed=TOP_SPEED * grow)
    halt(stage, length * _growth(count))


def jog(stage: Stage, ask: Ask) -> None:
    """Run easily: short low steps, trunk upright, forearms level."""
    length, count = min(ask.distance(0.62), 0.9), ask.count(6)
    set_off(stage)
    for i in range(count):
        grow = _growth(i)
        stride(
            stage,
            length * grow,
            0.08,
            knee=30 + 10 * ask.size,
            lean=5,
            speed=(1.4 + ask.size) * grow,
        )
    halt(stage, 0.8 * length)


def sprint(stage: Stage, ask: Ask) -> None:
    """Run as fast as a few steps allow: driving knees, long flights, trunk leaning in."""
    length, count = min(ask.distance(1.12), 1.4), ask.count(6)
    set_off(stage)
    for i in range(count):
        grow = min(1.0, 0.42 + 0.2 * i)
        stride(
            stage,
            length * grow,
            0.11 * grow,
            knee=62 + 8 * ask.size,
            lean=22 - 2 * i,
            speed=4.4 * grow,
        )
    halt(stage, 0.9)


def _growth(step: int) -> float:
    """Return how much of its full length and speed a run has at a step."""
    return min(1.0, 0.35 + 0.22 * step)


def set_off(stage: Stage) -> None:
    """Let the body fall forward before the first step catches it."""
    stage.to(
        0.24 * max(stage.rate, 1),
        drop=0.07,
        tilt=14,
        lead_arm=PUMP_ASTERN,
        base_arm=PUMP_AHEAD,
        lead=Leg(8, 3, 0.92, 0),
        share=0,
    )


def stride(
    stage: Stage,
    length: float,
    airtime: float,
    *,
    knee: float = 52,
    lean: float = 10,
    speed: float = TOP_SPEED,
) -> None:
    """One running step: the lead leg drives through, flies and lands; then the other one leads.

    Args:
        stage: Where.
        length: Of the step [m].
        airtime: In which nothing touches the floor [s].
        knee: How high the lead knee is driven [deg].
        lean: Of the trunk [deg].
        speed: The most the body may travel at [m/s]; a hurried tempo lengthens no step beyond it.
    """
    airtime = max(airtime, 0.08)
    stage.to(
        max(0.18, (length / speed - airtime) * stage.rate),
        lead=Leg(knee - 20, 4, 0.74, 0),
        drop=0.07,
        tilt=lean,
        twist=0,
        share=0.0,
        lead_arm=PUMP_ASTERN,
        base_arm=PUMP_AHEAD,
    )
    stage.fly(
        airtime,
        rise=0.0,
        landing=0.02,
        go=(length, 0),
        lead=Leg(knee - 14, 3, 0.87, -5),
        base=Leg(-32, 3, 0.9, 30),
        lead_lands=Plant(0.1, 0.06),
        lead_arm=PUMP_ASTERN,
        base_arm=PUMP_AHEAD,
        twist=8,
    )
    stage.lead_with(-stage.side)


def halt(stage: Stage, length: float = 0.8, steps: int = 2) -> None:
    """Stop after a running step in one or two shorter ones, leaning back, then gather the feet."""
    for part in (0.62, 0.34)[-steps:]:
        stage.to(
            0.3 * max(stage.rate, 1),
            go=(length * part, 0),
            lead=Plant(0.06, 0.09),
            drop=0.09,
            tilt=2,
            bend=6,
            twist=0,
            arms=Arm(18, 26, 50, 0),
        )
        stage.lead_with(-stage.side)
    stage.to(0.22, lead=Plant(0.04, 0.12), drop=0.08, tilt=0)
    stage.recentre()
    stage.stand(0.28)


def sprint_start(stage: Stage, ask: Ask) -> None:
    """Coil into a low split stance, then drive out of it."""
    stage.to(
        0.4,
        lead=Plant(0.22, 0.1),
        drop=0.26,
        tilt=45,
        bend=18,
        look=(-20, 0),
        lead_arm=PUMP_ASTERN,
        base_arm=Arm(70, 5, 40, 0),
        share=0.7,
    )
    stage.wait(0.08)
    stage.lead_with(-stage.side)
    for i in range(ask.count(4)):
        stride(
            stage,
            ask.distance(0.95) * min(1, 0.4 + 0.2 * i),
            0.05 + 0.02 * i,
            knee=62,
            lean=30 - 6 * i,
            speed=1.5 + 0.7 * i,
        )
    halt(stage)


def bound(stage: Stage, ask: Ask) -> None:
    """Leap from foot to foot with long flights."""
    set_off(stage)
    for i in range(ask.count(4)):
        if i % 2:
            stage.to(0.1, arms=SIDE)
        stride(stage, ask.distance(1.1) * min(1, 0.5 + 0.2 * i), ask.airtime(0.24), knee=68)
    halt(stage)


def high_knee_run(stage: Stage, ask: Ask) -> None:
    """Run forward in short steps, upright, each thigh driven up to level."""
    length, count = min(ask.distance(0.4), 0.6), ask.count(6)
    set_off(stage)
    for _ in range(count):
        stride(stage, length, 0.1, knee=72 + 10 * ask.size, lean=2, speed=1.3)
    halt(stage, 0.5, steps=1)


MOVES = {
    "run": run,
    "jog": jog,
    "sprint": sprint,
    "sprint_start": sprint_start,
    "bound": bound,
    "high_knee_run": high_knee_run,
}
