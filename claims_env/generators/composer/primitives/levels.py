"""Changes of level: lunges, squats, crouches, and the sprawl to the floor and back."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import manner, settle
from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant
from claims_env.generators.composer.stage import Stage

SHOOTING = 0.26
"""How long two legs take at least to be shot back into a plank, or drawn in [s]."""


def lunge(stage: Stage, ask: Ask) -> None:
    """Stride long onto a bent front knee, rear leg straight, and return unless asked to stay."""
    how, deep = manner(stage, ask), ask.depth(0.6)
    length = min(ask.distance(0.75), 0.98)
    low = 0.12 + 0.24 * deep
    for _ in range(ask.count(1)):
        stage.to(
            0.4, go=(length / 2, 0), lead=Plant(length / 2, 0.1), drop=low, tilt=6, share=0.72,
            arms=how.arm(Arm(20, 40, 25, 0)),
        )  # fmt: skip
        stage.to(0.15, drop=low + 0.02 + 0.02 * deep)
        stage.hold()
        if ask.given.get("stay"):
            return
        stage.to(0.24, drop=0.12, share=0.35, tilt=2)
        stage.to(0.26, go=(-length / 2, 0), lead=Plant(0, 0.1), drop=0.03, share=0.5, tilt=0)
    stage.to(0.2, arms=stage.rest, drop=stage.ease)


def squat(stage: Stage, ask: Ask) -> None:
    """Sit down until the thighs are level and stand up."""
    how, deep = manner(stage, ask), ask.depth(0.8)
    stage.to(0.24, lead=Plant(0, 0.17, toe=18), drop=0.03)
    stage.to(0.24, base=Plant(0, 0.17, toe=18), share=0.5)
    for _ in range(ask.count(1)):
        stage.to(
            0.52, drop=0.1 + 0.36 * deep, tilt=18 + 18 * deep, bend=8, look=(-10, 0),
            arms=how.arm(Arm(76, 8, 12, 0)),
        )  # fmt: skip
        stage.hold()
        stage.to(0.48, drop=0.03, tilt=0, bend=2, arms=stage.rest, look=(0, 0))


def crouch(stage: Stage, ask: Ask) -> None:
    """Sink into a low ready stance and prowl in it from foot to foot."""
    how, deep = manner(stage, ask), ask.depth(0.6)
    stage.to(0.24, lead=Plant(0.12, 0.2), drop=0.1, share=0.5)
    stage.to(
        0.32, drop=0.16 + 0.26 * deep, tilt=28, bend=18, look=(-22, 0),
        arms=how.arm(Arm(44, 34, 52, 5)),
    )  # fmt: skip
    for _ in range(ask.count(2)):
        stage.to(0.24, share=0.75, twist=how.angle(8), side=4)
        stage.to(0.24, share=0.25, twist=how.angle(-8), side=-4)
        stage.hold()
    stage.to(0.24, side=0, share=0.5)
    settle(stage, how, 0.3)


def level_change(stage: Stage, ask: Ask) -> None:
    """Drop the hips under an upright chest, touch forward, then come back up."""
    how, deep = manner(stage, ask), ask.depth(0.6)
    stage.to(0.2, lead=Plant(0.16, 0.16, lift=0.03), drop=how.low + 0.02, arms=how.guard)
    for _ in range(ask.count(1)):
        stage.to(
            0.21, drop=how.low + 0.08 + 0.28 * deep, tilt=14, bend=4, look=(-10, 0), share=0.6,
            arms=how.arm(Arm(64, 14, 34, 10)),
        )  # fmt: skip
        stage.wait(0.1)
        stage.hold()
        stage.to(0.24, drop=how.low, tilt=4, bend=4, arms=how.guard, look=(0, 0), share=0.5)
    settle(stage, how)


def sprawl(stage: Stage, ask: Ask) -> None:
    """Hands to the floor, legs shot back to a plank, and up again."""
    how = manner(stage, ask)
    back = min(1.1 * (0.6 + 0.4 * how.size), 1.18)
    for _ in range(ask.count(1)):
        stage.to(0.36, drop=0.42, tilt=46, bend=34, arms=Arm(62, 14, 30, 0), look=(-20, 0))
        stage.to(
            0.25, drop=0.5, tilt=50, bend=40, path=(0.03, 0),
            arms=Hand(0.5, 0.2, arm=Arm(70, 14, 30, 0)),
        )  # fmt: skip
        _shoot_back(stage, back)
        stage.hold()
        tuck = Leg(66, 8, 0.58, -10)
        away = max(0.33, SHOOTING * stage.rate)
        stage.to(away, drop=0.46, tilt=62, bend=34, path=(-0.12, 0), lead=tuck, base=tuck)
        under = Plant(0.02, 0.14)
        stage.to(0.2, lead=under, base=under, drop=0.48, tilt=50, path=(-0.03, 0))
        stage.to(0.3, arms=Arm(40, 16, 30, 0), drop=0.4, tilt=40, bend=25, path=(0.0, 0))
        settle(stage, how, 0.4)


def _shoot_back(stage: Stage, back: float) -> None:
    leg, toes = Leg(-2, 10, 0.96, -35), Plant(-back, 0.15, heel=60)
    path = (-0.18 * back / 1.1, 0.0)
    away = max(0.3, SHOOTING * stage.rate)
    stage.to(away, drop=0.52, tilt=76, bend=6, path=path, lead=leg, base=leg, look=(-25, 0))
    stage.to(0.14, lead=toes, base=toes, drop=0.55, tilt=80, path=path)
    # the hips are what pins an opponent: they sink below the line from hands to toes
    stage.to(0.18, drop=0.64, tilt=74, bend=-16, path=(path[0] + 0.06, 0.0))


MOVES = {
    "lunge": lunge,
    "squat": squat,
    "crouch": crouch,
    "level_change": level_change,
    "sprawl": sprawl,
}
