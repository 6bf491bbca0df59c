"""Feet over time: on their footholds, swinging between them, or hanging from the pelvis.

Arrays carry left and right along their second axis.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import maximum_filter1d

from claims_env.contact import spells
from claims_env.generators.composer.limbs import BOTH, swing
from claims_env.generators.composer.sampling import Mask, ramps, soft, within
from claims_env.generators.composer.sheet import Sheet, pelvis_rotation
from claims_env.rotation import Floats, about, conjugate, cross, joined, multiply, rotate, slerp
from claims_env.skeleton import INDEX, OFFSETS
from claims_env.two_bone import BOTH_LEGS, reach_for

BLEND = 0.1
"""How long a foot takes to pass between its foothold and the free leg [s]."""

FORGET = 0.25
"""How long a free leg carries on from where its foot stood, or prepares for where it lands [s]."""

CLEARANCE, SWIFT = 0.032, 0.6
"""How high a foot is carried [m] that travels as fast as this [m/s] or faster; more is no slip."""

FOLDED = 0.35
"""From hip to ankle over a leg's length: nearer than this its foot gets no clearance."""

TWIST = 1.0
"""How far a hip turns a leg in or out to follow its foot [rad]."""

_HIP, _KNEE, _ANKLE, _FOOT = (
    [INDEX[f"{side}_{joint}"] for side in "LR"] for joint in ("Hip", "Knee", "Ankle", "Foot")
)
_DOWN = np.array([0.0, -1.0, 0.0])
_BALL, _TOE, _HEEL = np.array([[0, -0.018, 0], [0, -0.018, 0.06], [0, -0.07, -0.04]])
"""The sole [m]: below the Foot joint, below the toes ahead of it, and the heel from the ankle."""

_SOLES = np.stack(
    [OFFSETS[_FOOT] + _BALL, OFFSETS[_FOOT] + _TOE, np.broadcast_to(_HEEL, (2, 3))], axis=1
)


@dataclass(frozen=True, slots=True, eq=False)
class Feet:
    """Both feet over time, before their legs are solved.

    Attributes:
        ball: Ball of the foot on its track, shape (frames, 2, 3) [m].
        yaw: Shape (frames, 2) [rad].
        heel: How far the heel is raised, shape (frames, 2) [rad].
        sole: Orientation of the foot on its track, shape (frames, 2, 4).
        ankle: Where the ankle is with the ball on its track, shape (frames, 2, 3) [m].
        free: 0 on its track to 1 hanging from the pelvis, shape (frames, 2).
        leg: The free leg: forward, outward [rad], reach, point, toe [rad], shape (frames, 2, 5).
        planted: Where it stands, shape (frames, 2), bool.
        lifted: Where the leg is free, shape (frames, 2), bool.
        ease: Over how many frames a free leg forgets where its foot stood.
    """

    ball: Floats
    yaw: Floats
    heel: Floats
    sole: Floats
    ankle: Floats
    free: Floats
    leg: Floats
    planted: Mask
    lifted: Mask
    ease: float

    @property
    def fps(self) -> float:
        """Frames per second."""
        return self.ease / FORGET

    @property
    def hanging(self) -> Floats:
        """The free ankle from the hip, in the pelvis's frame, shape (frames, 2, 3) [m]."""
        forward, outward, reach = self.leg[..., 0], self.leg[..., 1], self.leg[..., 2]
        length = np.clip(reach, 0.28, 1.0) * BOTH_LEGS.length
        return rotate(swing(forward, outward, BOTH), _DOWN) * length[..., None]

    @property
    def pressure(self) -> Floats:
        """Where a standing foot presses on the floor, mid sole or ball, (frames, 2, 2) [m]."""
        back = 0.06 * np.cos(np.clip(2 * self.heel, 0, np.pi / 2))
        behind = joined(-np.sin(self.yaw), np.cos(self.yaw))
        return self.ball[..., :2] + behind * back[..., None]


def feet_of(sheet: Sheet, times: Floats) -> Feet:
    """Return the feet sampled from the sheet at `times` [s]."""
    half = 0.5 * float(times[1] - times[0])
    track = np.stack([foot.sample(times) for foot in sheet.feet], axis=1)
    lifted = np.stack([within(times, spans, -half) for spans in sheet.free], axis=1)
    swinging = np.stack([within(times, spans, -half) for spans in sheet.swinging], axis=1)
    free = np.stack([ramps(times, spans, BLEND) for spans in sheet.free], axis=1)
    leg = np.stack([leg.sample(times) for leg in sheet.legs], axis=1)
    ball, yaw, heel = track[..., :3], track[..., 3], track[..., 4]
    sole, ankle = _stood(ball, yaw, heel)
    planted, ease = ~(swinging | lifted), FORGET / (2 * half)
    return Feet(ball, yaw, heel, sole, ankle, free, leg, planted, lifted, ease)


def _stood(ball: Floats, yaw: Floats, heel: Floats) -> tuple[Floats, Floats]:
    """Return the orientations of soles set down and where their ankles are."""
    sole = pelvis_rotation(yaw, heel, np.zeros_like(heel))
    ankle = ball - rotate(sole, OFFSETS[_FOOT])
    # a raised heel rolls the ball's joint up over the toes
    ankle[..., 2] += 0.025 * np.sin(np.clip(heel, 0, 1))
    return sole, ankle


def hips(pelvis: Floats) -> Floats:
    """Return the hips from the pelvis in the world, shape (frames, 2, 3) [m]."""
    return rotate(pelvis[:, None], OFFSETS[_HIP])


def with_heels(feet: Feet, hip: Floats) -> Feet:
    """Return the feet with heels raised where a leg is too short for a flat sole.

    Args:
        feet: The feet.
        hip: Where the hips are, shape (frames, 2, 3) [m].
    """
    apart = np.linalg.norm(feet.ankle - hip, axis=-1)
    raised = np.clip(9.0 * (apart - 0.985 * BOTH_LEGS.length), 0, 0.9) * (1 - feet.free)
    heel = np.maximum(feet.heel, soft(raised))
    sole, ankle = _stood(feet.ball, feet.yaw, heel)
    return replace(feet, heel=heel, sole=sole, ankle=ankle)


def overreach(feet: Feet, hip: Floats) -> Floats:
    """Return how far the pelvis must sink to reach its standing feet, shape (frames,) [m]."""
    apart = feet.ankle - hip
    flat = apart[..., 0] ** 2 + apart[..., 1] ** 2
    room = np.sqrt(np.maximum((0.998 * BOTH_LEGS.length) ** 2 - flat, 0.15))
    return np.asarray(np.where(feet.planted, np.maximum(-apart[..., 2] - room, 0), 0).max(1))


def solve_legs(q: Floats, hip: Floats, feet: Feet, *, exact: bool = True) -> None:
    """Write hip, knee, ankle and toe rotations into q, shape (frames, 24, 4).

    Unless `exact`, a free foot may graze the floor: good enough to weigh the body.
    """
    pelvis = q[:, :1]
    grounded = feet.ankle - hip
    free = _continued(rotate(pelvis, feet.hanging), grounded, pelvis, feet)
    target = grounded + feet.free[..., None] * (free - grounded)
    thigh, bend, turned = _reach(pelvis, target, feet)
    clear = _clearance(hip, target, turned, feet) if exact else np.zeros(feet.free.shape)
    for _ in range(3 if exact else 0):
        sunk = _sunk(hip + target, turned, feet, clear)
        if sunk.max() < 0.005:
            break
        # a raised ankle tips the toes down a little, so a little more
        target[..., 2] += 1.2 * sunk
        thigh, bend, turned = _reach(pelvis, target, feet)
    knee = about("x", bend)
    q[:, _HIP] = multiply(conjugate(pelvis), thigh)
    q[:, _KNEE] = knee
    q[:, _ANKLE] = multiply(conjugate(multiply(thigh, knee)), turned)
    q[:, _FOOT] = about("x", -np.clip(feet.heel, 0, 0.7) * (1 - feet.free))


def _continued(free: Floats, grounded: Floats, pelvis: Floats, feet: Feet) -> Floats:
    """Return the free ankles, bent at their ends to where a foot really stood and will stand.

    Keys know only about where the pelvis would be; the difference fades in the pelvis's frame.
    """
    gaps, bent = rotate(conjugate(pelvis), grounded - free), np.zeros(free.shape)
    for i in (0, 1):
        for start, stop in spells(feet.lifted[:, i]):
            steps = np.arange(stop - start) / min(feet.ease, 0.45 * (stop - start))
            for end, fade in ((start, steps), (stop - 1, steps[::-1])):
                if 0 < end < len(free) - 1:
                    part = np.clip(1 - fade, 0, 1)[:, None]
                    bent[start:stop, i] += gaps[end, i] * part**2 * (3 - 2 * part)
    return free + rotate(pelvis, bent)


def _reach(pelvis: Floats, target: Floats, feet: Feet) -> tuple[Floats, Floats, Floats]:
    """Return the thighs' orientations, the knees' bends and the feet's orientations."""
    thigh, bend = reach_for(BOTH_LEGS, target, _knee_axis(pelvis, target, feet))
    hanging = multiply(thigh, about("x", bend + feet.leg[..., 3]))
    return thigh, bend, slerp(feet.sole, hanging, feet.free)


def _knee_axis(pelvis: Floats, target: Floats, feet: Feet) -> Floats:
    """Return where the knees' hinges point: along a standing foot, or as a free leg turns out."""
    down = target / np.linalg.norm(target, axis=-1, keepdims=True)
    neutral = rotate(pelvis, _swung_side(rotate(conjugate(pelvis), down)))
    third = cross(down, neutral)
    cosine, sine = np.cos(feet.yaw), np.sin(feet.yaw)
    across = cosine * third[..., 0] + sine * third[..., 1]
    follow = np.arctan2(across, cosine * neutral[..., 0] + sine * neutral[..., 1])
    grounded = np.clip(follow, -TWIST, TWIST) * (1 - feet.free)
    twist = soft(grounded - BOTH * feet.leg[..., 4] * feet.free)[..., None]
    return np.asarray(neutral * np.cos(twist) + third * np.sin(twist))


def _swung_side(down: Floats) -> Floats:
    """Return where the rest frame's x goes when -y takes the shortest way to `down` (..., 3)."""
    x, y, z = down[..., 0], down[..., 1], down[..., 2]
    bulge = z / np.maximum(1 - y, 1e-6)
    return joined(z * bulge - y, x, -x * bulge)


def _points(ankle: Floats, turned: Floats) -> Floats:
    """Return ball, toes and heel of both feet, shape (frames, 2, 3, 3) [m]."""
    return np.asarray(ankle[..., None, :] + rotate(turned[:, :, None], _SOLES))


def _clearance(hip: Floats, target: Floats, turned: Floats, feet: Feet) -> Floats:
    """Return how high feet off their footholds shall be for not to drag, (frames, 2) [m].

    Whatever point of a foot rests is where it rolls, so its slowest point tells how it travels. A
    folded leg cannot give way, as in a roll, and is left where it is.
    """
    points = _points(hip + target, turned)
    step = np.linalg.norm(np.diff(points[..., :2], axis=0), axis=-1).min(-1)
    height, planted, pace = points[..., 2].min(-1), feet.planted, np.zeros(feet.free.shape)
    # one end of a step off the floor is enough: the higher one, that the foot may roll off and on
    later = planted[:-1] | (~planted[1:] & (height[1:] >= height[:-1]))
    pace[1:] = np.where(later, step, 0)
    pace[:-1] = np.maximum(pace[:-1], np.where(later, 0, step))
    share = np.clip(pace * feet.fps / SWIFT, 0, 1)
    wide = maximum_filter1d(CLEARANCE * share**2 * (3 - 2 * share), 3, axis=0)
    apart = np.linalg.norm(target, axis=-1) / BOTH_LEGS.length
    return np.where(planted, 0, soft(wide) * np.clip((apart - FOLDED) / FOLDED, 0, 1))


def _sunk(ankle: Floats, turned: Floats, feet: Feet, clear: Floats) -> Floats:
    """Return how far free feet lack their clearance at ball, toes or heel, (frames, 2) [m]."""
    lowest = _points(ankle, turned)[..., 2].min(-1)
    return np.where((feet.free > 0) | ~feet.planted, np.maximum(clear - lowest, 0), 0.0)
