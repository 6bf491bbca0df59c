"""Running: strides with a flight in each, starts, stops and changes of direction."""

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
    _set_off(stage)
    for i in range(count):
        grow = _growth(i)
        stride(stage, length * grow, 0.1 * grow, speed=TOP_SPEED * grow)
    halt(stage, length * _growth(count))


def _growth(step: int) -> float:
    """Return how much of its full length and speed a run has at a step."""
    return min(1.0, 0.35 + 0.22 * step)


def _set_off(stage: Stage) -> None:
    """Let the body fall forward before the first step catches it."""
    stage.to(
        0.3 * max(stage.rate, 1),
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


def halt(stage: Stage, length: float = 0.8) -> None:
    """Stop after a running step in two shorter ones, leaning back, then gather the feet."""
    for part in (0.62, 0.34):
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
    stage.to(0.3, go=(0.04, 0), lead=Plant(0.04, 0.12), drop=0.1, tilt=0)
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
    stage.wait(0.15)
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


def stop_and_turn(stage: Stage, ask: Ask) -> None:
    """Run three steps, plant, turn about and go back."""
    _set_off(stage)
    for i in range(3):
        stride(stage, ask.distance(0.7) * (0.45 + 0.2 * i), 0.07)
    stage.to(0.22, go=(0.25, 0), lead=Plant(0.25, 0.13), drop=0.2, tilt=-6, arms=Arm(20, 45, 45, 0))
    stage.recentre()
    turns = ask.turns(0.5)
    stage.to(0.3, turn=turns / 2, base=Plant(0.05, 0.15), drop=0.17, twist=15, share=0.4)
    stage.to(0.3, turn=turns / 2, lead=Plant(0.0, 0.12), drop=0.1, twist=0, share=0.5, tilt=8)
    for _ in range(2):
        stride(stage, ask.distance(0.5), 0.07)
    halt(stage, 0.5)


def cut(stage: Stage, ask: Ask) -> None:
    """Run up, plant wide on the outer foot and drive off to the lead side."""
    stage.lead_with(-stage.side)
    _set_off(stage)
    for i in range(2):
        stride(stage, ask.distance(0.7) * (0.5 + 0.3 * i), 0.08)
    stage.lead_with(-stage.side)
    stage.to(
        0.2,
        go=(0.2, 0),
        base=Plant(0.15, 0.3),
        drop=0.19,
        side=14,
        tilt=10,
        share=0.1,
        arms=PUMP_AHEAD,
    )
    stage.to(0.16, turn=0.17, lead=Leg(25, 8, 0.7, 0), drop=0.12, side=8, share=0.0)
    stage.fly(
        0.1,
        rise=0.0,
        go=(0.75, 0.2),
        lead=Leg(40, 5, 0.88, 0),
        base=Leg(-30, 5, 0.93, 30),
        lead_lands=Plant(0.1, 0.08),
    )
    stage.to(0.1, side=0)
    stage.lead_with(-stage.side)
    stride(stage, ask.distance(0.8), 0.08)
    halt(stage)


def bound(stage: Stage, ask: Ask) -> None:
    """Leap from foot to foot with long flights."""
    _set_off(stage)
    for i in range(ask.count(4)):
        if i % 2:
            stage.to(0.1, arms=SIDE)
        stride(stage, ask.distance(1.1) * min(1, 0.5 + 0.2 * i), ask.airtime(0.24), knee=68)
    halt(stage)


MOVES = {
    "run": run,
    "sprint_start": sprint_start,
    "stop_and_turn": stop_and_turn,
    "cut": cut,
    "bound": bound,
}
