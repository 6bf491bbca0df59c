"""Footwork of fighters and players: stances, slides, pivots and changes of stance."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import close, manner, settle
from claims_env.generators.composer.poses import Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage


def guard(stage: Stage, ask: Ask) -> None:
    """Take a fighting stance and bounce lightly in it."""
    how = manner(stage, ask)
    stage.to(
        0.28, lead=how.stance(), drop=how.low + 0.02, arms=how.guard, twist=-18, bend=8, tilt=5,
        share=0.5,
    )  # fmt: skip
    for _ in range(ask.count(2)):
        stage.to(0.2, drop=how.low - 0.02 * how.size, share=0.62)
        stage.to(0.2, drop=how.low + 0.04 * how.size, share=0.4)
    stage.hold()


def advance(stage: Stage, ask: Ask) -> None:
    """Push off the rear foot and slide in: lead foot first, rear foot after, hands up."""
    how, length = manner(stage, ask), ask.distance(0.3)
    stage.to(0.2, lead=how.stance(), arms=how.guard, drop=how.low + 0.03, twist=-14, bend=8)
    for _ in range(ask.count(2)):
        front, back = 0.16 + length / 2, -0.14
        stage.to(0.2, go=(length / 2, 0), lead=Plant(front, how.width, lift=0.04), share=0.35)
        stage.to(0.2, go=(length / 2, 0), base=Plant(back, how.width, lift=0.03), share=0.6)
        stage.hold()
    settle(stage, how)


def retreat(stage: Stage, ask: Ask) -> None:
    """Push off the lead foot and slide out of range: rear foot first, lead foot after."""
    how, length = manner(stage, ask), ask.distance(0.32)
    stage.to(0.2, lead=how.stance(), arms=how.guard, drop=how.low + 0.03, twist=-14, bend=6)
    for _ in range(ask.count(2)):
        back = -0.16 - length / 2
        stage.to(0.2, go=(-length / 2, 0), base=Plant(back, how.width, lift=0.04), share=0.65)
        stage.to(0.2, go=(-length / 2, 0), lead=Plant(0.14, how.width, lift=0.03), share=0.4)
        stage.hold()
    settle(stage, how)


def circle(stage: Stage, ask: Ask) -> None:
    """Circle an opponent in small side steps, always turned towards the middle."""
    how, width = manner(stage, ask), ask.distance(0.32)
    stage.to(0.2, lead=how.stance(), arms=how.guard, drop=how.low + 0.03, bend=8)
    for _ in range(ask.count(4)):
        stage.to(
            0.22, go=(0, 0.9 * width), turn=-0.07, lead=Plant(0.08, how.width, lift=0.05),
            share=0.35, side=4,
        )  # fmt: skip
        stage.to(0.2, base=Plant(-0.08, how.width, lift=0.04), share=0.6, side=0)
    stage.hold()
    settle(stage, how)


def switch_step(stage: Stage, ask: Ask) -> None:
    """Switch stance: both feet change places in one quick scissoring step."""
    how = manner(stage, ask)
    ahead = min(0.2 * how.gain, 0.23)
    stage.to(0.2, lead=Plant(ahead, 0.13), arms=how.guard, drop=how.low + 0.03, twist=-18)
    for _ in range(ask.count(2)):
        stage.to(0.14, drop=how.low + 0.07, share=0.5)
        stage.fly(
            0.2, rise=0.0, landing=how.low + 0.02, twist=18,
            lead=Leg(-4, 6, 0.92, 10), base=Leg(6, 6, 0.91, 5),
            lead_lands=Plant(-ahead, 0.13), base_lands=Plant(ahead, 0.13),
        )  # fmt: skip
        stage.absorb(0.05 + 0.1 * how.style.depth, arms=how.guard, twist=18, tilt=4)
        stage.hold()
        stage.lead_with(-stage.side)
    settle(stage, how)


def side_step(stage: Stage, ask: Ask) -> None:
    """Step to the lead side and draw the other foot after."""
    how, width = manner(stage, ask), ask.distance(0.45)
    low = 0.6 * how.low
    for _ in range(ask.count(2)):
        stage.to(
            0.28, go=(0, width / 2), lead=Plant(0, 0.1 + width / 2), drop=low + 0.04, side=4,
            share=0.6, curve=how.angle(5), arms=stage.rest,
        )  # fmt: skip
        base = Plant(0, 0.1, lift=0.06)
        stage.to(0.28, go=(0, width / 2), base=base, drop=low, side=0, share=0.5, curve=0)
        stage.hold()


def shuffle(stage: Stage, ask: Ask) -> None:
    """Slide along to the lead side in quick low steps, hands up."""
    how, width = manner(stage, ask), ask.distance(0.4)
    low = how.low + 0.07
    ready = how.arm(Arm(38, 32, 72, 12))
    stage.to(0.2, arms=ready, lead=Plant(0, 0.2), drop=low, tilt=12, bend=8)
    for _ in range(ask.count(3)):
        stage.to(0.2, go=(0, width), lead=Plant(0, 0.2, lift=0.04), share=0.3, drop=low - 0.02)
        stage.to(0.2, base=Plant(0, 0.2, lift=0.04), share=0.6, drop=low)
    stage.hold()
    close(stage)


def pivot(stage: Stage, ask: Ask) -> None:
    """Turn on the ball of the base foot, the other foot walking round."""
    how, turns = manner(stage, ask), ask.turns(0.5)
    steps = max(1, round(abs(turns) * 3))
    arms = how.arm(Arm(30, 52, 40, 20))
    low = 0.7 * how.low + 0.04
    stage.to(0.2, drop=low, twist=how.angle(-18), arms=arms, share=0.3)
    for _ in range(steps):
        stage.to(
            0.28, turn=turns / steps, lead=Plant(0, 0.17, lift=0.04), share=0.15,
            twist=how.angle(12), drop=low,
        )  # fmt: skip
    stage.hold()
    base = Plant(0, 0.11, lift=0.02)
    stage.to(0.24, twist=0, drop=stage.ease, base=base, share=0.5, arms=stage.rest)


MOVES = {
    "guard": guard,
    "advance": advance,
    "retreat": retreat,
    "circle": circle,
    "switch_step": switch_step,
    "side_step": side_step,
    "shuffle": shuffle,
    "pivot": pivot,
}
