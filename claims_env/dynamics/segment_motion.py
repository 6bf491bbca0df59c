"""Segment motion: what every segment's movement takes of force and moment.

Motion capture is noise on top of movement, and second differences of noise are anything. So as
biomechanics does (Winter, 2009, ch. 3) the segments' trajectories are first low-passed, with no
shift in time: a Gaussian whose gain falls to a half of the power at `CUTOFF`. Dense capture is then
taken at about 30 frames a second, and clips of any frame rate become comparable.
"""

from dataclasses import dataclass
from math import ceil, log, pi, sqrt

import numpy as np

from claims_env.dynamics.body import SEGMENTS
from claims_env.dynamics.momentum import at_frames, cross, rate, segment_centres, turns
from claims_env.flight import GRAVITY
from claims_env.rotation import Floats, continuous, rotate
from claims_env.skeleton import Pose

CUTOFF = 6.0
"""Half the power of a movement this fast passes [Hz]; people's movement lies below it."""

RATE = 30.0
"""Frames per second that forces are computed at, or the nearest whole fraction of the clip's."""

_SPREAD_S = sqrt(log(2)) / (2 * pi * CUTOFF)
"""Standard deviation of the Gaussian with that cutoff [s]."""


@dataclass(frozen=True, slots=True, eq=False)
class SegmentMotion:
    """Forces per kilogram of body mass, world axes, z up.

    Attributes:
        fps: Frames per second, of what follows [Hz].
        stride: Which frames of the clip these are: every so many.
        joints: Low-passed positions of the joints, shape (frames, 24, 3) [m].
        centres: Centres of mass of the segments, shape (frames, 24, 3) [m].
        com: Of the whole body, shape (frames, 3) [m].
        angular: Angular momentum of the whole body about its centre, shape (frames, 3) [m^2/s].
        forces: What accelerates each segment and holds it up, shape (frames, 24, 3) [m/s^2].
        moments: What turns each segment about its own centre, shape (frames, 24, 3) [m^2/s^2].
        spins: Angular velocities of the segments, shape (frames, 24, 3) [rad/s].
    """

    fps: float
    stride: int
    joints: Floats
    centres: Floats
    com: Floats
    angular: Floats
    forces: Floats
    moments: Floats
    spins: Floats

    @property
    def force(self) -> Floats:
        """What the floor must push with, shape (frames, 3) [m/s^2]."""
        return np.asarray(self.forces.sum(1))

    @property
    def moment(self) -> Floats:
        """What the floor must turn with about the centre of mass, shape (frames, 3) [m^2/s^2]."""
        arms = self.centres - self.com[:, None]
        return np.asarray((cross(arms, self.forces) + self.moments).sum(1))


def segment_motion(pose: Pose, fps: float) -> SegmentMotion:
    """Return what every segment's movement takes.

    Args:
        pose: Of at least two frames, shapes (frames, 24, ...).
        fps: Frames per second of the pose.
    """
    stride = max(1, round(fps / RATE))
    stride = stride if len(pose.positions) > 2 * stride else 1
    centres = low_pass(segment_centres(pose), fps, stride)
    joints = low_pass(pose.positions, fps, stride)
    turned = low_pass(continuous(pose.orientations), fps, stride)
    turned /= np.sqrt((turned**2).sum(-1, keepdims=True))
    slow = fps / stride
    speed = np.diff(centres, axis=0) * slow
    com = np.asarray(SEGMENTS.mass @ centres)
    between, turning = turns(turned, slow)
    own = rotate(between, np.einsum("jxy,tjy->tjx", SEGMENTS.inertia, turning))
    arms = centres - com[:, None]
    orbital = SEGMENTS.mass @ cross(arms[1:] + arms[:-1], speed) / 2
    return SegmentMotion(
        fps=slow,
        stride=stride,
        joints=joints,
        centres=centres,
        com=com,
        angular=at_frames(orbital + own.sum(1)),
        forces=SEGMENTS.mass[:, None] * (rate(speed, slow) + np.array([0.0, 0.0, GRAVITY])),
        moments=rate(own, slow),
        spins=at_frames(rotate(between, turning)),
    )


def low_pass(values: Floats, fps: float, stride: int = 1) -> Floats:
    """Return values (frames, ...) without what is faster than `CUTOFF`, every so many frames.

    Beyond both ends the values go on as their mirror image through the end point, so that a clip
    that starts in full movement does not start with a jolt.
    """
    width = _SPREAD_S * fps
    reach = min(ceil(2.5 * width), len(values) - 1)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    before, after = values[reach:0:-1], values[-2 : -reach - 2 : -1]
    longer = np.concatenate([2 * values[:1] - before, values, 2 * values[-1:] - after])
    out = np.zeros_like(values[::stride])
    for i, weight in enumerate(weights / weights.sum()):
        out += weight * longer[i : i + len(values) : stride]
    return out
