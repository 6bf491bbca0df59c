"""Kinematics: what a motion does, measured once and without an opinion.

The motion filter sets limits on these figures, the offline judges read them, tests compare them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from claims_env.contact import (
    CLEARANCE,
    Mask,
    lowest,
    slip,
    sole_heights,
    soles,
    spells,
)
from claims_env.flight import falling, flights, lasting
from claims_env.motion import Motion
from claims_env.rotation import Floats, conjugate, multiply, rotate, to_rotvec
from claims_env.skeleton import INDEX

_HANDS = [INDEX["L_Hand"], INDEX["R_Hand"]]
_WRISTS = [INDEX["L_Wrist"], INDEX["R_Wrist"]]
_SHOULDERS = [INDEX["L_Shoulder"], INDEX["R_Shoulder"]]
_ANKLES = [INDEX["L_Ankle"], INDEX["R_Ankle"]]
_ARM = 0.504
"""Upper arm plus forearm of the neutral skeleton [m]."""


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


def measure_motion(motion: Motion) -> MotionFeatures:
    """Return the figures of a motion; the floor is z = 0."""
    return MotionFeatures(
        seconds=motion.seconds,
        **_speeds(motion),
        **_root(motion),
        **_limbs(motion),
        **_turns(motion),
        **_floor(motion),
        **_feet(motion),
    )


def _speeds(motion: Motion) -> dict[str, Any]:
    velocity = np.diff(motion.joints, axis=0) * motion.fps
    speed = np.linalg.norm(velocity, axis=-1)
    relative = np.linalg.norm(velocity - velocity[:, :1], axis=-1)
    local = _turning(motion.rotations, motion.fps)[:, 1:]
    turning = np.linalg.norm(local, axis=-1)
    return {
        "mean_speed": float(speed.mean()),
        "top_speed": float(speed.max()),
        "hand_speed": float(relative[:, _HANDS].max()),
        "foot_speed": float(relative[:, _ANKLES].max()),
        "joint_turn_rate": float(np.percentile(turning, 99)),
        "top_joint_turn_rate": float(turning.max()),
        "bursts": _bursts(speed.mean(1), motion.fps),
    }


def _root(motion: Motion) -> dict[str, Any]:
    root, fps = motion.root, motion.fps
    over_floor = root[:, :2]
    pace = np.linalg.norm(_slow_rate(over_floor, fps), axis=-1)
    step = max(1, round(fps / 30))  # second differences of dense mocap are mostly noise
    acceleration = np.diff(root[::step], n=2, axis=0) * (fps / step) ** 2
    lengths = np.linalg.norm(acceleration, axis=-1)
    return {
        "root_speed": float(np.linalg.norm(np.diff(over_floor, axis=0), axis=-1).mean() * fps),
        "top_root_speed": float(pace.max()),
        "root_acceleration": float(np.percentile(lengths, 99.5)) if len(lengths) else 0.0,
        "root_low": float(root[:, 2].min()),
        "root_high": float(root[:, 2].max()),
        "root_drop": float(np.median(root[:, 2]) - root[:, 2].min()),
        "travel": _way(over_floor),
        "displacement": float(np.linalg.norm(over_floor - over_floor[0], axis=-1).max()),
    }


def _limbs(motion: Motion) -> dict[str, Any]:
    joints = motion.joints
    stretch = np.linalg.norm(joints[:, _WRISTS] - joints[:, _SHOULDERS], axis=-1)
    return {
        "foot_height": float(joints[:, _ANKLES, 2].max()),
        "hand_height": float(joints[:, _HANDS, 2].max()),
        "hand_low": float(joints[:, _HANDS, 2].min()),
        "reach": float(stretch.max() / _ARM),
    }


def _turns(motion: Motion) -> dict[str, Any]:
    pelvis = motion.rotations[:, 0]
    # unlike a heading, the vertical part of an angular velocity is defined head down too
    rate = _turning(pelvis, motion.fps)[:, 2]
    yaw = np.concatenate([[0.0], np.cumsum(rate / motion.fps)]) / (2 * np.pi)
    upside_down = _upside_down(motion)
    trunk = motion.joints[:, INDEX["Neck"]] - motion.joints[:, 0]
    return {
        "turned": float(np.ptp(yaw)),
        "turned_in_all": float(np.abs(np.diff(_smooth(yaw, motion.fps))).sum()),
        "turn_rate": float(np.abs(_slow_rate(yaw, motion.fps)).max() * 2 * np.pi),
        "inverted": float(upside_down.mean()),
        "inversions": len(list(spells(upside_down))),
        "lying": float((np.abs(trunk[:, 2]) < 0.5 * np.linalg.norm(trunk, axis=-1)).mean()),
    }


def _upside_down(motion: Motion) -> Mask:
    up = rotate(motion.rotations[:, 0], np.array([0.0, 1.0, 0.0]))[:, 2]
    above = motion.joints[:, 0, 2] - motion.joints[:, INDEX["Neck"], 2]
    # lying on the back with the legs in the air tips the pelvis over, but not the body
    return np.asarray((up < -0.2) & (above > 0.1))


def _floor(motion: Motion) -> dict[str, Any]:
    height = lowest(motion.pose, soles(motion.pose))
    is_falling = falling(motion)
    flown = flights(height, is_falling, motion.fps)
    return {
        "airborne": sum(flown) / motion.seconds,
        "longest_flight_s": max(flown, default=0.0),
        "flights": len(flown),
        "floating": float(((height > CLEARANCE) & ~is_falling).mean()),
        "longest_clear_s": max(lasting(height > CLEARANCE, 0.0, motion.fps), default=0.0),
        "deepest": float(max(0.0, -height.min())),
        "sunk": float((height < -0.02).mean()),
        "mean_depth": float(np.maximum(-height, 0).mean()),
    }


def _feet(motion: Motion) -> dict[str, Any]:
    sole_points = soles(motion.pose)
    low = sole_heights(sole_points)
    # the other foot has to be well off the floor, or every mocap walk is a dance on one leg
    alone = [(low[:, i] < CLEARANCE) & (low[:, 1 - i] > low[:, i] + CLEARANCE) for i in (0, 1)]
    sliding = slip(sole_points, motion.fps)
    on_floor = sliding[np.isfinite(sliding)]
    return {
        "single_support": float((alone[0] | alone[1]).mean()),
        "longest_balance_s": max((t for f in alone for t in lasting(f, 0, motion.fps)), default=0),
        "slip": float(on_floor.mean()) if len(on_floor) else 0.0,
        "skating": float((on_floor > 0.5).mean()) if len(on_floor) else 0.0,
    }


def _turning(q: Floats, fps: float) -> Floats:
    """Return angular velocities in the parent's frame, shape (frames - 1, ..., 3) [rad/s]."""
    return to_rotvec(multiply(q[1:], conjugate(q[:-1]))) * fps


def _smooth(values: Floats, fps: float) -> Floats:
    # scipy costs half a second to load; `import claims_env` should not
    from scipy.ndimage import gaussian_filter1d

    return np.asarray(gaussian_filter1d(values, 0.1 * fps, axis=0, mode="nearest"))


def _slow_rate(values: Floats, fps: float) -> Floats:
    """Return rates of change over about 0.2 s, which a single bad frame cannot fake."""
    gap = max(1, min(len(values) - 1, round(0.2 * fps)))
    return np.asarray((values[gap:] - values[:-gap]) * fps / gap)


def _way(path: Floats) -> float:
    """Return the length of a path (frames, 2) [m], in strides of at least 0.1 m."""
    length, last = 0.0, path[0]
    for point in path:
        stride = float(np.linalg.norm(point - last))
        if stride >= 0.1:
            length, last = length + stride, point
    return length


def _bursts(speed: Floats, fps: float) -> int:
    calm = _smooth(speed, fps)
    from scipy.signal import find_peaks

    peaks, _ = find_peaks(
        np.pad(calm, 1), prominence=0.2 * max(float(calm.max()), 0.5), distance=max(1, 0.25 * fps)
    )
    return len(peaks)
