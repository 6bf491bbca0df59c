"""Recordings: clips made ready to be cut, at one frame rate, with what the cutter looks at."""

from dataclasses import dataclass

import numpy as np

from claims_env.captioned_motion import CaptionedMotion
from claims_env.contact import lowest, soles
from claims_env.motion import Motion
from claims_env.rotation import Floats, continuous, slerp
from claims_env.skeleton import INDEX, forward_kinematics

FLOOR = 5
"""Which percentile of the body's lowest point is the floor: the least of all is often a glitch."""

_FEET = [INDEX[name] for name in ("L_Ankle", "R_Ankle", "L_Foot", "R_Foot")]
_HANDS = [INDEX[name] for name in ("L_Wrist", "R_Wrist")]


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A clip at the generator's frame rate.

    Attributes:
        source: The clip it was made of.
        rotations: Local rotations, shape (frames, 24, 4).
        root: World position of the pelvis, shape (frames, 3) [m].
        joints: World positions, shape (frames, 24, 3) [m]; the floor is at height 0.
        activity: How much is going on, shape (frames,) [m/s]: the mean joint's speed, and half of
            what hands and feet move faster than the pelvis.
        clear: Height of the body's lowest point, 0 at the least, shape (frames,) [m].
        fps: Frames per second.
    """

    source: CaptionedMotion
    rotations: Floats
    root: Floats
    joints: Floats
    activity: Floats
    clear: Floats
    fps: float

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return len(self.root)


def record(source: CaptionedMotion, fps: float) -> Recording:
    """Return a clip at another frame rate, ready to be cut.

    Each is set on the floor by itself: recordings of several studios differ by centimetres, and a
    strip of two of them could be set right for one only.
    """
    motion = source.motion
    rotations, root = sample(motion.rotations, motion.root, _times(motion, fps))
    pose = forward_kinematics(rotations, root)
    height = lowest(pose, soles(pose))
    floor = np.percentile(height, FLOOR)
    down = np.array([0.0, 0.0, floor])
    joints = pose.positions - down
    clear = np.maximum(height - floor, 0.0)
    return Recording(source, rotations, root - down, joints, _activity(joints, fps), clear, fps)


def sample(rotations: Floats, root: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Return rotations and root at frame numbers that may lie between frames, shape (count,)."""
    first = np.clip(np.floor(at).astype(int), 0, len(root) - 2)
    part = at - first
    between = slerp(rotations[first], rotations[first + 1], part[:, None])
    moved = root[first] + (root[first + 1] - root[first]) * part[:, None]
    return continuous(between), moved


def _times(motion: Motion, fps: float) -> Floats:
    """Return the frame numbers of a clip that lie at whole frames of another rate."""
    count = max(2, int(np.floor(motion.seconds * fps + 1e-6)) + 1)
    return np.asarray(np.minimum(np.arange(count) * motion.fps / fps, motion.frames - 1))


def _activity(joints: Floats, fps: float) -> Floats:
    velocity: Floats = np.diff(joints, axis=0, append=joints[-1:]) * fps
    limbs = np.linalg.norm(velocity[:, _FEET + _HANDS] - velocity[:, :1], axis=-1).max(1)
    activity: Floats = np.linalg.norm(velocity, axis=-1).mean(1) + 0.5 * limbs
    return activity
