"""Movement: how fast and how far the parts of a body go, and how it turns."""

from math import hypot
from typing import Any

import numpy as np

from claims_env.contact import Mask, spells
from claims_env.motion import Motion
from claims_env.percentile import percentile
from claims_env.rotation import Floats, conjugate, multiply, rotate, to_rotvec
from claims_env.skeleton import INDEX

_HANDS = [INDEX["L_Hand"], INDEX["R_Hand"]]
_WRISTS = [INDEX["L_Wrist"], INDEX["R_Wrist"]]
_SHOULDERS = [INDEX["L_Shoulder"], INDEX["R_Shoulder"]]
_ANKLES = [INDEX["L_Ankle"], INDEX["R_Ankle"]]
_ARM = 0.504
"""Upper arm plus forearm of the neutral skeleton [m]."""


def measure_movement(motion: Motion) -> dict[str, Any]:
    """Return the figures of speed, of the root's way, of the limbs' reach and of turning."""
    return {**_speeds(motion), **_root(motion), **_limbs(motion), **_turns(motion)}


def _speeds(motion: Motion) -> dict[str, Any]:
    velocity = np.diff(motion.joints, axis=0) * motion.fps
    speed = _lengths(velocity)
    relative = _lengths(velocity[:, [*_HANDS, *_ANKLES]] - velocity[:, :1])
    local = _lengths(_turning(motion.rotations[:, 1:], motion.fps))
    return {
        "mean_speed": float(speed.mean()),
        "top_speed": float(speed.max()),
        "hand_speed": float(relative[:, :2].max()),
        "foot_speed": float(relative[:, 2:].max()),
        "joint_turn_rate": percentile(local, 99),
        "top_joint_turn_rate": float(local.max()),
        "bursts": _bursts(speed.mean(1), motion.fps),
    }


def _root(motion: Motion) -> dict[str, Any]:
    root, fps = motion.root, motion.fps
    over_floor = root[:, :2]
    pace = _lengths(_slow_rate(over_floor, fps))
    step = max(1, round(fps / 30))  # second differences of dense mocap are mostly noise
    acceleration = np.diff(root[::step], n=2, axis=0) * (fps / step) ** 2
    return {
        "root_speed": float(_lengths(np.diff(over_floor, axis=0)).mean() * fps),
        "top_root_speed": float(pace.max()),
        "root_acceleration": percentile(_lengths(acceleration), 99.5),
        "root_low": float(root[:, 2].min()),
        "root_high": float(root[:, 2].max()),
        "root_drop": float(np.median(root[:, 2]) - root[:, 2].min()),
        "travel": _way(over_floor),
        "displacement": float(_lengths(over_floor - over_floor[0]).max()),
    }


def _limbs(motion: Motion) -> dict[str, Any]:
    joints = motion.joints
    stretch = _lengths(joints[:, _WRISTS] - joints[:, _SHOULDERS])
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
        "lying": float((np.abs(trunk[:, 2]) < 0.5 * _lengths(trunk)).mean()),
    }


def _upside_down(motion: Motion) -> Mask:
    up = rotate(motion.rotations[:, 0], np.array([0.0, 1.0, 0.0]))[:, 2]
    above = motion.joints[:, 0, 2] - motion.joints[:, INDEX["Neck"], 2]
    # lying on the back with the legs in the air tips the pelvis over, but not the body
    return np.asarray((up < -0.2) & (above > 0.1))


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
    length, (x, y) = 0.0, path[0].tolist()
    for ahead, aside in path.tolist():
        stride = hypot(ahead - x, aside - y)
        if stride >= 0.1:
            length, x, y = length + stride, ahead, aside
    return length


def _lengths(vectors: Floats) -> Floats:
    # np.linalg.norm takes three times as long on many short vectors
    return np.asarray(np.sqrt(np.einsum("...x,...x->...", vectors, vectors)))


def _bursts(speed: Floats, fps: float) -> int:
    calm = _smooth(speed, fps)
    from scipy.signal import find_peaks

    peaks, _ = find_peaks(
        np.pad(calm, 1), prominence=0.2 * max(float(calm.max()), 0.5), distance=max(1, 0.25 * fps)
    )
    return len(peaks)
