"""The repair chain: the doors every generator's clips pass, one after the other."""

from dataclasses import dataclass, replace

import numpy as np

from claims_env.contact import Mask
from claims_env.dynamics.momentum import Momentum, centroidal, inertia
from claims_env.motion import Motion
from claims_env.motion_repair.clamping import clamp
from claims_env.motion_repair.flight_spin import flight_spin
from claims_env.motion_repair.footholds import Footholds, footholds
from claims_env.motion_repair.grounding import ground
from claims_env.motion_repair.limb_reach import ENDS, reach
from claims_env.motion_repair.limiting import limit
from claims_env.motion_repair.mass_path import mass_path
from claims_env.motion_repair.sinking import sinking
from claims_env.motion_repair.smoothing import CUTOFF, smooth
from claims_env.motion_repair.touching import Touching, touching
from claims_env.rotation import Floats, from_rotvec, multiply, rotate, slerp
from claims_env.skeleton import Pose, forward_kinematics

VERSION = "1"
"""Raised whenever the same motion would be repaired otherwise."""

PASSES = 2
"""How often the body is led along its path: limbs that hold on keep it from following at once."""

FAITHFUL = 0.01
"""A pass that leads the body no further than this [m] is the last: the next would do nothing."""

FEWEST = 5
"""Frames below which a motion has no dynamics worth speaking of."""


def repair(motion: Motion, *, cutoff: float | None = CUTOFF, grounded: bool = False) -> Motion:
    """Return the motion as a body could perform it, changed as little as that takes.

    Joints are kept in their ranges and slowed to what joints can, the whole is smoothed and set on
    the floor; then feet and hands that bear weight are held where they are, and the body is led
    along the nearest path that gravity and the floor's push allow. The provenance says how far that
    moved it.

    Args:
        motion: Any motion.
        cutoff: Where smoothing sets in [Hz], less at low frame rates; None if the motion is smooth
            already.
        grounded: Whether its floor is known to be z = 0.
    """
    motion = clamp(limit(motion))
    motion = motion if cutoff is None else smooth(motion, min(cutoff, 0.4 * motion.fps))
    motion = motion if grounded else ground(motion)
    # a leg that follows its foothold while the body is moved may have to snap
    return motion if motion.frames < FEWEST else clamp(settle(motion))


def settle(motion: Motion) -> Motion:
    """Return a motion that stands on z = 0 obeying gravity, support and friction, feet held."""
    stance = _Stance.of(motion)
    rotations, pose = motion.rotations, motion.pose
    for _ in range(PASSES):
        moved = _led(pose, stance, motion.fps)
        led = float(np.abs(moved.positions[:, 0] - pose.positions[:, 0]).max())
        rotations = stance.regain(rotations, moved)
        pose = forward_kinematics(rotations, moved.positions[:, 0])
        if led < FAITHFUL:
            break
    sunk = sinking(pose, motion.fps)
    if sunk is not None:
        moved = Pose(pose.positions + sunk.body[:, None], pose.orientations)
        rotations = stance.regain(rotations, moved, sunk.limbs)
        pose = forward_kinematics(rotations, moved.positions[:, 0])
    gone = np.linalg.norm(pose.positions - motion.joints, axis=-1)
    facts = {"version": VERSION, "moved_mean_m": round(float(gone.mean()), 4)}
    facts["moved_most_m"] = round(float(gone.max()), 4)
    settled = replace(motion, rotations=rotations, root=pose.positions[:, 0])
    return settled.with_provenance(repair=facts)


@dataclass(frozen=True, slots=True, eq=False)
class _Stance:
    """Where the limbs' ends hold on.

    Attributes:
        holds: Which do, and how far each is off its foothold.
        spots: Where they shall be, shape (frames, 4, 3) [m].
        facing: How they are turned, shape (frames, 4, 4).
    """

    holds: Footholds
    spots: Floats
    facing: Floats

    @staticmethod
    def of(motion: Motion) -> "_Stance":
        holds, pose = footholds(motion.pose, motion.fps), motion.pose
        spots = pose.positions[:, ENDS] + holds.correction
        return _Stance(holds, spots, pose.orientations[:, ENDS])

    def regain(self, rotations: Floats, moved: Pose, raised: Floats | float = 0.0) -> Floats:
        """Return rotations of the body moved, its footholds kept, its limbs raised by so much."""
        hold = self.holds.hold[..., None]
        free = moved.positions[:, ENDS] + self.holds.correction
        turned = slerp(moved.orientations[:, ENDS], self.facing, self.holds.hold)
        standing = rotations.copy()
        standing[:, 0] = moved.orientations[:, 0]
        targets = hold * self.spots + (1 - hold) * free + raised
        return reach(standing, moved, targets, turned)


def _led(pose: Pose, stance: _Stance, fps: float) -> Pose:
    """Return the body moved and turned as a whole, as flight and support demand."""
    momentum = centroidal(pose, fps)
    floor = touching(pose, momentum, stance.holds, fps)
    path = mass_path(momentum, floor, fps)
    turned = _spun(pose, momentum, floor, fps) if floor.aloft.any() else pose
    return Pose(turned.positions + (path - momentum.com)[:, None], turned.orientations)


def _beside(aloft: Mask) -> Mask:
    """Return the frames of flight and those next to them."""
    near = aloft.copy()
    near[1:] |= aloft[:-1]
    near[:-1] |= aloft[1:]
    return near


def _spun(pose: Pose, momentum: Momentum, floor: Touching, fps: float) -> Pose:
    """Return the body turned about its centre of mass, so that it spins evenly in flight."""
    com, aloft = momentum.com[:, None], floor.aloft
    # only flights and the frames beside them are asked about
    near = _beside(aloft)
    whole = np.zeros((len(aloft), 3, 3))
    whole[near] = inertia(Pose(pose.positions[near], pose.orientations[near]))
    turn = from_rotvec(flight_spin(momentum.spin, (whole[1:] + whole[:-1]) / 2, aloft, fps))
    positions = com + rotate(turn[:, None], pose.positions - com)
    return Pose(positions, multiply(turn[:, None], pose.orientations))
