"""Springs and leaps of dance: from two feet to one, with a beat, a stag, or half a turn."""

from claims_env.generators.composer.ask import Ask
from claims_env.generators.composer.manner import Manner, close, manner
from claims_env.generators.composer.poses import FIFTH, FIRST, SECOND, Arm, Leg
from claims_env.generators.composer.stage import Stage

SWUNG = Leg(42, 3, 0.8, 25)
"""The leg a run-up swings into the air."""


def saute(stage: Stage, ask: Ask) -> None:
    """A spring off both feet with stretched legs and pointed toes."""
    how = manner(stage, ask)
    leg = how.straight(Leg(0, 8, 1.0, 48, toe=20))
    for _ in range(ask.count(2)):
        time = ask.airtime(0.38)
        stage.to(0.2, drop=how.sink(0.15), arms=how.arm(FIRST))
        stage.drive(time, how.arm(Arm(34, 40, 36, 30)))
        stage.fly(
            time, lead=leg, base=leg, arms=how.arm(SECOND), lead_lands=how.plant(0, 0.1),
            base_lands=how.plant(0, 0.1), bend=-2,
        )  # fmt: skip
        stage.absorb(how.sink(0.14), tilt=3, bend=2)
    stage.to(0.25, drop=stage.ease, arms=stage.rest, tilt=0)
    stage.hold()


def sissonne(stage: Stage, ask: Ask) -> None:
    """Spring from two feet, split the legs open in the air, and land on one."""
    how, time = manner(stage, ask), min(ask.airtime(0.42), 0.48)
    for _ in range(ask.count(1)):
        stage.to(0.22, lead=how.plant(0.06, 0.08), drop=how.sink(0.14), arms=how.arm(FIRST), tilt=6)
        stage.drive(time, how.arm(Arm(60, 30, 30, 20)))
        stage.fly(
            time, go=(ask.distance(0.7), 0), lead=how.straight(how.leg(Leg(42, 4, 1.0, 45))),
            base=how.straight(how.leg(Leg(-62, 6, 1.0, 45))), lead_arm=how.arm(Arm(88, 10, 6, 0)),
            base_arm=how.arm(SECOND), bend=-8, landing=0.05, lead_lands=how.plant(0.05, 0.06),
        )  # fmt: skip
        stage.absorb(how.sink(0.17), base=how.leg(Leg(-46, 6, 1.0, 45)), tilt=14, bend=-10)
        stage.hold()
        stage.to(0.26, base=how.plant(-0.04, 0.08), drop=0.04, tilt=0, bend=2, arms=how.arm(SECOND))
    close(stage)


def assemble(stage: Stage, ask: Ask) -> None:
    """Brush one leg out to the side, spring, join the legs in the air, and land on both."""
    how, time = manner(stage, ask), min(ask.airtime(0.42), 0.48)
    for _ in range(ask.count(1)):
        stage.to(0.2, drop=how.sink(0.12), share=0.15, arms=how.arm(FIRST))
        brush = how.leg(Leg(6, 46, 1.0, 45, toe=25))
        stage.to(0.22, lead=brush, drop=0.02, share=0.0, arms=how.arm(SECOND), side=-5)
        tight = Leg(8, 6, 1.0, 45, toe=20)
        stage.fly(
            time, go=(0, ask.distance(0.3)), lead=tight, base=tight, arms=how.arm(FIFTH),
            lead_lands=how.plant(0.04, 0.08), base_lands=how.plant(-0.04, 0.08),
        )  # fmt: skip
        stage.absorb(how.sink(0.14), tilt=4, bend=2)
        stage.hold()
        stage.to(0.22, drop=0.1, arms=how.arm(SECOND), tilt=0)
    stage.to(0.22, arms=stage.rest, drop=stage.ease)


def pas_de_chat(stage: Stage, ask: Ask) -> None:
    """Spring sideways, one knee drawn up after the other, like a cat."""
    how, time = manner(stage, ask), min(ask.airtime(0.4), 0.46)
    tuck = how.knee(Leg(62, 40, 0.48, 45, toe=10))
    for _ in range(ask.count(1)):
        stage.to(0.2, drop=how.sink(0.17), arms=how.arm(FIRST), share=0.1)
        stage.to(0.2, lead=tuck, drop=0.0, share=0.0, arms=how.arm(Arm(36, 60, 36, 20)))
        stage.fly(
            time, go=(0, ask.distance(0.5)), lead=tuck, base=tuck, arms=how.arm(SECOND),
            lead_lands=how.plant(0.02, 0.1), base_lands=how.plant(-0.04, 0.1), landing=0.06,
        )  # fmt: skip
        stage.absorb(how.sink(0.16), tilt=4, bend=3)
        stage.hold()
        stage.to(0.22, drop=0.02, tilt=0)
    stage.to(0.22, arms=stage.rest, drop=stage.ease)


def stag_leap(stage: Stage, ask: Ask) -> None:
    """Run into a leap with the front leg bent under and the rear leg stretched behind."""
    how = manner(stage, ask)
    _run_in(stage, how)
    stage.fly(
        min(ask.airtime(0.46), 0.52), go=(ask.distance(1.1), 0), landing=0.02,
        lead=how.knee(Leg(78, 4, 0.5, 45)), base=how.straight(how.leg(Leg(-64, 6, 1.0, 45))),
        lead_arm=how.arm(SECOND), base_arm=how.arm(FIFTH), bend=-12,
        lead_lands=how.plant(0.12, 0.06),
    )  # fmt: skip
    stage.absorb(how.sink(0.16), base=how.leg(Leg(-40, 8, 0.97, 35)), arms=how.arm(SECOND), tilt=10)
    _close(stage, how)


def tour_jete(stage: Stage, ask: Ask) -> None:
    """Throw the leg up in front, turn half about in the air, and land with the other behind."""
    how = manner(stage, ask)
    _run_in(stage, how, Leg(64, 4, 0.96, 40))
    stage.fly(
        min(ask.airtime(0.48), 0.54), go=(ask.distance(0.6), 0), turn=0.5, landing=0.03,
        lead=Leg(14, 4, 1.0, 45), base=how.straight(how.leg(Leg(-50, 6, 1.0, 45))),
        arms=how.arm(FIFTH), lead_lands=how.plant(0.02, 0.06), peak=0.6,
    )  # fmt: skip
    stage.absorb(
        how.sink(0.15), base=how.leg(Leg(-58, 6, 1.0, 45)), tilt=22, bend=-20,
        lead_arm=how.arm(Arm(94, 8, 6, 0)), base_arm=how.arm(SECOND),
    )  # fmt: skip
    _close(stage, how)


def _run_in(stage: Stage, how: Manner, leg: Leg = SWUNG) -> None:
    """Two steps of run-up, the second one swinging the lead leg into the air."""
    stage.lead_with(-stage.side)
    stage.to(
        0.24, go=(0.3, 0), lead=how.plant(0.25, 0.08), drop=0.1, tilt=8, share=0.85,
        arms=how.arm(Arm(-25, 24, 15, 0)),
    )  # fmt: skip
    stage.lead_with(-stage.side)
    stage.to(
        0.24, lead=leg, drop=-0.01, tilt=2, share=0.0,
        arms=how.arm(Arm(50, 40, 15, 0)),
    )  # fmt: skip


def _close(stage: Stage, how: Manner) -> None:
    stage.hold()
    stage.to(0.24, go=(0.1, 0), base=how.plant(0.04, 0.1), drop=0.12, tilt=0, bend=2, share=0.5)
    close(stage)


MOVES = {
    "saute": saute,
    "sissonne": sissonne,
    "assemble": assemble,
    "pas_de_chat": pas_de_chat,
    "stag_leap": stag_leap,
    "tour_jete": tour_jete,
}
