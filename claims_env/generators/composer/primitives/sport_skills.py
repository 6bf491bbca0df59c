"""Skills with an imagined ball, bat or racket."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant
from claims_env.generators.composer.stage import Stage

DOWN = Plant(0, 0.12)


def ball_kick(stage: Stage, ask: Ask) -> None:
    """Plant beside the ball, swing the leg through it and follow up."""
    stage.lead_with(-stage.side)
    stage.to(
        0.36,
        go=(0.3, 0),
        lead=Plant(0.26, 0.12),
        drop=0.1,
        tilt=4,
        share=0.8,
        arms=Arm(-10, 40, 25, 0),
    )
    stage.lead_with(-stage.side)
    stage.to(
        0.2,
        lead=Leg(-34, 12, 0.78, 30),
        twist=24,
        side=-8,
        lead_arm=Arm(-30, 35, 25, 0),
        base_arm=Arm(30, 75, 15, 0),
        share=0.0,
        drop=0.09,
    )
    stage.to(0.14, lead=Leg(28, 0, 0.97, 35), twist=-12, drop=0.07, tilt=-6, fast=True)
    stage.to(
        0.18,
        lead=Leg(68, -6, 0.97, 30),
        twist=-24,
        bend=14,
        tilt=-10,
        drop=0.02,
        base_arm=Arm(60, 10, 25, 10),
    )
    stage.to(
        0.32, go=(0.25, 0), lead=Plant(0.1, 0.12), drop=0.08, twist=0, bend=4, tilt=2, share=0.5
    )
    stage.recentre()
    stage.stand(0.3)


def throw(stage: Stage, ask: Ask) -> None:
    """Coil with the throwing arm back, stride and whip it over."""
    stage.to(
        0.34,
        turn=0.14,
        drop=0.08,
        twist=34,
        share=0.85,
        lead_arm=Arm(-20, 78, 92, -40),
        base_arm=Arm(70, 30, 15, 0),
        tilt=-4,
    )
    stage.to(0.26, go=(0.25, 0), base=Plant(0.28, 0.08), drop=0.12, share=0.5)
    stage.to(
        0.16,
        turn=-0.14,
        twist=-30,
        lead_arm=Arm(100, 50, 25, 0),
        base_arm=Arm(10, 30, 80, 10),
        share=0.2,
        bend=12,
        fast=True,
    )
    stage.to(0.22, lead_arm=Arm(46, -14, 20, 25), twist=-48, bend=34, tilt=18, drop=0.1, share=0.1)
    stage.hold()
    stage.recentre()
    stage.stand(0.34)


def bat_swing(stage: Stage, ask: Ask) -> None:
    """Load on the rear foot, stride, and swing both hands flat across."""
    # both hands on one grip: solved for hands 0.1 m apart before the chest
    high = Arm(46, -35, 71, 72), Arm(38, 13, 124, -18)
    stage.to(
        0.3, lead=Plant(0, 0.24, lift=0.03), drop=0.1, lead_arm=high[1], base_arm=high[0], tilt=10
    )
    stage.to(0.3, share=0.85, twist=36, drop=0.12, look=(0, -30))
    stage.to(0.2, base=Plant(0.02, 0.3, lift=0.05), share=0.6)
    stage.to(
        0.18,
        twist=-30,
        share=0.25,
        lead_arm=Arm(77, -28, 4, 15),
        base_arm=Arm(70, -15, 4, 28),
        turn=-0.1,
        fast=True,
    )
    stage.to(
        0.2,
        twist=-58,
        lead_arm=Arm(53, -78, 20, 36),
        base_arm=Arm(36, 12, 106, -23),
        turn=-0.08,
        share=0.15,
    )
    stage.hold()
    stage.to(0.4, turn=0.18, twist=0, tilt=0, arms=stage.rest, look=(0, 0), share=0.5)
    stage.recentre()
    stage.stand(0.3)


def racket_swing(stage: Stage, ask: Ask) -> None:
    """Turn, take the racket back and swing low to high across the body."""
    high = ask.height(1.0) > 1.5
    back = Arm(-20, 95, 100, -30) if high else Arm(-30, 58, 30, 0)
    hit = Arm(160, 20, 8, 0) if high else Arm(52, 42, 18, 10)
    end = Arm(40, -18, 35, 30) if high else Arm(95, -26, 92, 40)
    stage.to(
        0.3,
        turn=0.12,
        twist=34,
        lead=Plant(-0.12, 0.17, lift=0.04),
        lead_arm=back,
        base_arm=Arm(60, 35, 25, 0),
        drop=0.14,
        share=0.8,
    )
    stage.to(
        0.2,
        turn=-0.12,
        twist=-16,
        lead_arm=hit,
        base_arm=Arm(20, 45, 45, 0),
        share=0.35,
        drop=0.08,
        fast=True,
    )
    stage.to(0.2, twist=-44, lead_arm=end, drop=0.05, share=0.25)
    stage.hold()
    stage.stand(0.34)


def jump_shot(stage: Stage, ask: Ask) -> None:
    """Dip with the ball at the chest, jump, release over the head, land softly."""
    pocket = Arm(42, 20, 100, 36)
    stage.to(0.26, drop=0.14, tilt=8, arms=pocket, lead=Plant(0.05, 0.12, lift=0.02))
    set_point = Arm(112, 18, 96, 10)
    stage.to(0.24, drop=0.2, tilt=10, bend=6)
    stage.drive(ask.airtime(0.4), set_point)
    stage.fly(
        ask.airtime(0.4),
        lead=Leg(2, 5, 0.96, 30),
        base=Leg(-4, 5, 0.95, 30),
        lead_arm=Arm(148, 10, 8, 0),
        base_arm=Arm(125, 24, 40, 10),
        lead_lands=DOWN,
        base_lands=DOWN,
        bend=-4,
    )
    stage.absorb(0.14, lead_arm=Arm(135, 8, 10, 0), base_arm=Arm(100, 24, 45, 10))
    stage.stand(0.35)


def overhead_reach(stage: Stage, ask: Ask) -> None:
    """Stretch the lead hand as high as it goes, up on the toes."""
    stage.to(0.28, drop=0.12, tilt=10, arms=Arm(-20, 20, 30, 0))
    stage.to(
        0.32,
        drop=-0.06,
        tilt=0,
        curve=-8,
        lead=Plant(0, 0.1, heel=42),
        base=Plant(0, 0.1, heel=42),
        lead_arm=Arm(172, 14, 2, 0),
        base_arm=Arm(20, 40, 30, 0),
        look=(-26, 0),
        bend=-6,
    )
    stage.hold()
    stage.to(0.34, drop=0.06, curve=0, lead=Plant(0, 0.1), base=Plant(0, 0.1), look=(0, 0), bend=2)
    stage.to(0.28, arms=stage.rest, drop=stage.ease)


def dive_reach(stage: Stage, ask: Ask) -> None:
    """Throw the body low to the lead side, reaching, hand to the floor, and push back up."""
    width = min(ask.distance(0.6), 0.8)
    stage.to(0.24, drop=0.18, tilt=16, bend=8, arms=Arm(35, 35, 50, 0), share=0.3)
    stage.to(
        0.3,
        go=(0, width / 2),
        lead=Plant(0, width / 2 + 0.1, toe=35),
        drop=0.36,
        side=22,
        curve=22,
        share=0.85,
        lead_arm=Arm(40, 92, 6, 0),
        base_arm=Arm(30, 60, 20, 0),
        fast=True,
    )
    stage.to(0.22, drop=0.42, side=30, curve=30, lead_arm=Hand(0.08, width / 2 + 0.62, 0.08))
    stage.to(0.15, bend=14)
    stage.hold()
    stage.to(0.24, drop=0.3, side=14, curve=10, lead_arm=Arm(50, 50, 40, 0), share=0.7)
    stage.to(
        0.34, base=Plant(0, 0.12), go=(0, width / 4), drop=0.12, side=0, curve=0, tilt=4, share=0.5
    )
    stage.recentre()
    stage.stand(0.34)


MOVES = {
    "ball_kick": ball_kick,
    "throw": throw,
    "bat_swing": bat_swing,
    "racket_swing": racket_swing,
    "jump_shot": jump_shot,
    "overhead_reach": overhead_reach,
    "dive_reach": dive_reach,
}
