"""What a primitive may say in one breath: a cue for the body on the floor, and one for a flight.

Angles in [deg], turns in full turns towards the lead side, lengths in [m]. What a cue leaves out
stays as it is.
"""

from typing import TypedDict

from claims_env.generators.composer.poses import Arm, Hand, Leg, Plant


class Cue(TypedDict, total=False):
    """A pose to be reached, and how.

    Attributes:
        drop: Pelvis below standing [m].
        tilt: Pelvis forward [deg].
        side: Pelvis towards the lead side [deg].
        roll: Pelvis about its own long axis towards the lead side, before it tilts [deg].
        bend: Chest forward, against the pelvis [deg].
        curve: Chest towards the lead side [deg].
        twist: Chest turned towards the lead side [deg].
        look: Head down and towards the lead side, against the chest [deg].
        turn: Whole body, in full turns towards the lead side.
        go: How far home moves, forward and towards the lead side [m], before feet are placed.
        share: Weight on the lead foot, 0 to 1.
        lead_arm: The lead arm.
        base_arm: The other arm.
        arms: Both arms.
        lead: The lead foot.
        base: The other foot.
        path: Where the pelvis is led, forward and to the lead side of home [m]; else it balances.
        fast: The explosive part of a move, shortened by sharp timing.
    """

    drop: float
    tilt: float
    side: float
    roll: float
    bend: float
    curve: float
    twist: float
    look: tuple[float, float]
    turn: float
    go: tuple[float, float]
    share: float
    lead_arm: Arm | Hand
    base_arm: Arm | Hand
    arms: Arm | Hand
    lead: Plant | Leg
    base: Plant | Leg
    path: tuple[float, float]
    fast: bool


class FlightCue(TypedDict, total=False):
    """A flight from the present stance; a foot without a landing stays in the air.

    Attributes:
        turn: Full turns towards the lead side, at a constant rate.
        tilt: How far the body tips over forward in the air, its angular momentum kept [deg].
        side: The same towards the lead side [deg].
        roll: How far it twists about its own long axis towards the lead side [deg]; after half
            twists it faces the other way.
        go: How far home moves, forward and towards the lead side [m].
        rise: Pelvis above standing at take-off [m].
        landing: Pelvis below standing at touch-down [m].
        lead: The lead leg in the air.
        base: The other leg in the air.
        lead_lands: Where the lead foot comes down.
        base_lands: Where the other foot comes down.
        lead_arm: The lead arm in the air; a hand is set down as the flight ends.
        base_arm: The other arm in the air.
        arms: Both arms in the air.
        bend: Chest forward in the air [deg].
        twist: Chest towards the lead side in the air [deg].
        peak: When the pose in the air is reached, as a share of the airtime.
        opens: When it is left for the landing; at once, if not said.
    """

    turn: float
    tilt: float
    side: float
    roll: float
    go: tuple[float, float]
    rise: float
    landing: float
    lead: Leg
    base: Leg
    lead_lands: Plant
    base_lands: Plant
    lead_arm: Arm | Hand
    base_arm: Arm | Hand
    arms: Arm | Hand
    bend: float
    twist: float
    peak: float
    opens: float
