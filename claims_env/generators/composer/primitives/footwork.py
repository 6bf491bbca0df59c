"""Footwork: guard, steps, shuffles, pivots and drills."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import GUARD, Arm, Leg, Plant
from claims_env.generators.composer.primitives.running import PUMP_AHEAD, PUMP_ASTERN
from claims_env.generators.composer.stage import Stage

AHEAD = Arm(34, 6, 35, 8)
ASTERN = Arm(-28, 10, 25, 0)


def guard(stage: Stage, ask: Ask) -> None:
    """Take a fighting stance and bounce lightly in it."""
    stage.to(
        0.3, lead=Plant(0.16, 0.14), drop=0.08, arms=GUARD, twist=-18, bend=8, tilt=5, share=0.5
    )
    for _ in range(ask.count(2)):
        stage.to(0.2, drop=0.05, share=0.6)
        stage.to(0.2, drop=0.1, share=0.45)
    stage.hold()


def step(stage: Stage, ask: Ask) -> None:
    """Walk forward, hands swinging against the feet."""
    _walk(stage, ask.count(2), ask.distance(0.55))


def back_step(stage: Stage, ask: Ask) -> None:
    """Walk backward."""
    _walk(stage, ask.count(2), -ask.distance(0.4))


def _walk(stage: Stage, count: int, length: float) -> None:
    lean = 3 if length > 0 else -2
    for i in range(count):
        go = length / 2 if i == 0 else length
        stage.to(
            0.48,
            go=(go, 0),
            lead=Plant(length / 2, 0.09, lift=0.07),
            lead_arm=ASTERN if length > 0 else AHEAD,
            base_arm=AHEAD if length > 0 else ASTERN,
            drop=0.03,
            tilt=lean,
            twist=6,
            share=0.7,
        )
        stage.to(0.06, drop=0.04)
        stage.lead_with(-stage.side)
    stage.to(
        0.4, go=(length / 2, 0), lead=Plant(0, 0.1), arms=stage.rest, twist=0, tilt=0, share=0.5
    )


def side_step(stage: Stage, ask: Ask) -> None:
    """Step to the lead side and draw the other foot after."""
    width = ask.distance(0.45)
    for _ in range(ask.count(2)):
        stage.to(
            0.3, go=(0, width / 2), lead=Plant(0, 0.1 + width / 2), drop=0.06, side=4, share=0.6
        )
        stage.to(0.3, go=(0, width / 2), base=Plant(0, 0.1), drop=0.03, side=0, share=0.5)


def shuffle(stage: Stage, ask: Ask) -> None:
    """Slide along to the lead side in quick low steps, hands up."""
    width = ask.distance(0.4)
    stage.to(0.2, arms=Arm(35, 28, 85, 15), lead=Plant(0, 0.2), drop=0.13, tilt=12, bend=8)
    for _ in range(ask.count(3)):
        stage.to(0.2, go=(0, width), lead=Plant(0, 0.2, lift=0.04), share=0.3)
        stage.to(0.2, base=Plant(0, 0.2, lift=0.04), share=0.6)
    stage.stand(0.25)


def pivot(stage: Stage, ask: Ask) -> None:
    """Turn on the ball of the base foot, the other foot walking round."""
    turns = ask.turns(0.5)
    steps = max(1, round(abs(turns) * 3))
    stage.to(0.2, drop=0.07, twist=-15, arms=Arm(45, 30, 70, 30), share=0.3)
    for _ in range(steps):
        stage.to(0.26, turn=turns / steps, lead=Plant(0, 0.12, lift=0.04), share=0.15, twist=10)
    stage.to(0.2, twist=0, drop=stage.ease, base=Plant(0, 0.11, lift=0.02), share=0.5)


def backpedal(stage: Stage, ask: Ask) -> None:
    """Run backward in short low steps."""
    length = ask.distance(0.4)
    stage.to(0.2, drop=0.14, tilt=18, bend=5, arms=Arm(25, 22, 80, 10), share=0.3)
    for i in range(ask.count(5)):
        stage.to(
            0.22,
            go=(-length / 2 if i == 0 else -length, 0),
            lead=Plant(-length / 2, 0.1, lift=0.08),
            lead_arm=PUMP_AHEAD,
            base_arm=ASTERN,
        )
        stage.lead_with(-stage.side)
    stage.recentre()
    stage.stand(0.25)


def ladder_steps(stage: Stage, ask: Ask) -> None:
    """Two quick feet in each rung of a ladder on the floor."""
    length = ask.distance(0.32)
    stage.to(0.2, drop=0.1, tilt=10, arms=Arm(20, 14, 85, 10), share=0.4)
    for _ in range(ask.count(4)):
        stage.to(
            0.17,
            go=(length, 0),
            lead=Plant(0, 0.09, heel=10),
            share=0.3,
            lead_arm=PUMP_ASTERN,
            base_arm=PUMP_AHEAD,
        )
        stage.to(
            0.17, base=Plant(0, 0.09, heel=10), share=0.6, lead_arm=PUMP_AHEAD, base_arm=PUMP_ASTERN
        )
    stage.stand(0.25)


def high_knees(stage: Stage, ask: Ask) -> None:
    """Run on the spot, thighs level at each step."""
    for _ in range(ask.count(6)):
        stage.to(
            0.2,
            lead=Leg(48, 3, 0.68, 5),
            drop=0.0,
            share=0.1,
            lead_arm=PUMP_ASTERN,
            base_arm=PUMP_AHEAD,
            tilt=2,
        )
        stage.to(0.16, lead=Plant(0, 0.09, heel=12), drop=0.04, share=0.8)
        stage.lead_with(-stage.side)
    stage.stand(0.25)


MOVES = {
    "guard": guard,
    "step": step,
    "back_step": back_step,
    "side_step": side_step,
    "shuffle": shuffle,
    "pivot": pivot,
    "backpedal": backpedal,
    "ladder_steps": ladder_steps,
    "high_knees": high_knees,
}
