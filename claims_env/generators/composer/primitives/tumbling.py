"""Gymnastics: turning upside down and back, big swings of the arms, and balances."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import UP, Arm, Hand, Leg, Plant
from claims_env.generators.composer.primitives.running import stride
from claims_env.generators.composer.stage import Stage

SPLIT = Leg(2, 42, 0.98, 35)


def cartwheel(stage: Stage, ask: Ask) -> None:
    """Wheel sideways over both hands, legs wide; half a turn brings both feet down together."""
    span = 1.05
    stage.to(0.32, arms=Arm(10, 165, 4, 0), drop=0.02, go=(0, 0.05))
    stage.to(0.34, go=(0, 0.25), lead=Plant(0, 0.32, toe=60), drop=0.12, side=8, share=0.7)
    stage.to(
        0.3,
        drop=0.24,
        side=62,
        curve=24,
        path=(0, 0.38),
        base=Leg(2, 30, 0.98, 30),
        lead_arm=Hand(0.0, 0.92, arm=Arm(10, 160, 4, 0)),
        base_arm=Arm(10, 160, 6, 0),
    )
    stage.to(
        0.2,
        drop=0.08,
        side=118,
        curve=10,
        path=(0, 0.75),
        lead=SPLIT,
        base=SPLIT,
        base_arm=Hand(0, -1.3, arm=Arm(10, 160, 4, 0)),
    )
    stage.to(0.16, drop=0.02, side=178, curve=0, path=(0, 1.1), lead=SPLIT, base=SPLIT)
    stage.to(
        0.2,
        drop=0.1,
        side=242,
        curve=-8,
        path=(0, 1.44),
        lead_arm=Arm(10, 150, 6, 0),
        lead=SPLIT,
        base=SPLIT,
    )
    stage.to(
        0.24,
        drop=0.26,
        side=298,
        curve=-22,
        path=(0, 1.78),
        base_arm=Arm(10, 150, 6, 0),
        base=Plant(0, -1.95 + 0.0, toe=30),
    )
    stage.to(
        0.36,
        drop=0.1,
        side=352,
        curve=0,
        go=(0, 2 * span + 0.02),
        path=(0, 0.0),
        lead=Plant(0, 0.3, toe=20),
        arms=Arm(10, 140, 6, 0),
        share=0.5,
    )
    stage.to(0.2, side=360, drop=0.05)
    stage.recentre()
    if abs(ask.turns(1.0)) == 0.5:
        stage.to(0.3, turn=0.25, lead=Plant(0, 0.11), drop=0.1)
    stage.stand(0.3)


def forward_roll(stage: Stage, ask: Ask) -> None:
    """Squat, hands down, roll over a rounded back and stand up."""
    far = 0.95
    stage.to(0.4, drop=0.5, tilt=40, bend=40, arms=Arm(70, 14, 20, 0), lead=Plant(0, 0.1, heel=20))
    hands = Hand(0.42, 0.19, arm=Arm(150, 16, 40, 0))
    stage.to(0.22, drop=0.42, tilt=86, bend=62, look=(45, 0), path=(0.12, 0), arms=hands)
    fold = Leg(75, 8, 0.62, 20)
    stage.to(0.24, drop=0.3, tilt=142, bend=70, look=(60, 0), path=(0.42, 0), lead=fold, base=fold)
    ball, round_arms = Leg(98, 8, 0.42, 20), Arm(55, 12, 60, 20)
    stage.to(
        0.2, drop=0.56, tilt=212, bend=62, path=(0.72, 0), lead=ball, base=ball, arms=round_arms
    )
    stage.to(0.2, drop=0.79, tilt=278, bend=52, path=(far - 0.08, 0), lead=ball, base=ball)
    stage.to(
        0.26,
        drop=0.66,
        tilt=352,
        bend=56,
        go=(far + 0.28, 0),
        path=(-0.16, 0),
        look=(20, 0),
        lead=Plant(0, 0.11),
        base=Plant(0, 0.11),
        arms=Arm(80, 10, 25, 0),
    )
    stage.to(0.26, drop=0.5, tilt=398, bend=30, path=(-0.02, 0), share=0.5)
    stage.to(0.5, drop=0.05, tilt=362, bend=4, look=(0, 0), arms=stage.rest)
    stage.to(0.2, tilt=360)


def handstand_kick_up(stage: Stage, ask: Ask) -> None:
    """Step in, kick up to a handstand, hold it and step down."""
    stage.to(0.35, arms=UP, drop=0.02)
    stage.to(0.36, go=(0.3, 0), lead=Plant(0.3, 0.08), drop=0.14, tilt=14, share=0.8)
    hands = Hand(0.95, 0.2, arm=Arm(165, 16, 10, 0))
    stage.to(
        0.36,
        drop=0.2,
        tilt=86,
        bend=22,
        base=Leg(-30, 3, 0.98, 30),
        path=(0.38, 0),
        arms=hands,
    )
    up = Leg(0, 3, 0.99, 40)
    stage.to(
        0.32,
        drop=0.04,
        tilt=142,
        bend=12,
        path=(0.74, 0),
        base=Leg(-8, 3, 0.99, 40),
        lead=Leg(42, 3, 0.9, 30),
    )
    stage.to(0.34, drop=-0.02, tilt=180, bend=0, path=(0.95, 0), base=up, lead=up)
    stage.wait(0.12)
    stage.hold()
    stage.to(0.34, drop=0.05, tilt=140, bend=12, path=(0.74, 0), lead=Leg(48, 3, 0.96, 20))
    stage.to(0.34, drop=0.22, tilt=84, bend=24, path=(0.36, 0), lead=Plant(0.3, 0.08))
    stage.to(
        0.4, drop=0.1, tilt=14, bend=4, arms=UP, base=Plant(-0.1, 0.1), path=(0.12, 0), share=0.5
    )
    stage.to(0.3, drop=0.05, tilt=0, arms=stage.rest)
    stage.recentre()
    stage.stand(0.35)


def bridge_reach(stage: Stage, ask: Ask) -> None:
    """Arch back with both arms over the head as far as balance allows."""
    deep = ask.depth(0.7)
    stage.to(0.35, lead=Plant(0, 0.15, lift=0.03), arms=UP, drop=0.03)
    stage.to(0.3, base=Plant(0, 0.15, lift=0.03), share=0.5)
    stage.to(
        0.8,
        drop=0.08 + 0.16 * deep,
        tilt=-14 - 18 * deep,
        bend=-24 - 26 * deep,
        look=(-20, 0),
        arms=Arm(172, 16, 6, 0),
    )
    stage.hold()
    stage.to(0.7, drop=0.04, tilt=0, bend=4, look=(0, 0), arms=UP)
    stage.to(0.4, arms=stage.rest)


def arm_swing(stage: Stage, ask: Ask) -> None:
    """Swing both arms from overhead down past the knees and back up, knees bending."""
    for _ in range(ask.count(2)):
        stage.to(0.32, arms=Arm(168, 14, 4, 0), drop=0.0, tilt=-4, bend=-12)
        stage.to(0.3, arms=Arm(20, 10, 6, 0), drop=0.16, tilt=22, bend=22, fast=True)
        stage.to(0.24, arms=Arm(-48, 12, 6, 0), drop=0.2, tilt=32, bend=24)
        stage.to(0.32, arms=Arm(30, 10, 6, 0), drop=0.12, tilt=14, bend=12)
    stage.to(0.35, arms=Arm(165, 14, 4, 0), drop=0.0, tilt=0, bend=-6)
    stage.hold()
    stage.to(0.4, arms=stage.rest, bend=2)


def round_arm_circle(stage: Stage, ask: Ask) -> None:
    """Circle both straight arms up before the body and down at the sides."""
    for _ in range(ask.count(2)):
        stage.to(0.3, arms=Arm(85, 10, 6, 0), drop=0.05)
        stage.to(0.3, arms=Arm(150, 40, 6, 0), drop=0.01, bend=-6)
        stage.to(0.3, arms=Arm(20, 120, 6, 0), bend=-4)
        stage.to(0.3, arms=Arm(-5, 50, 8, 0), drop=0.06, bend=2)
        stage.to(0.2, arms=Arm(14, 8, 10, 0))
    stage.to(0.25, arms=stage.rest)


def vault_hop(stage: Stage, ask: Ask) -> None:
    """Run up, punch off both feet, rise straight and stick the landing."""
    for i in range(3):
        stride(stage, 0.32 + 0.16 * i, 0.07)
    both = Plant(0.12, 0.09)
    stage.to(0.16, lead=Leg(38, 3, 0.8, 0), drop=0.08, share=0, arms=Arm(-35, 16, 20, 0))
    stage.fly(
        0.16,
        rise=0.0,
        go=(0.55, 0),
        landing=0.1,
        lead=Leg(26, 4, 0.92, 0),
        base=Leg(16, 4, 0.9, 0),
        lead_lands=both,
        base_lands=both,
        arms=Arm(-25, 20, 20, 0),
    )
    stage.jump(
        ask.airtime(0.5),
        load=0.2,
        swing=Arm(95, 14, 10, 0),
        go=(ask.distance(0.5), 0),
        lead=Leg(0, 3, 1.0, 35),
        base=Leg(0, 3, 1.0, 35),
        arms=UP,
        lead_lands=Plant(0.05, 0.11),
        base_lands=Plant(0.05, 0.11),
    )
    stage.absorb(0.26, arms=Arm(80, 25, 8, 0), tilt=22)
    stage.to(0.35, drop=0.02, tilt=0, bend=-4, arms=UP)
    stage.hold()
    stage.recentre()
    stage.stand(0.3)


def scale_balance(stage: Stage, ask: Ask) -> None:
    """Tip forward on one leg until trunk and free leg are level, arms wide."""
    level = min(84.0, 72 * ask.size)
    stage.to(0.35, arms=Arm(10, 85, 4, 0), drop=0.03, share=0.1)
    stage.to(
        0.9, lead=Leg(-20, 2, 1.0, 40), tilt=level, bend=-22, drop=0.0, share=0.0, look=(-18, 0)
    )
    stage.wait(0.2)
    stage.hold()
    stage.to(0.7, lead=Plant(-0.02, 0.1), tilt=0, bend=2, drop=0.04, share=0.4, look=(0, 0))
    stage.stand(0.3)


MOVES = {
    "cartwheel": cartwheel,
    "forward_roll": forward_roll,
    "handstand_kick_up": handstand_kick_up,
    "bridge_reach": bridge_reach,
    "arm_swing": arm_swing,
    "round_arm_circle": round_arm_circle,
    "vault_hop": vault_hop,
    "scale_balance": scale_balance,
}
