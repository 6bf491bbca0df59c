"""The performance: a keyed sheet becomes joint rotations and a root, with feet that stay put."""

import numpy as np
from scipy.ndimage import maximum_filter1d

from claims_env.centre_of_mass import centre_of_mass
from claims_env.generators.composer.balance import stiffness, travel
from claims_env.generators.composer.footing import (
    Foot,
    foot_of,
    overreach,
    solve_leg,
    with_heel,
)
from claims_env.generators.composer.handing import CLEAR, REACH, solve_hand
from claims_env.generators.composer.limbs import arm_rotation
from claims_env.generators.composer.sampling import approaches, soft, within
from claims_env.generators.composer.sheet import Sheet, pelvis_rotation
from claims_env.rotation import Floats, about, multiply
from claims_env.skeleton import INDEX, forward_kinematics

GRIP = 0.15
"""How long the body takes to pass between balancing and being led [s]."""

_SPINE = ((INDEX["Spine1"], 0.4), (INDEX["Spine2"], 0.35), (INDEX["Spine3"], 0.25))
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
        times = np.arange(frames) / fps
        self.height = sheet.height.sample(times)[:, 0]
        self.yaw = soft(sheet.yaw.sample(times))[:, 0]
        tilt = soft(sheet.tilt.sample(times))
        self.pelvis = pelvis_rotation(self.yaw, tilt[:, 0], tilt[:, 1])
        self.share = np.clip(soft(sheet.share.sample(times))[:, 0], 0, 1)
        self.feet = [foot_of(sheet, i, times) for i in (0, 1)]
        self.hands = [track.sample(times) for track in sheet.hands]
        self.pins = [approaches(times, spans, REACH) for spans in sheet.pinned]
        self.path = sheet.path.sample(times)
        self.grip = approaches(times, sheet.led, GRIP)
        self.aloft = within(times, sheet.flights, -0.5 / fps)
        trunk = soft(sheet.trunk.sample(times)) + sway + np.array([lean, 0, 0])
        self.upper = self._upper(trunk, soft(sheet.gaze.sample(times)), tilt[:, 0])
        for i, track in enumerate(sheet.arms):
            self._arm(soft(track.sample(times)), i)

    def solve(self) -> tuple[Floats, Floats]:
        """Return rotations (frames, 24, 4) and root (frames, 3) [m]."""
        support, pull = self._support()
        root = np.column_stack([travel(support, pull, self.fps, self.grip, self.path), self.height])
        pose = forward_kinematics(self._body(root, self.feet, exact=False), root)
        # the keys speak of the pelvis, balance of the mass: this is what lies between them
        lead = soft((centre_of_mass(pose.positions) - root)[:, :2], 2)
        root[:, :2] = travel(support, pull, self.fps, self.grip, self.path + lead) - lead
        feet = [with_heel(foot, self.pelvis, root) for foot in self.feet]
        root[:, 2] -= self._sink(root, feet)
        rotations = self._body(root, feet, exact=True)
        self._set_hands(rotations, root)
        return rotations, root

    def _upper(self, trunk: Floats, gaze: Floats, tilt: Floats) -> Floats:
        """Return rotations with pelvis, spine and head filled in, the limbs at rest."""
        q = np.zeros((len(trunk), 24, 4))
        q[..., 0] = 1.0
        q[:, 0] = self.pelvis
        for joint, part in _SPINE:
            q[:, joint] = _bend(trunk * part)
        # the eyes stay on the horizon as far as a neck allows
        level = -np.clip(0.45 * (trunk[:, 0] + np.clip(tilt, -1.2, 1.2)), -0.6, 0.6)
        nod = np.column_stack([0.5 * (gaze[:, 0] + level), 0 * level, 0.5 * gaze[:, 1]])
        q[:, INDEX["Neck"]] = q[:, INDEX["Head"]] = _bend(nod)
        return q

    def _arm(self, arm: Floats, i: int) -> None:
        for name, part in zip(("Collar", "Shoulder", "Elbow"), arm_rotation(arm, i), strict=True):
            self.upper[:, INDEX[f"{'LR'[i]}_{name}"]] = part

    def _support(self) -> tuple[Floats, Floats]:
        """Return the centre of pressure (frames, 2) [m] and the pull towards it (frames,)."""
        shares = (self.share, 1 - self.share)
        # never quite nothing on a standing foot, so that one foot alone carries everything
        weights = [f.planted * (0.02 + s) for f, s in zip(self.feet, shares, strict=True)]
        weight = np.stack([*weights, *self.pins])
        points = np.stack([*(f.pressure for f in self.feet), *(h[:, :2] for h in self.hands)])
        total = weight.sum(0)
        aloft = self.aloft | (total < 1e-3)
        centre = (weight[..., None] * points).sum(0) / np.maximum(total, 1e-3)[:, None]
        return np.where(aloft[:, None], 0, centre), stiffness(self.height, aloft, self.fps)

    def _sink(self, root: Floats, feet: list[Foot]) -> Floats:
        """Return how far the pelvis is lowered for every foothold to be in reach, (frames,) [m]."""
        over = np.maximum(*(overreach(foot, self.pelvis, root) for foot in feet))
        return soft(maximum_filter1d(over, 5), 2) if over.any() else over

    def _body(self, root: Floats, feet: list[Foot], *, exact: bool) -> Floats:
        q = self.upper.copy()
        for foot in feet:
            solve_leg(q, self.pelvis, root, foot, exact=exact)
        return q

    def _set_hands(self, q: Floats, root: Floats) -> None:
        pose = forward_kinematics(q, root)
        low = pose.positions[:, _HANDS, 2].min(0) < CLEAR
        ahead = np.column_stack([np.sin(self.yaw), -np.cos(self.yaw), 0 * self.yaw])
        for i in (0, 1):
            if low[i] or self.pins[i].any():
                solve_hand(q, pose, self.hands[i], self.pins[i], ahead, i)


def _bend(angles: Floats) -> Floats:
    """Return rotations of forward bend, left bend and left twist [rad], shape (frames, 3)."""
    sideways = multiply(about("x", angles[:, 0]), about("z", -angles[:, 1]))
    return multiply(about("y", angles[:, 2]), sideways)
