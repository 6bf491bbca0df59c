"""What people do all day: greetings, looks, handling of things, and steps up and down."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import close, manner
from claims_env.generators.composer.poses import Arm, Leg, Plant
from claims_env.generators.composer.stage import Stage


def wave(stage: Stage, ask: Ask) -> None:
    """Raise one hand beside the head and wave with it."""
    how = manner(stage, ask)
    left, right = how.arm(Arm(36, 108, 58, -60)), how.arm(Arm(36, 112, 84, -30))
    stage.to(0.41, lead_arm=left, base_arm=stage.rest, share=0.55, look=(-4, 8))
    for _ in range(ask.count(3)):
        stage.to(0.2, lead_arm=right, curve=how.angle(-3))
        stage.to(0.2, lead_arm=left, curve=how.angle(3))
    stage.hold()
    stage.to(0.41, lead_arm=stage.rest, curve=0, share=0.5, look=(0, 0))


def bow(stage: Stage, ask: Ask) -> None:
    """Fold forward from the hips with a straight back, and rise."""
    how, deep = manner(stage, ask), ask.depth(0.6)
    for _ in range(ask.count(1)):
        stage.to(
            0.64, tilt=20 + 34 * deep, bend=8 + 24 * deep, drop=0.02, look=(14, 0),
            arms=how.arm(Arm(18, 6, 10, 0)),
        )  # fmt: skip
        stage.wait(0.25)
        stage.hold()
        stage.to(0.64, tilt=0, bend=2, drop=stage.ease, look=(0, 0), arms=stage.rest)


def clap(stage: Stage, ask: Ask) -> None:
    """Clap the hands before the chest."""
    how = manner(stage, ask)
    opened, closed = how.arm(Arm(42, 36, 70, 6)), Arm(46, 10, 74, 40)
    stage.to(0.32, arms=opened)
    for _ in range(ask.count(4)):
        stage.to(0.13, arms=closed, drop=stage.ease + 0.01)
        stage.to(0.15, arms=opened, drop=stage.ease)
    stage.hold()
    stage.to(0.32, arms=stage.rest)


def stretch(stage: Stage, ask: Ask) -> None:
    """Reach both arms overhead, rise on the toes, and lean to one side and the other."""
    how = manner(stage, ask)
    up = Plant(0, 0.11, heel=26 * how.gain)
    stage.to(0.64, arms=how.arm(Arm(162, 24, 12, 0)), bend=how.angle(-8), look=(-16, 0))
    stage.to(0.32, lead=up, base=up, drop=-0.04)
    stage.hold()
    stage.to(0.32, lead=Plant(0, 0.11), base=Plant(0, 0.11), drop=0.0)
    for _ in range(ask.count(1)):
        stage.to(0.51, curve=how.angle(26), share=0.35)
        stage.to(0.74, curve=how.angle(-26), share=0.65)
    stage.to(0.55, curve=0, bend=2, arms=stage.rest, share=0.5, look=(0, 0))


def catch(stage: Stage, ask: Ask) -> None:
    """Reach out with both hands at a height, close them and draw them to the chest."""
    how = manner(stage, ask)
    swing = min(max(90 + 80 * (ask.height(1.3) - 1.35), 30), 150)
    for _ in range(ask.count(1)):
        stage.to(0.25, drop=how.low + 0.02, lead=Plant(0.16, 0.14), arms=Arm(40, 20, 70, 10))
        stage.to(0.2, arms=how.arm(Arm(swing, 14, 16, 10)), tilt=8, bend=-4, share=0.65, fast=True)
        stage.to(
            0.26, arms=Arm(36, 14, 104, 40), drop=how.low + how.sink(0.1), tilt=4, bend=14,
            share=0.45, look=(10, 0),
        )  # fmt: skip
        stage.hold()
    close(stage)


def look_around(stage: Stage, ask: Ask) -> None:
    """Look far to one side and to the other, one hand shading the eyes."""
    how = manner(stage, ask)
    stage.to(0.37, lead_arm=how.arm(Arm(96, 40, 112, 30)), share=0.5)
    for _ in range(ask.count(1)):
        stage.to(0.51, look=(0, how.angle(56)), twist=how.angle(24), share=0.65)
        stage.wait(0.15)
        stage.to(0.74, look=(0, how.angle(-56)), twist=how.angle(-24), share=0.35)
        stage.wait(0.15)
    stage.to(0.46, look=(0, 0), twist=0, share=0.5, arms=stage.rest)


def pick_up(stage: Stage, ask: Ask) -> None:
    """Bend the knees, reach to the floor with both hands, and lift what lay there."""
    how, deep = manner(stage, ask), ask.depth(0.8)
    for _ in range(ask.count(1)):
        stage.to(0.28, lead=Plant(0.08, 0.2), drop=0.08)
        stage.to(
            0.51, drop=0.16 + 0.28 * deep, tilt=44, bend=24, look=(12, 0),
            arms=Arm(64 * how.gain, 4, 8, 10),
        )  # fmt: skip
        stage.wait(0.12)
        stage.hold()
        stage.to(0.6, drop=0.03, tilt=0, bend=-2, arms=how.arm(Arm(34, 14, 84, 20)), look=(0, 0))
    close(stage)


def push(stage: Stage, ask: Ask) -> None:
    """Step in and press both palms away from the chest."""
    how = manner(stage, ask)
    step = 0.3 * how.gain
    for _ in range(ask.count(1)):
        stage.to(0.28, arms=Arm(20, 24, 124, 20), drop=0.08 + 0.3 * how.low, tilt=-4)
        stage.to(
            0.33, go=(step / 2, 0), lead=Plant(step, 0.12), tilt=14, drop=0.1 + how.low, share=0.72,
            arms=how.arm(Arm(86, 8, 6, 0)),
        )  # fmt: skip
        stage.hold()
        stage.recentre()
        close(stage)


def pull(stage: Stage, ask: Ask) -> None:
    """Reach out, grip, and lean back against the weight while the elbows come home."""
    how = manner(stage, ask)
    stage.to(0.32, lead=Plant(0.2, 0.13), arms=how.arm(Arm(84, 6, 10, 10)), tilt=10, share=0.6)
    for _ in range(ask.count(2)):
        stage.to(
            0.39, arms=Arm(-14 * how.gain, 16, 96, 10), tilt=how.angle(-10), share=0.3,
            drop=how.sink(0.15), bend=-6,
        )  # fmt: skip
        stage.hold()
        stage.to(0.33, arms=how.arm(Arm(84, 6, 10, 10)), tilt=8, share=0.6, drop=0.05, bend=4)
    close(stage)


def climb(stage: Stage, ask: Ask) -> None:
    """Climb an imagined ladder: opposite hand and knee reach up, and press down again."""
    how = manner(stage, ask)
    for _ in range(ask.count(4)):
        stage.to(
            0.29, lead=how.knee(Leg(76, 6, 0.56, 0)), base_arm=how.arm(Arm(140, 14, 30, 0)),
            lead_arm=Arm(70, 16, 84, 10), drop=-0.01, share=0.0, look=(-14, 0),
        )  # fmt: skip
        stage.to(0.28, lead=Plant(0.03, 0.12), base_arm=Arm(70, 16, 84, 10), drop=0.05, share=0.7)
        stage.lead_with(-stage.side)
    stage.hold()
    close(stage)


def drink(stage: Stage, ask: Ask) -> None:
    """Take a cup to the mouth, tip the head back with it, and put it down."""
    how = manner(stage, ask)
    for _ in range(ask.count(1)):
        stage.to(0.45, lead_arm=how.arm(Arm(44, 14, 30, 10)), look=(12, 8), share=0.55)
        stage.to(0.5, lead_arm=Arm(62, 26, 138, 42), look=(0, 0))
        stage.to(0.4, lead_arm=Arm(72, 32, 138, 42), look=(-20, 0), bend=how.angle(-7))
        stage.wait(0.3)
        stage.hold()
        stage.to(0.5, lead_arm=how.arm(Arm(44, 14, 30, 10)), look=(8, 0), bend=2)
    stage.to(0.4, arms=stage.rest, look=(0, 0), share=0.5)


def strum(stage: Stage, ask: Ask) -> None:
    """Hold an instrument before the body: one hand up on its neck, the other across its strings."""
    how = manner(stage, ask)
    neck = how.arm(Arm(34, 48, 92, -10))
    up, down = how.arm(Arm(20, 30, 96, 52)), how.arm(Arm(4, 22, 74, 56))
    stage.to(0.4, base_arm=neck, lead_arm=up, look=(18, -14), share=0.6)
    for i in range(ask.count(4)):
        stage.to(0.2, lead_arm=down, drop=stage.ease + 0.02 * how.size, curve=how.angle(-3))
        stage.to(0.2, lead_arm=up, drop=stage.ease, curve=how.angle(3), share=(0.62, 0.38)[i % 2])
    stage.hold()
    stage.to(0.4, arms=stage.rest, curve=0, look=(0, 0), share=0.5)


def swim(stage: Stage, ask: Ask) -> None:
    """Crawl strokes of a swimmer on dry land, one arm after the other, over a bent trunk."""
    how = manner(stage, ask)
    reach, catch_, exit_ = Arm(158, 14, 10, 0), Arm(60, 4, 30, 10), Arm(-38, 24, 40, 0)
    stage.to(0.4, tilt=how.angle(34), bend=how.angle(14), drop=how.sink(0.1), look=(-10, 0))
    for _ in range(ask.count(4)):
        turn = how.angle(16)
        stage.to(0.3, lead_arm=how.arm(reach), base_arm=how.arm(catch_), twist=-turn, share=0.6)
        stage.to(0.3, lead_arm=how.arm(catch_), base_arm=how.arm(exit_), twist=turn, look=(0, -24))
        stage.lead_with(-stage.side)
    stage.hold()
    close(stage, 0.4)


MOVES = {
    "drink": drink,
    "strum": strum,
    "swim": swim,
    "wave": wave,
    "bow": bow,
    "clap": clap,
    "stretch": stretch,
    "catch": catch,
    "look_around": look_around,
    "pick_up": pick_up,
    "push": push,
    "pull": pull,
    "climb": climb,
}
