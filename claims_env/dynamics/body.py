"""The body: the 24 segments that the joints carry, with their mass, centre and inertia.

Every joint of the skeleton carries one rigid segment. Limbs, head and hands: masses, centres and
gyration radii of men by de Leva (1996, Table 4). The trunk, whose three parts there end between
SMPL's joints, is a stack of slices: each joint carries what lies between it and the next one.
Masses are shares of the body's mass; a grown-up of `BODY_MASS` turns them into kilograms.
"""

from dataclasses import dataclass

import numpy as np

from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, JOINTS, OFFSETS

BODY_MASS = 72.0
"""Of the person that newtons and newton metres are stated for [kg]; the embedded tracker's."""


@dataclass(frozen=True, slots=True)
class Segments:
    """What the joints carry.

    Attributes:
        mass: Share of the body's mass, shape (24,), adds up to 1.
        centre: Centre of mass relative to the joint, in the rest frame, shape (24, 3) [m].
        inertia: About that centre, in the rest frame, per kilogram of body mass,
            shape (24, 3, 3) [m^2].
    """

    mass: Floats
    centre: Floats
    inertia: Floats


@dataclass(frozen=True, slots=True)
class _Limb:
    """A segment between two joints: its share, how far along it acts, its gyration radii."""

    share: float
    along: float
    across: float
    lengthwise: float


_LIMBS = {
    ("Hip", "Knee"): _Limb(0.1416, 0.4095, 0.329, 0.149),
    ("Knee", "Ankle"): _Limb(0.0433, 0.4395, 0.249, 0.102),
    ("Shoulder", "Elbow"): _Limb(0.0271, 0.5772, 0.277, 0.158),
    ("Elbow", "Wrist"): _Limb(0.0162, 0.4574, 0.271, 0.121),
}
"""De Leva's limbs; where two transverse radii are given, their mean. Radii in lengths."""

_SLICES = (
    ("Pelvis", -0.091, 0.109, 0.158, 0.10),
    ("Spine1", 0.109, 0.244, 0.166, 0.11),
    ("Spine2", 0.244, 0.297, 0.18, 0.11),
    ("Spine3", 0.297, 0.512, 0.17, 0.10),
)
"""Of the trunk: joint, bottom and top above the pelvis in rest, half width, half depth [m].

The half axes are those of an elliptic cylinder with de Leva's gyration radii.
"""

_TRUNK = ((-0.091, 0.055, 0.1117), (0.055, 0.270, 0.1633), (0.270, 0.512, 0.1596))
"""De Leva's trunk on SMPL's bones: bottom and top above the pelvis [m], share of the mass."""

_SHOULDER_SHARE = 0.015
"""What each collar bone carries of the upper trunk: flesh that lifts with the shoulder (ours)."""

_ENDS = {
    "Neck": (0.0130, (0.0, 0.03, 0.015), (0.04, 0.05, 0.04)),
    "Head": (0.0564, (0.0, 0.078, 0.02), (0.066, 0.060, 0.069)),
    "L_Wrist": (0.0041, (0.05, -0.004, -0.008), (0.022, 0.032, 0.032)),
    "L_Hand": (0.0020, (0.03, 0.0, 0.0), (0.015, 0.02, 0.02)),
    "L_Ankle": (0.0107, (0.01, -0.035, 0.037), (0.045, 0.047, 0.03)),
    "L_Foot": (0.0030, (0.0, 0.0, 0.03), (0.02, 0.025, 0.02)),
}
"""Share, centre [m] and gyration radii about x, y, z [m] of what ends a limb.

Hand and foot of de Leva (0.61 % and 1.37 %), head with neck (6.94 %), each cut in two at SMPL's
extra joint so that the whole keeps its centre; the right side mirrors the left.
"""


def _segments() -> Segments:
    mass, centre = np.zeros(len(JOINTS)), np.zeros((len(JOINTS), 3))
    inertia = np.zeros((len(JOINTS), 3, 3))
    for name, share, middle, tensor in (*_trunk(), *_limbs(), *_ends()):
        i = INDEX[name]
        mass[i], centre[i], inertia[i] = share, middle, share * tensor
    return Segments(mass, centre, inertia)


def _trunk() -> list[tuple[str, float, Floats, Floats]]:
    heights = {"Pelvis": 0.0, "Spine1": 0.109, "Spine2": 0.244, "Spine3": 0.297}
    parts: list[tuple[str, float, Floats, Floats]] = []
    for name, low, high, wide, deep in _SLICES:
        share = sum(
            part * max(0.0, min(high, top) - max(low, bottom)) / (top - bottom)
            for bottom, top, part in _TRUNK
        )
        share -= 2 * _SHOULDER_SHARE if name == "Spine3" else 0.0
        middle = np.array([0.0, (low + high) / 2 - heights[name], 0.0])
        parts.append((name, share, middle, _cylinder(wide, high - low, deep)))
    girdle = np.diag([0.05**2, 0.05**2, 0.05**2])
    for side in ("L", "R"):
        half = OFFSETS[INDEX[f"{side}_Shoulder"]] / 2
        parts.append((f"{side}_Collar", _SHOULDER_SHARE, half, girdle))
    return parts


def _limbs() -> list[tuple[str, float, Floats, Floats]]:
    parts: list[tuple[str, float, Floats, Floats]] = []
    for (above, below), limb in _LIMBS.items():
        for side in ("L", "R"):
            bone = OFFSETS[INDEX[f"{side}_{below}"]]
            along = np.outer(bone, bone)
            across = np.eye(3) * (bone @ bone) - along
            tensor = across * limb.across**2 + along * limb.lengthwise**2
            parts.append((f"{side}_{above}", limb.share, bone * limb.along, tensor))
    return parts


def _ends() -> list[tuple[str, float, Floats, Floats]]:
    parts: list[tuple[str, float, Floats, Floats]] = []
    for name, (share, middle, radii) in _ENDS.items():
        tensor = np.diag(np.square(radii))
        parts.append((name, share, np.array(middle), tensor))
        if name.startswith("L_"):
            mirrored = np.array(middle) * np.array([-1.0, 1.0, 1.0])
            parts.append((name.replace("L_", "R_"), share, mirrored, tensor))
    return parts


def _cylinder(wide: float, high: float, deep: float) -> Floats:
    """Return the inertia per kilogram [m^2] of an upright elliptic cylinder."""
    x, y, z = wide**2 / 4, high**2 / 12, deep**2 / 4
    return np.diag([y + z, x + z, x + y])


SEGMENTS = _segments()
"""The segments of the neutral body, in SMPL's order."""
