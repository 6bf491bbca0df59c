"""Leaving the floor: jumps, hops, leaps and their turns."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import SECOND, Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage

DOWN = Plant(0, 0.12)
TUCK = Leg(72, 6, 0.46, 25)
TRAIL = Leg(-6, 5, 0.98, 35)


def jump(stage: Stage, ask: Ask) -> None:
    """Straight up, or as far forward as asked."""
    for _ in range(ask.count(1)):
        _two_feet(
            stage, ask, 0.45, Leg(2, 4, 0.97, 35), Arm(160, 12, 10, 0), ahead=ask.distance(0.05)
        )


def tuck_jump(stage: Stage, ask: Ask) -> None:
    """Knees to the chest at the top."""
    for _ in range(ask.count(1)):
        _two_feet(stage, ask, 0.52, TUCK, Arm(58, 12, 60, 20), bend=22)


def star_jump(stage: Stage, ask: Ask) -> None:
    """Arms and legs flung wide at the top."""
    for _ in range(ask.count(1)):
        _two_feet(stage, ask, 0.5, Leg(4, 36, 0.98, 30), Arm(20, 118, 6, 0))


def two_foot_hop(stage: Stage, ask: Ask) -> None:
    """Low springy hops off both feet, forearms raised for balance."""
    for _ in range(ask.count(3)):
        time = ask.airtime(0.26)
        stage.to(0.2, drop=0.12 + 0.04 * ask.size, tilt=10, bend=6, arms=Arm(-14, 16, 40, 0))
        stage.drive(time, Arm(40, 18, 60, 0))
        stage.fly(
            time,
            go=(ask.distance(0.16), 0),
            lead=Leg(4, 4, 0.95, 35),
            base=Leg(4, 4, 0.95, 35),
            arms=Arm(44, 20, 60, 0),
            lead_lands=DOWN,
            base_lands=DOWN,
        )
        stage.absorb(0.1 + 0.06 * ask.size, tilt=10, bend=6, arms=Arm(10, 18, 50, 0))
    stage.to(0.3, drop=stage.ease, tilt=0, bend=2, arms=stage.rest)
    stage.hold()


def _two_feet(
    stage: Stage,
    ask: Ask,
    airtime: float,
    leg: Leg,
    arms: Arm,
    *,
    bend: float = 2.0,
    turn: float = 0.0,
    ahead: float = 0.0,
) -> None:
    time = ask.airtime(airtime)
    stage.jump(
        time,
        load=0.16 + 0.2 * time,
        swing=Arm(105, 16, 20, 0),
        turn=turn,
        go=(ahead, 0),
        lead=leg,
        base=leg,
        arms=arms,
        bend=bend,
        lead_lands=DOWN,
        base_lands=DOWN,
    )
    stage.absorb(0.12 + 0.3 * time, arms=Arm(38, 24, 30, 0))
    stage.to(0.35, drop=stage.ease, tilt=0, bend=2, arms=stage.rest)
    stage.hold()


def split_leap(stage: Stage, ask: Ask) -> None:
    """A run-up step, then a leap with the legs split fore and aft."""
    _leap(stage, ask, 0.5, Leg(84, 2, 1.0, 40), Leg(-66, 6, 1.0, 40))


def leap(stage: Stage, ask: Ask) -> None:
    """A long leap from one foot to the other."""
    _leap(stage, ask, 0.42, Leg(60, 2, 0.96, 30), Leg(-40, 5, 0.97, 35))


def _leap(stage: Stage, ask: Ask, airtime: float, front: Leg, rear: Leg) -> None:
    time = ask.airtime(airtime)
    stage.lead_with(-stage.side)
    stage.to(
        0.34,
        go=(0.3, 0),
        lead=Plant(0.25, 0.08),
        drop=0.13,
        tilt=8,
        share=0.85,
        arms=Arm(-25, 20, 15, 0),
    )
    stage.lead_with(-stage.side)
    stage.to(0.24, lead=Leg(42, 3, 0.8, 25), drop=-0.03, tilt=2, share=0.0, arms=Arm(50, 40, 15, 0))
    stage.fly(
        time,
        go=(ask.distance(1.3), 0),
        landing=0.02,
        lead=front,
        base=rear,
        lead_arm=SECOND,
        base_arm=Arm(80, 22, 10, 0),
        bend=-6,
        lead_lands=Plant(0.12, 0.06),
    )
    stage.absorb(0.15, base=Leg(-38, 8, 0.95, 35), arms=SECOND, tilt=10)
    stage.hold()
    stage.to(0.32, go=(0.2, 0), base=Plant(0.05, 0.1), drop=0.05, tilt=0, bend=2, share=0.5)
    stage.recentre()
    stage.stand(0.3)


def hop(stage: Stage, ask: Ask) -> None:
    """Hop on the base foot, the other knee held up."""
    _hops(stage, ask, ask.turns(0.0))


def hop_turn(stage: Stage, ask: Ask) -> None:
    """Hop on one foot while turning."""
    _hops(stage, ask, ask.turns(0.5))


def _hops(stage: Stage, ask: Ask, turns: float) -> None:
    count = ask.count(2 if not turns else 1)
    knee = Leg(46, 5, 0.66, 20)
    time = min(max(ask.airtime(0.28), abs(turns) / count / 2.4), 0.5)
    stage.to(0.28, lead=knee, drop=0.1, share=0.0, arms=Arm(-20, 25, 30, 0))
    for _ in range(count):
        stage.to(0.2, drop=0.13, arms=Arm(-20, 25, 30, 0), share=0.0)
        stage.to(0.16, drop=-0.02, arms=Arm(50, 30, 30, 0))
        stage.fly(
            time,
            rise=0.03,
            turn=turns / count,
            go=(ask.distance(0.25), 0),
            lead=knee,
            base=Leg(0, 3, 0.95, 30),
            base_lands=Plant(0.02, 0.05),
            arms=Arm(60, 40, 25, 0),
        )
        stage.absorb(0.1, tilt=8)
    stage.to(0.25, drop=0.04, tilt=0)
    stage.stand(0.28)


def jump_turn(stage: Stage, ask: Ask) -> None:
    """Jump off both feet and spin about the long axis."""
    turns = ask.turns(0.5)
    turns = max(min(turns, 1.5), -1.5)
    time = max(ask.airtime(0.45), min(abs(turns) / 2.3, 0.65))
    stage.to(0.24, twist=-28 if turns > 0 else 28, drop=0.12, arms=Arm(10, 40, 40, 0))
    stage.jump(
        time,
        load=0.3,
        swing=Arm(70, 30, 50, 20),
        turn=turns,
        lead=TRAIL,
        base=TRAIL,
        arms=Arm(40, 22, 105, 52),
        twist=8,
        lead_lands=DOWN,
        base_lands=DOWN,
    )
    stage.absorb(0.22, arms=Arm(30, 55, 25, 0))
    stage.to(0.35, drop=stage.ease, tilt=0, bend=2, arms=stage.rest)
    stage.hold()


MOVES = {
    "jump": jump,
    "tuck_jump": tuck_jump,
    "star_jump": star_jump,
    "split_leap": split_leap,
    "leap": leap,
    "hop": hop,
    "two_foot_hop": two_foot_hop,
    "hop_turn": hop_turn,
    "jump_turn": jump_turn,
}
