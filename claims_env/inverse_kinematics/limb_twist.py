"""Limb twist: how thighs and upper arms are turned about themselves, read from what they carry."""

import numpy as np

from claims_env.inverse_kinematics.shortest_arc import dot, swung, unit
from claims_env.inverse_kinematics.twist_course import Phasors, find_course, find_drift
from claims_env.rotation import Floats, conjugate, cross, from_rotvec, multiply, rotate
from claims_env.skeleton import INDEX, OFFSETS
from claims_env.two_bone import ARMS, LEGS, Limb

CALM_S = 1 / 30
"""The twist of a limb bent square is read within about this time [s], of a straight one later."""

NEUTRAL = 0.01
"""How much a twist is drawn to none: as much as a limb bent by 6 degrees shows of it."""

FOOT = 0.1
"""How much the foot shows of the twist of a straight leg: as much as a knee bent by 18 degrees.

Ankles turn about the shin too (by 15 degrees, one standard deviation in motion capture), so a bend
says more; but a straight leg says nothing else.
"""

_ENDS = [INDEX[name] for name in ("L_Knee", "R_Knee", "L_Elbow", "R_Elbow")]
_NEXT = [INDEX[name] for name in ("L_Ankle", "R_Ankle", "L_Wrist", "R_Wrist")]
_TOES = [INDEX["L_Foot"], INDEX["R_Foot"]]
_DIRECTION = unit(OFFSETS)
_LIMBS = Limb(
    upper=_DIRECTION[_ENDS],
    lower=_DIRECTION[_NEXT],
    hinge=np.stack([limb.hinge for limb in (*LEGS, *ARMS)]),
    length=np.full(4, 2.0),
)
"""Both legs and both arms, with bones of length 1: only directions count."""


def turn_limbs(above: Floats, bones: Floats, fps: float) -> tuple[Floats, Floats]:
    """Return the orientations of thighs and upper arms, and of shins and forearms, (T, 4, 4) each.

    In the order left leg, right leg, left arm, right arm.

    Args:
        above: Orientations of what they hang on, pelvis and collars, shape (T, 4, 4).
        bones: Directions from each joint's parent to the joint, shape (T, 22, 3).
        fps: Frames per second.
    """
    upper, lower = bones[:, _ENDS], bones[:, _NEXT]
    angle, plain = _angle(dot(upper, lower)), swung(above, _LIMBS.upper, upper)
    direction = rotate(conjugate(above), upper)
    seen = _see(plain, angle, bones, _trust(direction))
    twist = find_course(seen, find_drift(_LIMBS.upper, direction), (CALM_S * fps) ** 2)
    turned = multiply(from_rotvec(upper * twist[..., None]), plain)
    bent = multiply(turned, from_rotvec(_LIMBS.hinge * angle[..., None]))
    return turned, swung(bent, _LIMBS.lower, lower)


def _see(plain: Floats, angle: Floats, bones: Floats, trust: Floats) -> Phasors:
    """Return all that speaks for a twist, shape (T, 4): a sum of phasors.

    A bend, the clearer the squarer; a straight leg's foot; and a little that there is none.
    """
    upper, lower = bones[:, _ENDS], bones[:, _NEXT]
    straight = np.maximum(dot(upper, lower), 0) ** 4
    shown = _turn(upper, rotate(plain, _LIMBS.reach(angle) - _LIMBS.upper), lower)
    seen = _flexed(shown, straight * trust) + NEUTRAL * trust
    seen[:, :2] += FOOT * straight[:, :2] * _foot(plain[:, :2], lower[:, :2], bones[:, _TOES])
    return seen


def _trust(direction: Floats) -> Floats:
    """Return how much no twist means, (T, 4): nothing for limbs that point opposite to rest.

    The shortest arc there, which the twist is counted from, may be any.
    """
    return np.asarray(1 - ((1 - dot(_LIMBS.upper, direction)) / 2) ** 4)


def _angle(cosine: Floats) -> Floats:
    """Return the hinge angles [rad], (T, 4), under which bones have these cosines between them.

    See `Limb.bend`, which this is for bones of length 1, and without a least bend.
    """
    a, b, k = _LIMBS.upper, _LIMBS.lower, _LIMBS.hinge
    along = dot(k, a) * dot(k, b)
    level, rise = dot(a, b) - along, dot(a, cross(k, b))
    wanted = (cosine - along) / np.hypot(level, rise)
    return np.asarray(np.arctan2(rise, level) + np.arccos(np.clip(wanted, -1, 1)))


def _flexed(seen: Phasors, straight: Floats) -> Phasors:
    """Return what bends show, (T, 4), less where limbs that are all but straight bend backwards.

    Those are a little overextended, or badly seen, rather than turned by half a turn.
    """
    backwards = (1 - seen.real / np.maximum(np.abs(seen), 1e-12)) / 2
    return np.asarray(seen * (1 - straight * backwards))


def _foot(plain: Floats, lower: Floats, toes: Floats) -> Phasors:
    """Return the twist that the feet show, shape (T, 2), were the legs straight."""
    shin = swung(plain, _LIMBS.lower[:2], lower)
    return _turn(lower, rotate(shin, _DIRECTION[_TOES]), toes)


def _turn(axis: Floats, a: Floats, b: Floats) -> Phasors:
    """Return the turns about an axis from a to b, times how far both are off it."""
    return dot(a, b) - dot(axis, a) * dot(axis, b) + 1j * dot(axis, cross(a, b))
