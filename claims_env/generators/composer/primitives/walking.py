"""Walking in all its kinds: forward, backward, marching, skipping, and drills of quick feet."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, close, manner
from claims_env.generators.composer.poses import GUARD, Arm, Leg, Plant, between
from claims_env.generators.composer.primitives.running import PUMP_AHEAD, PUMP_ASTERN
from claims_env.generators.composer.stage import Stage

AHEAD = Arm(34, 6, 35, 8)
ASTERN = Arm(-28, 10, 25, 0)


def carried(how: Manner, arm: Arm) -> Arm:
    """Return how an arm swings beside a step: freely, or tied up in the guard."""
    return between(how.arm(arm), GUARD, 0.8 * how.style.guard)


def step(stage: Stage, ask: Ask) -> None:
    """Walk forward, hands swinging against the feet."""
    _walk(stage, ask, ask.count(2), ask.distance(0.55))


def back_step(stage: Stage, ask: Ask) -> None:
    """Walk backward."""
    _walk(stage, ask, ask.count(2), -ask.distance(0.4))


def _walk(stage: Stage, ask: Ask, count: int, length: float) -> None:
    how, lean = manner(stage, ask), 3 if length > 0 else -2
    turn = ask.turns(0.0) / count * stage.side
    swing = (ASTERN, AHEAD) if length > 0 else (AHEAD, ASTERN)
    for i in range(count):
        stage.to(
            0.44, go=(length / 2 if i == 0 else length, 0), lead=Plant(length / 2, 0.09, lift=0.07),
            lead_arm=carried(how, swing[0]), base_arm=carried(how, swing[1]),
            drop=0.02 + 0.35 * how.low, tilt=lean, twist=6, share=0.7, turn=turn * stage.side,
        )  # fmt: skip
        stage.to(0.06, drop=0.03 + 0.35 * how.low)
        stage.lead_with(-stage.side)
    stage.to(
        0.37, go=(length / 2, 0), lead=Plant(0, 0.1), arms=stage.rest, twist=0, tilt=0, share=0.5
    )
    stage.hold()


def limp(stage: Stage, ask: Ask) -> None:
    """Walk with one stiff leg: long on the sound foot, short and dipping on the other."""
    how, length = manner(stage, ask), ask.distance(0.36)
    for _ in range(ask.count(2)):
        stage.to(
            0.5, go=(0.4 * length, 0), lead=Plant(0.2 * length, 0.12, toe=20, lift=0.02), share=0.7,
            side=how.angle(7), curve=how.angle(-7), drop=0.01 + 0.3 * how.low, tilt=8, bend=10,
            arms=carried(how, Arm(18, 22, 30, 0)),
        )  # fmt: skip
        stage.to(
            0.34, go=(0.6 * length, 0), base=Plant(0.4 * length, 0.1, lift=0.05), share=0.2, tilt=4,
            side=how.angle(-3), curve=0, drop=0.06 * how.size + 0.3 * how.low,
            arms=carried(how, Arm(-6, 18, 20, 0)),
        )  # fmt: skip
    stage.hold()
    stage.recentre()
    close(stage)


def march(stage: Stage, ask: Ask) -> None:
    """Walk with lifted knees and straight arms swung high."""
    how, length = manner(stage, ask), ask.distance(0.5)
    for i in range(ask.count(4)):
        stage.to(
            0.24, lead=how.knee(Leg(64, 2, 0.62, 0)), drop=-0.01, share=0.0, twist=-5,
            lead_arm=carried(how, Arm(-42, 6, 6, 0)), base_arm=carried(how, Arm(66, 4, 6, 0)),
        )  # fmt: skip
        go = length / 2 if i == 0 else length
        stage.to(0.24, go=(go, 0), lead=Plant(length / 2, 0.09), share=0.85, drop=0.03, twist=0)
        stage.lead_with(-stage.side)
    stage.to(0.32, go=(length / 2, 0), lead=Plant(0, 0.1), arms=stage.rest, share=0.5)


def skip(stage: Stage, ask: Ask) -> None:
    """Step and hop, step and hop, the free knee and the other arm swung up."""
    how, length = manner(stage, ask), ask.distance(0.45)
    for _ in range(ask.count(4)):
        stage.to(
            0.24, go=(length, 0), lead=Plant(0.12, 0.08), drop=0.1, share=0.9, tilt=6,
            arms=carried(how, Arm(-10, 20, 40, 0)),
        )  # fmt: skip
        stage.to(
            0.16, base=how.knee(Leg(60, 3, 0.62, 10)), drop=-0.02, share=1.0,
            lead_arm=carried(how, Arm(80, 14, 50, 0)), base_arm=carried(how, Arm(-36, 14, 40, 0)),
        )  # fmt: skip
        stage.fly(
            min(ask.airtime(0.24), 0.36), rise=0.03, go=(length, 0),
            lead=Leg(-4, 3, 0.96, 30), base=how.knee(Leg(60, 3, 0.62, 10)),
            lead_lands=Plant(0.08, 0.06),
        )  # fmt: skip
        stage.absorb(0.08, tilt=6, bend=4)
        stage.lead_with(-stage.side)
    close(stage)


def backpedal(stage: Stage, ask: Ask) -> None:
    """Run backward in short low steps."""
    how, length = manner(stage, ask), ask.distance(0.4)
    arms = (how.arm(PUMP_AHEAD), how.arm(ASTERN))
    low = 0.08 + 0.5 * how.low
    stage.to(0.2, drop=low, tilt=18, bend=5, arms=how.arm(Arm(25, 22, 80, 10)), share=0.3)
    for i in range(ask.count(5)):
        stage.to(
            0.22, go=(-length / 2 if i == 0 else -length, 0), drop=low,
            lead=Plant(-length / 2, 0.1, lift=0.08), lead_arm=arms[0], base_arm=arms[1],
        )  # fmt: skip
        stage.lead_with(-stage.side)
    stage.hold()
    stage.recentre()
    close(stage)


def ladder_steps(stage: Stage, ask: Ask) -> None:
    """Two quick feet in each rung of a ladder on the floor."""
    how, length = manner(stage, ask), ask.distance(0.32)
    low, lift = 0.05 + 0.5 * how.low, 0.06 * how.gain
    ahead, astern = how.arm(PUMP_AHEAD), how.arm(PUMP_ASTERN)
    stage.to(0.2, drop=low, tilt=10, arms=how.arm(Arm(20, 14, 85, 10)), share=0.4)
    foot = Plant(0, 0.09, heel=10, lift=lift)
    for _ in range(ask.count(4)):
        stage.to(0.17, go=(length, 0), lead=foot, share=0.3, lead_arm=astern, base_arm=ahead)
        stage.to(0.17, base=foot, share=0.6, lead_arm=ahead, base_arm=astern)
    stage.hold()
    close(stage)


def high_knees(stage: Stage, ask: Ask) -> None:
    """Run on the spot, thighs level at each step."""
    how = manner(stage, ask)
    ahead, astern = how.arm(PUMP_AHEAD), how.arm(PUMP_ASTERN)
    for _ in range(ask.count(6)):
        stage.to(
            0.2, lead=how.knee(Leg(58, 3, 0.6, 5)), drop=0.0, share=0.1, lead_arm=astern,
            base_arm=ahead, tilt=2,
        )  # fmt: skip
        down = Plant(0, 0.09, heel=12)
        stage.to(0.16, lead=down, drop=0.03 + 0.2 * how.low, share=0.8)
        stage.lead_with(-stage.side)
    stage.hold()
    close(stage)


MOVES = {
    "step": step,
    "back_step": back_step,
    "limp": limp,
    "march": march,
    "skip": skip,
    "backpedal": backpedal,
    "ladder_steps": ladder_steps,
    "high_knees": high_knees,
}
