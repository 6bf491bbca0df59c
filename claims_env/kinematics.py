"""Kinematics: what a motion does, and what it would take, measured once and without an opinion.

The motion filter sets limits on these figures, the offline judges read them, tests compare them.
"""

from dataclasses import dataclass

from claims_env.contact import lowest, soles
from claims_env.dynamics.strain import measure_strain
from claims_env.flight import falling
from claims_env.floor_contact import measure_feet, measure_floor
from claims_env.motion import Motion
from claims_env.movement import measure_movement


@dataclass(frozen=True, slots=True)
class MotionFeatures:
    """Figures of one motion. Shares are 0 to 1 of its frames; turns are full turns.

    Attributes:
        seconds: Length [s].
        mean_speed: Mean joint speed [m/s], the paper's proxy of difficulty.
        top_speed: Fastest joint [m/s].
        hand_speed: Fastest hand, relative to the pelvis [m/s].
        foot_speed: Fastest ankle, relative to the pelvis [m/s].
        joint_turn_rate: 99th percentile of the local joints' turning rate [rad/s].
        top_joint_turn_rate: Fastest local joint [rad/s].
        root_speed: Mean horizontal speed of the pelvis [m/s].
        top_root_speed: Fastest horizontal pelvis, over 0.2 s [m/s].
        root_acceleration: 99.5th percentile of the pelvis's acceleration [m/s^2].
        root_low: Lowest pelvis [m].
        root_high: Highest pelvis [m].
        root_drop: How far the pelvis sinks below its median height [m].
        travel: Way of the pelvis over the floor, wobble under 0.1 m left out [m].
        displacement: Farthest the pelvis gets from its start over the floor [m].
        foot_height: Highest ankle [m].
        hand_height: Highest hand [m].
        hand_low: Lowest hand [m].
        reach: Longest hand-to-shoulder stretch, 1 is a straight arm.
        turned: Widest turn about the vertical [turns]; there and back counts once.
        turned_in_all: Every turn about the vertical added up [turns].
        turn_rate: Fastest turn about the vertical, over 0.2 s [rad/s].
        inverted: Share with the pelvis upside down.
        inversions: How often it turns upside down.
        lying: Share with the trunk nearer the floor's plane than upright.
        airborne: Share spent in flights: clear of the floor, the centre of mass falling freely.
        longest_flight_s: Longest flight [s].
        flights: How many.
        floating: Share 0.1 m clear of the floor while the centre of mass does not fall freely.
        longest_clear_s: Longest time 0.1 m clear of the floor, falling or not [s].
        deepest: Deepest point under the floor [m], 0 if none.
        sunk: Share with a point over 2 cm under the floor.
        mean_depth: Mean depth under the floor [m].
        single_support: Share on one foot.
        longest_balance_s: Longest time on one foot [s].
        slip: Mean speed of planted feet [m/s].
        skating: Share of planted feet sliding over 0.5 m/s.
        bursts: How many separate bursts of movement.
        effort: Mean mechanical power of the joints, taken up or given off [W/kg].
        joint_load: 99th percentile of the hardest worked joint's moment; 1: a strong person's most.
        ground_force: 99th percentile of what the floor pushes with [body weights].
        friction: 95th percentile of sideways over upward push that standing and stepping need.
        residual: Mean force and moment that no push of the floor explains [body weights].
        residual_p95: Its 95th percentile [body weights].
        gravity_fit: Farthest a flight's fall is from `GRAVITY` [m/s^2], 0 if there is no flight.
        spin_drift: Largest change of angular momentum in a flight, as a share of it.
        self_penetration: How deep limbs are in the body in the worst 15 % of frames [m].
        tangled: Share with a limb over 3 cm in the body.
        beyond_limits: How far a joint is out of its range, in the worst 1 % of frames [rad].
    """

    seconds: float
    mean_speed: float
    top_speed: float
    hand_speed: float
    foot_speed: float
    joint_turn_rate: float
    top_joint_turn_rate: float
    root_speed: float
    top_root_speed: float
    root_acceleration: float
    root_low: float
    root_high: float
    root_drop: float
    travel: float
    displacement: float
    foot_height: float
    hand_height: float
    hand_low: float
    reach: float
    turned: float
    turned_in_all: float
    turn_rate: float
    inverted: float
    inversions: int
    lying: float
    airborne: float
    longest_flight_s: float
    flights: int
    floating: float
    longest_clear_s: float
    deepest: float
    sunk: float
    mean_depth: float
    single_support: float
    longest_balance_s: float
    slip: float
    skating: float
    bursts: int
    effort: float
    joint_load: float
    ground_force: float
    friction: float
    residual: float
    residual_p95: float
    gravity_fit: float
    spin_drift: float
    self_penetration: float
    tangled: float
    beyond_limits: float


def measure_motion(motion: Motion) -> MotionFeatures:
    """Return the figures of a motion; the floor is z = 0."""
    sole_points = soles(motion.pose)
    height, is_falling = lowest(motion.pose, sole_points), falling(motion)
    return MotionFeatures(
        seconds=motion.seconds,
        **measure_movement(motion),
        **measure_floor(motion, height, is_falling),
        **measure_feet(sole_points, motion.fps),
        **measure_strain(motion, height, is_falling),
    )
