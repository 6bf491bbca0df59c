"""Shapes of partnering, danced with an imagined partner: reaches, lifts, dips, frames."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import close, manner
from claims_env.generators.composer.poses import SECOND, Arm
from claims_env.generators.composer.stage import Stage

FRAME = (Arm(38, 66, 62, -24), Arm(44, 34, 84, 34))
"""Of the lead arm, holding a hand out, and of the other arm, round a back."""


def partner_reach(stage: Stage, ask: Ask) -> None:
    """Step out with an offered hand, lean away from it and return."""
    how = manner(stage, ask)
    step = 0.12 * how.gain
    stage.to(
        0.32, go=(0.1, step), lead=how.plant(0.16, 0.08 + step), drop=how.sink(0.1), share=0.8,
        lead_arm=how.arm(Arm(66, 40, 12, 0)), base_arm=how.arm(Arm(-14, 50, 20, 0)), twist=-10,
        curve=how.angle(8),
    )  # fmt: skip
    stage.to(
        0.28, share=0.35, curve=how.angle(-16), twist=how.angle(14), bend=-8, look=(0, 20),
        lead_arm=how.arm(Arm(60, 68, 6, 0)),
    )  # fmt: skip
    stage.hold()
    stage.to(
        0.28, base=how.plant(0, 0.12), curve=0, twist=0, bend=2, arms=how.arm(SECOND), share=0.5,
        look=(0, 0),
    )  # fmt: skip
    close(stage)


def lift_shape(stage: Stage, ask: Ask) -> None:
    """Sink with both hands at an imagined waist, press it overhead, and set it down."""
    how, deep = manner(stage, ask), ask.depth(0.6)
    stage.to(0.22, lead=how.plant(0.12, 0.15), drop=0.05, arms=how.arm(Arm(52, 18, 44, 10)))
    for _ in range(ask.count(1)):
        stage.to(
            0.32, drop=0.12 + 0.24 * deep, arms=Arm(44, 14, 70, 10), tilt=8, bend=8, share=0.55
        )
        stage.to(
            0.32, drop=-0.02, arms=how.arm(Arm(162, 14, 14, 0)), tilt=-4, bend=how.angle(-12),
            look=(-24, 0),
        )  # fmt: skip
        stage.wait(0.15)
        stage.hold()
        stage.to(0.38, drop=how.sink(0.16), arms=Arm(60, 16, 50, 10), tilt=4, bend=6, look=(0, 0))
    close(stage)


def dip(stage: Stage, ask: Ask) -> None:
    """Step wide and bend a partner low over the lead knee, the free arm flung up."""
    how, deep = manner(stage, ask), ask.depth(0.7)
    width = 0.34 * how.gain
    stage.to(0.19, lead_arm=FRAME[0], base_arm=FRAME[1], drop=0.04)
    stage.to(
        0.32, go=(0.04, 0.5 * width), lead=how.plant(0.1, 0.14 + 0.5 * width, toe=45), share=0.8,
        drop=0.12 + 0.2 * deep, lead_arm=how.arm(Arm(34, 46, 50, 30)),
        base_arm=how.arm(Arm(20, 84, 12, 0)),
    )  # fmt: skip
    stage.to(
        0.32, drop=0.16 + 0.24 * deep, side=how.angle(14), curve=how.angle(30), bend=16,
        lead_arm=how.arm(Arm(30, 48, 40, 20)), base_arm=how.arm(Arm(30, 128, 10, 0)),
        look=(16, 20),
    )  # fmt: skip
    stage.hold()
    stage.to(0.35, drop=0.08, side=0, curve=0, bend=2, arms=how.arm(SECOND), look=(0, 0), share=0.5)
    close(stage)


def counterbalance(stage: Stage, ask: Ask) -> None:
    """Hold on with both hands and hang the weight back from the feet."""
    how = manner(stage, ask)
    stage.to(
        0.22,
        lead=how.plant(0.2, 0.12),
        base=how.plant(0.16, 0.12),
        arms=how.arm(Arm(80, 8, 30, 10)),
    )
    for _ in range(ask.count(1)):
        stage.to(
            0.38, drop=how.sink(0.26), tilt=how.angle(-36), bend=8, share=0.5, look=(-12, 0),
            arms=how.arm(Arm(104, 6, 4, 0)),
        )  # fmt: skip
        stage.to(0.19, curve=how.angle(8))
        stage.hold()
        stage.to(0.35, drop=0.03, tilt=0, bend=2, curve=0, arms=how.arm(Arm(70, 14, 50, 20)))
    close(stage)


def waltz_frame(stage: Stage, ask: Ask) -> None:
    """Hold a partner in a closed frame and waltz round in long-short-short steps."""
    how, length = manner(stage, ask), ask.distance(0.42)
    stage.to(0.19, lead_arm=how.arm(FRAME[0]), base_arm=how.arm(FRAME[1]), drop=0.05, curve=-5)
    for i in range(ask.count(2)):
        ahead = length if i % 2 == 0 else -length
        stage.to(
            0.23, go=(ahead / 2, 0), lead=how.plant(ahead / 2, 0.09), drop=how.sink(0.1), share=0.8,
            turn=0.06, side=how.angle(4),
        )  # fmt: skip
        foot = how.plant(ahead / 2, 0.22, heel=22)
        stage.to(0.2, go=(ahead / 2, -0.1), base=foot, drop=0.0, share=0.2, turn=0.12)
        stage.to(0.21, lead=how.plant(0.0, 0.07, heel=22), drop=-0.03, share=0.5, turn=0.07, side=0)
        stage.to(0.14, lead=how.plant(0.0, 0.09), base=how.plant(0.0, 0.09), drop=0.04)
        stage.hold()
    close(stage)


MOVES = {
    "partner_reach": partner_reach,
    "lift_shape": lift_shape,
    "dip": dip,
    "counterbalance": counterbalance,
    "waltz_frame": waltz_frame,
}
