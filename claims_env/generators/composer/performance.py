"""The performance: a keyed sheet becomes joint rotations and a root, with feet that stay put."""

import numpy as np
from scipy.ndimage import maximum_filter1d

from claims_env.centre_of_mass import centre_of_mass
from claims_env.generators.composer.balance import stiffness, travel
from claims_env.generators.composer.footing import (
    Feet,
    feet_of,
    hips,
    overreach,
    solve_legs,
    with_heels,
)
from claims_env.generators.composer.handing import CLEAR, REACH, solve_hand
from claims_env.generators.composer.limbs import arm_rotation
from claims_env.generators.composer.sampling import approaches, soft, within
from claims_env.generators.composer.sheet import Sheet, pelvis_rotation
from claims_env.rotation import Floats, continuous, joined
from claims_env.skeleton import INDEX, forward_kinematics

GRIP = 0.15
"""How long the body takes to pass between balancing and being led [s]."""

_BENT = [INDEX[name] for name in ("Spine1", "Spine2", "Spine3", "Neck", "Head")]
_SPINE = np.array([[0.4], [0.35], [0.25]])
"""The share each joint of the spine has in what the trunk does."""

_ARMS = [[INDEX[f"{s}_{name}"] for s in "LR"] for name in ("Collar", "Shoulder", "Elbow")]
_HANDS = [INDEX["L_Hand"], INDEX["R_Hand"]]


class Performance:
    """Samples a sheet, then solves the body: first for where its mass is, then for good.

    Args:
        sheet: What was keyed.
        frames: How many frames.
        fps: Frames per second.
        lean: Forward inclination of the trunk throughout [rad].
        sway: A body's unrest: bend, curve and twist of the trunk, shape (frames, 3) [rad].
    """

    def __init__(self, sheet: Sheet, frames: int, fps: float, lean: float, sway: Floats) -> None:
        self.fps = fps
        self.times = times = np.arange(frames) / fps
        self.height = sheet.height.sample(times)[:, 0]
        self.feet = feet_of(sheet, times)
        self.hands = [track.sample(times) for track in sheet.hands]
        self.pins = [approaches(times, spans, REACH) for spans in sheet.pinned]
        self.path = sheet.path.sample(times)
        self.grip = approaches(times, sheet.led, GRIP)
        self.flights = sheet.flights
        self.aloft = within(times, sheet.flights, -0.5 / fps)
        yaw, share, tilt, trunk, gaze, arms, pelvis = _rounded(sheet, times)
        self.yaw, self.share = yaw[:, 0], np.clip(share, 0, 1)
        trunk = trunk + sway + np.array([lean, 0, 0])
        self.upper = _upper(pelvis, trunk, gaze, tilt[:, 0], arms.reshape(frames, 2, 4))
        self.hips = hips(self.upper[:, 0])

    def solve(self) -> tuple[Floats, Floats]:
        """Return rotations (frames, 24, 4) and root (frames, 3) [m]."""
        support, pull = self._support()
        root = np.column_stack([travel(support, pull, self.fps, self.grip, self.path), self.height])
        pose = forward_kinematics(self._body(root, self.feet, exact=False), root)
        # the keys speak of the pelvis, balance of the mass: this is what lies between them
        over = centre_of_mass(pose.positions) - root
        lead = soft(over[:, :2], 2)
        root[:, :2] = travel(support, pull, self.fps, self.grip, self.path + lead) - lead
        feet = with_heels(self.feet, self.hips + root[:, None])
        root[:, 2] += self._orbit(over[:, 2])
        root[:, 2] -= _sink(feet, self.hips + root[:, None])
        rotations = self._body(root, feet, exact=True)
        self._set_hands(rotations, root)
        return rotations, root

    def _support(self) -> tuple[Floats, Floats]:
        """Return the centre of pressure (frames, 2) [m] and the pull towards it (frames,)."""
        shares = np.column_stack([self.share, 1 - self.share])
        # never quite nothing on a standing foot, so that one foot alone carries everything
        weight = np.column_stack([self.feet.planted * (0.02 + shares), *self.pins])
        held = np.stack([hand[:, :2] for hand in self.hands], axis=1)
        points = np.concatenate([self.feet.pressure, held], axis=1)
        total = weight.sum(1)
        aloft = self.aloft | (total < 1e-3)
        centre = np.einsum("fi,fix->fx", weight, points) / np.maximum(total, 1e-3)[:, None]
        return np.where(aloft[:, None], 0, centre), stiffness(self.height, aloft, self.fps)

    def _orbit(self, over: Floats) -> Floats:
        """Return how far the pelvis is raised for the mass to fly the parabola, (frames,) [m].

        Args:
            over: Height of the centre of mass over the pelvis, shape (frames,) [m].
        """
        raised = np.zeros(len(over))
        for begin, end in self.flights:
            flown = (self.times > begin) & (self.times < end)
            ends = np.interp([begin, end], self.times, over)
            raised[flown] = np.interp(self.times[flown], [begin, end], ends) - over[flown]
        return raised

    def _body(self, root: Floats, feet: Feet, *, exact: bool) -> Floats:
        q = self.upper.copy()
        solve_legs(q, self.hips + root[:, None], feet, exact=exact)
        return q

    def _set_hands(self, q: Floats, root: Floats) -> None:
        pose = forward_kinematics(q, root)
        low = pose.positions[:, _HANDS, 2].min(0) < CLEAR
        ahead = np.column_stack([np.sin(self.yaw), -np.cos(self.yaw), 0 * self.yaw])
        for i in (0, 1):
            if low[i] or self.pins[i].any():
                solve_hand(q, pose, self.hands[i], self.pins[i], ahead, i)


def _rounded(sheet: Sheet, times: Floats) -> list[Floats]:
    """Return yaw, share, tilt, trunk, gaze, arms and the pelvis's rotations, corners rounded."""
    tracks = (sheet.yaw, sheet.share, sheet.tilt, sheet.trunk, sheet.gaze, *sheet.arms)
    yaw, share, tilt, *others = (track.sample(times) for track in tracks)
    roll = sheet.roll.sample(times)[:, 0] if len(sheet.roll.times) > 1 else None
    pelvis = continuous(pelvis_rotation(yaw[:, 0], tilt[:, 0], tilt[:, 1], roll))
    curves = soft(np.column_stack([yaw, share, tilt, *others, pelvis]))
    return np.split(curves, [1, 2, 4, 7, 9, 17], axis=1)


def _upper(pelvis: Floats, trunk: Floats, gaze: Floats, tilt: Floats, arms: Floats) -> Floats:
    """Return rotations with pelvis, trunk, head and arms filled in, the legs at rest."""
    q = np.zeros((len(trunk), 24, 4))
    q[..., 0] = 1.0
    q[:, 0] = pelvis / np.linalg.norm(pelvis, axis=1, keepdims=True)
    # the eyes stay on the horizon as far as a neck allows
    level = -np.clip(0.45 * (trunk[:, 0] + np.clip(tilt, -1.2, 1.2)), -0.6, 0.6)
    nod = np.column_stack([0.5 * (gaze[:, 0] + level), 0 * level, 0.5 * gaze[:, 1]])[:, None]
    q[:, _BENT] = _bend(np.concatenate([trunk[:, None] * _SPINE, nod, nod], axis=1))
    for joints, turned in zip(_ARMS, arm_rotation(arms), strict=True):
        q[:, joints] = turned
    return q


def _sink(feet: Feet, hip: Floats) -> Floats:
    """Return how far the pelvis is lowered for every foothold to be in reach, (frames,) [m]."""
    over = overreach(feet, hip)
    return soft(maximum_filter1d(over, 5), 2) if over.any() else over


def _bend(angles: Floats) -> Floats:
    """Return rotations (..., 4) of forward bend, left bend and left twist [rad], shape (..., 3).

    The product of turns about y (twist), x (forward) and z (to the right), written out.
    """
    half = np.moveaxis(angles, -1, 0) / 2
    (bow, lean, turn), (low, tip, twist) = np.cos(half), np.sin(half)
    return joined(
        turn * bow * lean - twist * low * tip,
        turn * low * lean - twist * bow * tip,
        twist * bow * lean + turn * low * tip,
        -twist * low * lean - turn * bow * tip,
    )
