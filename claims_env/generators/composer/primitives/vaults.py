"""Vault-like flight: a run, a punch off both feet, a block of the hands, and a second flight."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import UP, Arm, Hand, Leg, Plant
from claims_env.generators.composer.primitives.flips import (
    salute,
    somersault_time,
    tuck_over,
)
from claims_env.generators.composer.primitives.running import stride
from claims_env.generators.composer.primitives.tumbling import roll_out
from claims_env.generators.composer.stage import Stage

PALMS = Arm(164, 14, 10, 35)


def run_up(stage: Stage, ask: Ask, steps: int = 2) -> None:
    """Run faster with every step there is time for, then hop onto both feet, arms back."""
    steps = min(steps, ask.repeats - 1)
    for i in range(steps):
        stride(stage, (0.4 + 0.2 * i) * (0.5 + 0.5 * ask.size), 0.07)
    both = Plant(0.12, 0.09)
    stage.to(0.16, lead=Leg(38, 3, 0.8, 0), drop=0.08, share=0, arms=Arm(-35, 16, 20, 0))
    stage.fly(
        0.16,
        rise=0.0,
        go=(0.55 if steps else 0.22, 0),
        landing=0.1,
        lead=Leg(26, 4, 0.92, 0),
        base=Leg(16, 4, 0.9, 0),
        lead_lands=both,
        base_lands=both,
        arms=Arm(-25, 20, 20, 0),
    )


def vault_hop(stage: Stage, ask: Ask) -> None:
    """Run up, punch off both feet, rise straight and stick the landing."""
    run_up(stage, ask)
    stage.jump(
        ask.airtime(0.46),
        load=0.16,
        swing=Arm(95, 14, 10, 0),
        go=(ask.distance(0.5), 0),
        lead=Leg(0, 3, 1.0, 35),
        base=Leg(0, 3, 1.0, 35),
        arms=UP,
        lead_lands=Plant(0.05, 0.11),
        base_lands=Plant(0.05, 0.11),
    )
    stick(stage, ask)


def handspring_vault(stage: Stage, ask: Ask) -> None:
    """Run up, dive onto both hands, block, fly over stretched and land."""
    run_up(stage, ask)
    dive_to_hands(stage, ask)
    straight = Leg(-6, 4, 1.0, 40)
    stage.to(0.1, drop=-0.06, tilt=178, bend=-4, lead=straight, base=straight)
    airtime = somersault_time(ask, 0.42)
    stage.fly(
        airtime,
        tilt=160,
        rise=0.1,
        landing=0.16,
        go=(0.6 + ask.distance(0.8), 0),
        lead=straight,
        base=straight,
        arms=Arm(150, 20, 6, 0),
        bend=-8,
        lead_lands=Plant(0, 0.11),
        base_lands=Plant(0, 0.11),
    )
    stick(stage, ask)


def vault_tuck(stage: Stage, ask: Ask) -> None:
    """Run up, punch off both feet and turn over forwards in a tuck."""
    run_up(stage, ask)
    airtime = somersault_time(ask, 0.57)
    stage.absorb(0.12, tilt=6, bend=4, arms=Arm(100, 14, 40, 0))
    tuck_over(stage, ask, airtime, min(ask.distance(0.9), 1.1), Arm(62, 10, 62, 18))
    stick(stage, ask, tilt=24)


def dive_to_hands(
    stage: Stage, ask: Ask, tips: float = 118, high: float = 150, low: float = 0.06
) -> None:
    """Leave both feet forwards and come down on both hands."""
    trailing = Leg(-16, 5, 0.98, 35)
    stage.absorb(0.1, tilt=16, bend=10, arms=Arm(66, 14, 20, 0))
    stage.to(0.14, drop=0.02, tilt=36, bend=4, arms=Arm(high, 14, 8, 0), fast=True)
    stage.fly(
        min(max(ask.airtime(0.32), 0.3), 0.36),
        tilt=tips - 36,
        rise=0.0,
        landing=low,
        go=(0.2 + ask.distance(0.5), 0),
        lead=trailing,
        base=trailing,
        arms=Hand(0.42, 0.2, arm=PALMS),
        bend=4,
    )


def dive_roll(stage: Stage, ask: Ask) -> None:
    """Jump long and low onto the hands and roll out over the back."""
    run_up(stage, ask, steps=1)
    dive_to_hands(stage, ask, tips=104)
    roll_out(stage, 0.45)


def stick(stage: Stage, ask: Ask, tilt: float = 24) -> None:
    """Land and stand at once, arms overhead."""
    depth = 0.08 + 0.12 * stage.now.style.depth + 0.05 * ask.size
    stage.absorb(depth, arms=Arm(80, 25, 8, 0), tilt=tilt)
    salute(stage)


MOVES = {
    "vault_hop": vault_hop,
    "handspring_vault": handspring_vault,
    "vault_tuck": vault_tuck,
    "dive_roll": dive_roll,
}
