"""The vocabulary of poses: where a foot or an arm is at a key. Angles in [deg], as coaches say."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Plant:
    """A foot set down, relative to the body's home and heading.

    Attributes:
        forward: Of home [m].
        out: Of the body's middle towards the foot's own side [m].
        toe: Outward turn of the toes [deg]; None takes the style's.
        heel: How far the heel is raised [deg].
        lift: How high the foot swings on its way [m].
    """

    forward: float = 0.0
    out: float = 0.1
    toe: float | None = None
    heel: float = 0.0
    lift: float = 0.06


@dataclass(frozen=True, slots=True)
class Leg:
    """A free leg, relative to the pelvis.

    Attributes:
        forward: Swing from hanging, hip to ankle [deg].
        out: The same towards its own side [deg].
        reach: Hip to ankle over full length, 0.3 folded to 1 straight.
        point: How far the foot is pointed [deg]; negative is flexed.
        toe: Outward turn of knee and toes [deg].
    """

    forward: float = 0.0
    out: float = 3.0
    reach: float = 0.96
    point: float = 15.0
    toe: float = 0.0


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm, relative to the chest.

    Attributes:
        forward: Swing of the upper arm from hanging [deg]; negative is behind.
        out: The same towards its own side [deg].
        bend: Elbow [deg].
        inward: Twist of the upper arm that brings a bent forearm across the body [deg].
    """

    forward: float = 0.0
    out: float = 0.0
    bend: float = 15.0
    inward: float = 0.0


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand set on the floor, relative to the body's home and heading; lifted by the next `Arm`.

    Attributes:
        forward: Of home [m].
        out: Of the body's middle towards the hand's own side [m].
        height: Of the wrist above the floor [m].
        arm: Roughly what the arm looks like then; settles which way the elbow points.
    """

    forward: float = 0.3
    out: float = 0.2
    height: float = 0.05
    arm: Arm = Arm(90, 15, 20, 0)


def between(a: Arm, b: Arm, share: float) -> Arm:
    """Return the arm pose a `share` of the way from a to b."""
    return Arm(
        *(
            x + (y - x) * share
            for x, y in (
                (a.forward, b.forward),
                (a.out, b.out),
                (a.bend, b.bend),
                (a.inward, b.inward),
            )
        )
    )


def straighter(leg: Leg, extension: float) -> Leg:
    """Return the leg with its knee, where it is a stretched one, as an extension 0..1 allows.

    Its foot is pointed accordingly.
    """
    point = min(leg.point * (0.7 + 0.6 * extension), 55) if leg.point > 0 else leg.point
    if leg.reach <= 0.9:
        return replace(leg, point=point)
    return replace(leg, reach=leg.reach * (0.88 + 0.12 * extension), point=point)


HANG = Arm(4, 11, 18, 12)
GUARD = Arm(38, 18, 122, 28)
SIDE = Arm(8, 86, 12, 0)
UP = Arm(160, 28, 14, 0)
FIRST = Arm(42, 26, 46, 42)
"""Ballet's first position: a rounded circle before the waist."""
SECOND = Arm(24, 74, 24, 10)
"""Ballet's second position: rounded to the sides, a little before the body."""
FIFTH = Arm(118, 88, 42, -28)
"""Ballet's fifth position: rounded over the head."""
CHEST = Arm(48, 34, 118, 58)
"""Forearm folded before the chest."""
FACE = Arm(66, 22, 118, 30)
"""Forearm vertical before the face: a cover."""
