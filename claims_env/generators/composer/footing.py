"""Feet over time: on their footholds, swinging between them, or hanging from the pelvis."""

from dataclasses import dataclass, replace

import numpy as np

from claims_env.contact import spells
from claims_env.generators.composer.limbs import SIDES, swing
from claims_env.generators.composer.sampling import Mask, ramps, soft, within
from claims_env.generators.composer.sheet import Sheet, pelvis_rotation
from claims_env.rotation import Floats, about, conjugate, multiply, rotate, slerp
from claims_env.skeleton import INDEX, OFFSETS
from claims_env.two_bone import LEGS, reach_for

BLEND = 0.1
"""How long a foot takes to pass between its foothold and the free leg [s]."""

FORGET = 0.25
"""How long a free leg carries on from where its foot stood, or prepares for where it lands [s]."""

TWIST = 1.0
"""How far a hip turns a leg in or out to follow its foot [rad]."""

_X = np.array([1.0, 0.0, 0.0])
_DOWN = np.array([0.0, -1.0, 0.0])
_BALL, _TOE, _HEEL = np.array([[0, -0.018, 0], [0, -0.018, 0.06], [0, -0.07, -0.04]])
"""The sole [m]: below the Foot joint, below the toes ahead of it, and the heel from the ankle."""


@dataclass(frozen=True, slots=True, eq=False)
class Foot:
    """One foot over time, before its leg is solved.

    Attributes:
        index: 0 left, 1 right.
        ball: Ball of the foot on its track, shape (frames, 3) [m].
        yaw: Shape (frames,) [rad].
        heel: How far the heel is raised, shape (frames,) [rad].
        free: 0 on its track to 1 hanging from the pelvis, shape (frames,).
        leg: The free leg: forward, outward [rad], reach, point, toe [rad], shape (frames, 5).
        planted: Where it stands, shape (frames,), bool.
        lifted: Where the leg is free, shape (frames,), bool.
        ease: Over how many frames a free leg forgets where its foot stood.
    """

    index: int
    ball: Floats
    yaw: Floats
    heel: Floats
    free: Floats
    leg: Floats
    planted: Mask
    lifted: Mask
    ease: float

    @property
    def sole(self) -> Floats:
        """Orientation of the foot on its track, shape (frames, 4)."""
        return pelvis_rotation(self.yaw, self.heel, np.zeros_like(self.heel))

    @property
    def ankle(self) -> Floats:
        """Where the ankle is with the ball on its track, shape (frames, 3) [m]."""
        # a raised heel rolls the ball's joint up over the toes
        rolled = self.ball.copy()
        rolled[:, 2] += 0.025 * np.sin(np.clip(self.heel, 0, 1))
        return rolled - _turned(self.sole, OFFSETS[INDEX["L_Foot"] + self.index])

    @property
    def hanging(self) -> Floats:
        """The free ankle from the hip, in the pelvis's frame, shape (frames, 3) [m]."""
        forward, outward, reach = self.leg[:, 0], self.leg[:, 1], self.leg[:, 2]
        length = np.clip(reach, 0.28, 1.0) * LEGS[self.index].length
        return _turned(swing(forward, outward, SIDES[self.index]), _DOWN) * length[:, None]

    @property
    def pressure(self) -> Floats:
        """Where a standing foot presses on the floor, mid sole or ball, shape (frames, 2) [m]."""
        back = 0.06 * np.cos(np.clip(2 * self.heel, 0, np.pi / 2))
        behind = np.stack([-np.sin(self.yaw), np.cos(self.yaw)], axis=1)
        return self.ball[:, :2] + behind * back[:, None]


def foot_of(sheet: Sheet, i: int, times: Floats) -> Foot:
    """Return a foot sampled from the sheet at `times` [s]."""
    track, half = sheet.feet[i].sample(times), 0.5 * float(times[1] - times[0])
    lifted = within(times, sheet.free[i], -half)
    planted = ~(within(times, sheet.swinging[i], -half) | lifted)
    free = ramps(times, sheet.free[i], BLEND)
    leg = sheet.legs[i].sample(times)
    return Foot(
        i, track[:, :3], track[:, 3], track[:, 4], free, leg, planted, lifted, FORGET / (2 * half)
    )


def hip(foot: Foot, pelvis: Floats) -> Floats:
    """Return the hip from the pelvis in the world, shape (frames, 3) [m]."""
    return _turned(pelvis, OFFSETS[1 + foot.index])


def with_heel(foot: Foot, pelvis: Floats, root: Floats) -> Foot:
    """Return the foot with its heel raised where the leg is too short for a flat sole."""
    apart = np.linalg.norm(foot.ankle - root - hip(foot, pelvis), axis=1)
    raised = np.clip(9.0 * (apart - 0.985 * LEGS[foot.index].length), 0, 0.9) * (1 - foot.free)
    return replace(foot, heel=np.maximum(foot.heel, soft(raised)))


def overreach(foot: Foot, pelvis: Floats, root: Floats) -> Floats:
    """Return how far the pelvis must sink to reach a standing foot, shape (frames,) [m]."""
    apart = foot.ankle - root - hip(foot, pelvis)
    flat = (apart[:, :2] ** 2).sum(1)
    room = np.sqrt(np.maximum((0.998 * LEGS[foot.index].length) ** 2 - flat, 0.15))
    return np.where(foot.planted, np.maximum(-apart[:, 2] - room, 0), 0)


def solve_leg(q: Floats, pelvis: Floats, root: Floats, foot: Foot, *, exact: bool = True) -> None:
    """Write hip, knee, ankle and toe rotations into q, shape (frames, 24, 4).

    Unless `exact`, a free foot may graze the floor: good enough to weigh the body.
    """
    joint = hip(foot, pelvis) + root
    grounded = foot.ankle - joint
    free = _continued(rotate(pelvis, foot.hanging), grounded, pelvis, foot)
    target = grounded + foot.free[:, None] * (free - grounded)
    thigh, bend, turned = _reach(pelvis, target, foot)
    for _ in range(2 if exact else 0):
        sunk = _sunk(joint + target, turned, foot)
        if sunk.max() < 0.005:
            break
        # a raised ankle tips the toes down a little, so a little more
        target[:, 2] += 1.2 * sunk
        thigh, bend, turned = _reach(pelvis, target, foot)
    knee = about("x", bend)
    side = "LR"[foot.index]
    q[:, INDEX[f"{side}_Hip"]] = multiply(conjugate(pelvis), thigh)
    q[:, INDEX[f"{side}_Knee"]] = knee
    q[:, INDEX[f"{side}_Ankle"]] = multiply(conjugate(multiply(thigh, knee)), turned)
    q[:, INDEX[f"{side}_Foot"]] = about("x", -np.clip(foot.heel, 0, 0.7) * (1 - foot.free))


def _continued(free: Floats, grounded: Floats, pelvis: Floats, foot: Foot) -> Floats:
    """Return the free ankle, bent at its ends to where the foot really stood and will stand.

    Keys know only about where the pelvis would be; the difference fades in the pelvis's frame.
    """
    out = free.copy()
    for start, stop in spells(foot.lifted):
        here = slice(start, stop)
        steps = np.arange(stop - start) / min(foot.ease, 0.45 * (stop - start))
        for end, fade in ((start, steps), (stop - 1, steps[::-1])):
            if 0 < end < len(free) - 1:
                gap = rotate(conjugate(pelvis[end]), grounded[end] - free[end])
                part = np.clip(1 - fade, 0, 1)[:, None] ** 2
                out[here] += rotate(pelvis[here], gap * part * (3 - 2 * np.sqrt(part)))
    return out


def _reach(pelvis: Floats, target: Floats, foot: Foot) -> tuple[Floats, Floats, Floats]:
    """Return the thigh's orientation, the knee's bend and the foot's orientation."""
    thigh, bend = reach_for(LEGS[foot.index], target, _knee_axis(pelvis, target, foot))
    hanging = multiply(thigh, about("x", bend + foot.leg[:, 3]))
    return thigh, bend, slerp(foot.sole, hanging, foot.free)


def _knee_axis(pelvis: Floats, target: Floats, foot: Foot) -> Floats:
    """Return where the knee's hinge points: along a standing foot, or as a free leg turns out."""
    sign = SIDES[foot.index]
    local = rotate(conjugate(pelvis), target)
    down = local / np.linalg.norm(local, axis=1, keepdims=True)
    angle = np.arccos(np.clip(-down[:, 1], -1, 1))
    scale = angle / np.maximum(np.hypot(down[:, 0], down[:, 2]), 1e-6)
    swung = swing(scale * down[:, 2], scale * sign * down[:, 0], sign)
    neutral = _turned(multiply(pelvis, swung), _X)
    third = np.cross(rotate(pelvis, down), neutral)
    sole = np.stack([np.cos(foot.yaw), np.sin(foot.yaw), 0 * foot.yaw], axis=1)
    follow = np.arctan2((sole * third).sum(1), (sole * neutral).sum(1))
    wanted = np.clip(follow, -TWIST, TWIST) * (1 - foot.free) - sign * foot.leg[:, 4] * foot.free
    twist = soft(wanted)[:, None]
    return neutral * np.cos(twist) + third * np.sin(twist)


def _sunk(ankle: Floats, turned: Floats, foot: Foot) -> Floats:
    """Return how far a free foot would be in the floor at its ball, toes or heel, (frames,) [m]."""
    depth = np.zeros(len(ankle))
    if foot.free.any():
        ball = OFFSETS[INDEX["L_Foot"] + foot.index]
        for part in (ball + _BALL, ball + _TOE, _HEEL):
            depth = np.maximum(depth, -(ankle + _turned(turned, part))[:, 2])
    return np.where(foot.free > 0, depth, 0.0)


def _turned(q: Floats, vector: Floats) -> Floats:
    return rotate(q, np.broadcast_to(vector, (len(q), 3)))
