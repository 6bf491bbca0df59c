"""Self-penetration: how deep limbs reach into the rest of the body.

Arms, legs, trunk and head are capsules along the bones, thinner than the flesh they stand for,
because flesh gives way: crossed arms, a guard before the chin, a deep squat and a tuck touch and do
not count. Neighbours on the skeleton are never compared.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.rotation import Floats, rotate
from claims_env.skeleton import INDEX, Pose

_CROWN = np.array([0.0, 0.12, 0.02])
"""From the head's joint to under the crown, rest frame [m]."""


@dataclass(frozen=True, slots=True)
class _Capsule:
    """From a share of the way between two joints to another share of it."""

    above: str
    below: str
    start: float
    end: float
    radius: float


_SIDED = {
    "upper_arm": _Capsule("Shoulder", "Elbow", 0.3, 1.0, 0.035),
    "forearm": _Capsule("Elbow", "Wrist", 0.0, 1.0, 0.03),
    "hand": _Capsule("Wrist", "Hand", 0.3, 1.4, 0.02),
    "thigh": _Capsule("Hip", "Knee", 0.25, 1.0, 0.055),
    "shank": _Capsule("Knee", "Ankle", 0.0, 1.0, 0.04),
    "foot": _Capsule("Ankle", "Foot", 0.2, 1.3, 0.03),
}

_MIDDLE = {
    "hips": _Capsule("L_Hip", "R_Hip", 0.1, 0.9, 0.07),
    "belly": _Capsule("Pelvis", "Spine3", 0.0, 1.0, 0.08),
    "chest": _Capsule("L_Collar", "R_Collar", 0.1, 0.9, 0.08),
    "head": _Capsule("Head", "Crown", 0.3, 1.0, 0.065),
}

_PAIRS = (
    *((f"{s}_{arm}", part) for s in "LR" for arm in ("forearm", "hand") for part in _MIDDLE),
    *((f"{s}_{arm}", f"{t}_thigh") for s in "LR" for t in "LR" for arm in ("forearm", "hand")),
    *((f"{s}_upper_arm", "head") for s in "LR"),
    *((f"{s}_{leg}", part) for s in "LR" for leg in ("shank", "foot") for part in _MIDDLE),
    *((f"{s}_thigh", part) for s in "LR" for part in ("chest", "head")),
    *((f"{s}_foot", f"{t}_thigh") for s, t in ("LR", "RL")),
    *((f"{s}_shank", f"{t}_thigh") for s, t in ("LR", "RL")),
    *((f"{s}_foot", f"{t}_shank") for s, t in ("LR", "RL")),
    ("L_thigh", "R_thigh"),
    ("L_shank", "R_shank"),
    ("L_foot", "R_foot"),
)
"""What is compared with what; arms may cross and lie on each other."""


def self_penetration(pose: Pose, stride: int = 1) -> Floats:
    """Return how deep the deepest two capsules overlap, shape (frames,) [m]; 0 where none do.

    Args:
        pose: Shapes (frames, 24, ...).
        stride: Look at every so many frames.
    """
    return np.asarray(np.maximum(overlaps(pose, stride).max(1), 0.0))


def overlaps(pose: Pose, stride: int = 1) -> Floats:
    """Return the overlap of every pair of capsules, shape (frames, pairs) [m]; negative: a gap."""
    joints = pose.positions[::stride]
    head = INDEX["Head"]
    crown = joints[:, head] + rotate(pose.orientations[::stride, head], _CROWN)
    joints = np.concatenate([joints, crown[:, None]], axis=1)
    start = joints[:, _ABOVE]
    bone = joints[:, _BELOW] - start
    first = start + bone * _START
    along = bone * _LENGTH
    one, other = _ONE, _OTHER
    return _REACH - _gap(first[:, one], along[:, one], first[:, other], along[:, other])


def _gap(p: Floats, u: Floats, q: Floats, v: Floats) -> Floats:
    """Return the distances between segments p to p + u and q to q + v, shape (...) [m].

    The nearest point of the first line is clamped to its segment, then the second's to its own,
    then the first's once more (Ericson 2005, ch. 5.1.9).
    """
    w = p - q
    a, b, e = _dot(u, u), _dot(u, v), _dot(v, v)
    c, f = _dot(u, w), _dot(v, w)
    apart = np.maximum(a * e - b * b, 1e-12)
    s = np.clip((b * f - c * e) / apart, 0, 1)
    t = np.clip((b * s + f) / e, 0, 1)
    s = np.clip((b * t - c) / a, 0, 1)
    away = w + u * s[..., None] - v * t[..., None]
    return np.sqrt(_dot(away, away))


def _dot(a: Floats, b: Floats) -> Floats:
    return np.asarray(np.einsum("...x,...x->...", a, b))


def _capsules() -> dict[str, _Capsule]:
    sided = {
        f"{side}_{name}": _Capsule(
            f"{side}_{c.above}", f"{side}_{c.below}", c.start, c.end, c.radius
        )
        for name, c in _SIDED.items()
        for side in "LR"
    }
    return _MIDDLE | sided


_CAPSULES = _capsules()
_ORDER = {name: i for i, name in enumerate(_CAPSULES)}
_POINTS = INDEX | {"Crown": len(INDEX)}
_ABOVE = [_POINTS[c.above] for c in _CAPSULES.values()]
_BELOW = [_POINTS[c.below] for c in _CAPSULES.values()]
_START = np.array([[c.start] for c in _CAPSULES.values()])
_LENGTH = np.array([[c.end - c.start] for c in _CAPSULES.values()])
_ONE = [_ORDER[one] for one, _ in _PAIRS]
_OTHER = [_ORDER[other] for _, other in _PAIRS]
_REACH = np.array([_CAPSULES[one].radius + _CAPSULES[other].radius for one, other in _PAIRS])
PAIRS = _PAIRS
"""The pairs compared, in the order of `overlaps`."""
