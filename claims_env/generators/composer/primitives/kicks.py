"""Kicks: chamber, hit, fold, set down."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.poses import CHEST, GUARD, Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage


def _chamber(
    stage: Stage, leg: Leg, *, turn: float = 0.0, side: float = 0.0, tilt: float = -4
) -> None:
    """Shift onto the base foot and draw the lead knee up."""
    stage.to(0.2, drop=stage.ease + 0.05, share=0.12, arms=GUARD)
    stage.to(0.2, lead=leg, turn=turn, side=side, tilt=tilt, drop=0.03, share=0.0)


def _set_down(stage: Stage, *, turn: float = 0.0, ahead: float = 0.0) -> None:
    stage.to(
        0.26,
        lead=Plant(ahead, 0.13),
        turn=turn,
        go=(ahead / 2, 0),
        side=0,
        tilt=0,
        bend=3,
        curve=0,
        twist=0,
        drop=stage.ease + 0.05,
        arms=GUARD,
        share=0.4,
        look=(0, 0),
    )
    stage.stand(0.22)


def _rise(height: float) -> float:
    """Return the swing [deg] that brings a foot to a height [m], the hip being 0.85 m up."""
    return 90 + max(-60.0, min(55.0, 70 * (height - 0.85) / 0.8))


def front_kick(stage: Stage, ask: Ask) -> None:
    """Knee up, snap straight ahead, fold, set down."""
    angle = _rise(ask.height(0.95))
    for _ in range(ask.count(1)):
        _chamber(stage, Leg(52, 0, 0.6, 10), tilt=-8)
        stage.to(
            0.14,
            lead=Leg(angle, 0, 1.0, 25),
            tilt=-16,
            bend=10,
            lead_arm=Arm(-10, 25, 40, 0),
            fast=True,
        )
        stage.hold()
        stage.to(0.16, lead=Leg(50, 0, 0.6, 10), tilt=-6, bend=6)
        _set_down(stage)


def roundhouse_kick(stage: Stage, ask: Ask) -> None:
    """Turn the hip over and whip the leg round at the target."""
    rise = _rise(ask.height(1.1))
    _chamber(stage, Leg(25, 55, 0.6, 20), turn=-0.12, side=-16)
    stage.to(
        0.15,
        lead=Leg(30, rise - 12, 0.99, 40, toe=-20),
        turn=-0.16,
        side=-30,
        curve=-4,
        twist=22,
        lead_arm=Arm(-25, 35, 30, 0),
        base_arm=GUARD,
        fast=True,
        look=(0, 25),
    )
    stage.hold()
    stage.to(0.16, lead=Leg(30, 45, 0.6, 15), turn=0.06, side=-14, twist=5)
    _set_down(stage, turn=0.22)


def side_kick(stage: Stage, ask: Ask) -> None:
    """Turn side on, chamber across and thrust the heel out."""
    rise = _rise(ask.height(1.0))
    _chamber(stage, Leg(45, 25, 0.5, -10), turn=-0.2, side=-12)
    stage.to(
        0.16,
        lead=Leg(0, rise, 1.0, -15, toe=-10),
        side=-38,
        curve=-6,
        lead_arm=Arm(0, 42, 25, 0),
        base_arm=CHEST,
        look=(0, 60),
        fast=True,
    )
    stage.hold()
    stage.to(0.18, lead=Leg(45, 28, 0.55, -10), side=-14, curve=0)
    _set_down(stage, turn=0.2)


def back_kick(stage: Stage, ask: Ask) -> None:
    """Turn the back on the target and drive the heel straight behind."""
    stage.to(0.3, turn=0.5, drop=0.09, share=0.1, arms=GUARD, look=(0, 40))
    stage.to(0.18, lead=Leg(35, 2, 0.55, -5), drop=0.05, tilt=20, share=0.0)
    angle = -_rise(ask.height(0.9)) + 48
    stage.to(
        0.16,
        lead=Leg(angle, 4, 1.0, -10),
        tilt=48,
        bend=-8,
        lead_arm=Arm(-10, 20, 40, 0),
        fast=True,
    )
    stage.hold()
    stage.to(0.2, lead=Leg(30, 3, 0.6, 0), tilt=15, bend=3)
    _set_down(stage)


def spin_kick(stage: Stage, ask: Ask) -> None:
    """Spin backwards on the base foot, the straight leg sweeping round at head height."""
    turns = max(ask.turns(1.0), 0.5)
    rise = _rise(ask.height(1.2))
    stage.to(0.22, drop=0.1, twist=-25, share=0.2, arms=CHEST)
    stage.to(0.24, turn=turns * 0.45, lead=Leg(5, 25, 0.8, 10), twist=30, share=0.0, look=(0, 50))
    stage.to(
        0.2,
        turn=turns * 0.4,
        lead=Leg(8, rise - 14, 1.0, 25),
        side=-32,
        drop=0.03,
        twist=15,
        lead_arm=Arm(-10, 55, 20, 0),
        base_arm=CHEST,
        fast=True,
    )
    stage.to(0.2, turn=turns * 0.15, lead=Leg(30, 40, 0.75, 10), side=-10, twist=0)
    _set_down(stage)


def crescent_kick(stage: Stage, ask: Ask) -> None:
    """Swing the straight leg in an arc from across the body outward."""
    top = _rise(ask.height(1.3))
    stage.to(0.22, drop=stage.ease + 0.05, share=0.1, arms=GUARD, twist=12)
    stage.to(0.2, lead=Leg(55, -30, 0.96, 5), drop=0.02, tilt=-6, share=0.0)
    stage.to(
        0.13, lead=Leg(top, 5, 1.0, 5), tilt=-16, bend=12, fast=True, base_arm=Arm(45, 60, 30, 0)
    )
    stage.to(0.13, lead=Leg(55, 62, 1.0, 5), side=-10, fast=True)
    _set_down(stage)


def axe_kick(stage: Stage, ask: Ask) -> None:
    """Throw the straight leg up the front and chop it down."""
    top = _rise(ask.height(1.5)) + 5
    stage.to(0.22, drop=stage.ease + 0.06, share=0.1, arms=GUARD)
    stage.to(
        0.24,
        lead=Leg(top, 6, 0.99, 0),
        drop=0.01,
        tilt=-18,
        bend=16,
        share=0.0,
        arms=Arm(10, 40, 30, 0),
    )
    stage.hold()
    stage.to(0.2, lead=Leg(48, 2, 1.0, 15), tilt=-4, bend=8, fast=True)
    _set_down(stage, ahead=0.2)


def jump_kick(stage: Stage, ask: Ask) -> None:
    """Drive one knee up into a jump and kick with the other leg in the air."""
    angle = _rise(ask.height(1.2) - 0.3)
    stage.lead_with(-stage.side)
    stage.to(
        0.24,
        go=(0.15, 0),
        base=Plant(0.12, 0.1),
        drop=0.2,
        tilt=16,
        share=0.2,
        arms=Arm(-20, 20, 40, 0),
    )
    stage.to(0.2, lead=Leg(58, 3, 0.6, 10), drop=-0.02, tilt=-2, share=0.0, arms=GUARD)
    stage.lead_with(-stage.side)
    stage.fly(
        ask.airtime(0.5),
        go=(ask.distance(0.5), 0),
        landing=0.08,
        lead=Leg(angle, 0, 1.0, 25),
        base=Leg(42, 6, 0.55, 20),
        lead_arm=Arm(-15, 25, 40, 0),
        base_arm=GUARD,
        bend=16,
        lead_lands=Plant(0.08, 0.12),
        base_lands=Plant(-0.14, 0.12),
        peak=0.58,
    )
    stage.absorb(0.2, arms=GUARD)
    stage.stand(0.3)


def knee_strike(stage: Stage, ask: Ask) -> None:
    """Pull down with both hands and drive the knee up."""
    for _ in range(ask.count(1)):
        stage.to(0.2, drop=stage.ease + 0.06, share=0.12, arms=Arm(105, 10, 50, 10))
        stage.to(
            0.17,
            lead=Leg(66, -2, 0.6, 30),
            drop=-0.01,
            tilt=-16,
            bend=16,
            share=0.0,
            arms=Arm(30, 18, 100, 25),
            fast=True,
        )
        stage.hold()
        _set_down(stage)


MOVES = {
    "front_kick": front_kick,
    "roundhouse_kick": roundhouse_kick,
    "side_kick": side_kick,
    "back_kick": back_kick,
    "spin_kick": spin_kick,
    "crescent_kick": crescent_kick,
    "axe_kick": axe_kick,
    "jump_kick": jump_kick,
    "knee_strike": knee_strike,
}
