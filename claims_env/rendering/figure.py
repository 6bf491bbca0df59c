"""The body a painter draws: which capsules stand between which landmarks, how thick, what colour.

Left is blue, right is red, the trunk is tan; hair behind the face and a nose before it say where
the head looks. Joints carry no twist, so the head's direction comes from the neck and shoulders.
Radii are chosen by eye; they are decoration, not the tracker's geometry.
"""

from dataclasses import dataclass
from itertools import count

import numpy as np

from claims_env.rotation import Floats
from claims_env.skeleton import INDEX, JOINTS, OFFSETS

Colour = tuple[int, int, int]

LEFT, RIGHT, TRUNK = (64, 116, 222), (214, 70, 60), (216, 188, 144)
SKIN, HAIR = (240, 206, 168), (86, 66, 54)

DERIVED = (
    "Skull", "Crown", "NoseRoot", "NoseTip", "HairFront", "HairBack", "L_Heel", "R_Heel", "L_Toes",
    "R_Toes", "L_Fingers", "R_Fingers",
)  # fmt: skip
"""Landmarks beyond the 24 joints, in the order `landmarks` appends them."""

_AT = {**INDEX, **dict(zip(DERIVED, count(len(JOINTS)), strict=False))}

_NOD = float(np.arctan2(OFFSETS[INDEX["Head"]][2], OFFSETS[INDEX["Head"]][1]))
"""How far the rest pose's neck leans forward of the head's own up [rad]."""


_LIMB_LANDMARKS = (
    "Hip", "Knee", "Ankle", "Foot", "Heel", "Toes", "Shoulder", "Elbow", "Wrist", "Hand", "Fingers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """Capsules that share a colour and are drawn together, without outlines between them.

    Attributes:
        colour: Red, green, blue, 0 to 255.
        bones: Each capsule's two landmarks and the radii there [m].
        nearer: How much nearer to the eye than its middle it counts when sorted [m].
    """

    colour: Colour
    bones: tuple[tuple[str, str, float, float], ...]
    nearer: float = 0.0


def _limbs(side: str, colour: Colour) -> tuple[Part, ...]:
    """Return the parts of an arm and a leg."""
    names = {name: f"{side}_{name}" for name in _LIMB_LANDMARKS}
    return (
        Part(colour, ((names["Hip"], names["Knee"], 0.082, 0.058),)),
        Part(colour, ((names["Knee"], names["Ankle"], 0.056, 0.038),)),
        Part(
            colour,
            (
                (names["Ankle"], names["Foot"], 0.038, 0.028),
                (names["Heel"], names["Foot"], 0.026, 0.026),
                (names["Foot"], names["Toes"], 0.026, 0.020),
            ),
        ),
        Part(colour, ((names["Shoulder"], names["Elbow"], 0.054, 0.044),)),
        Part(colour, ((names["Elbow"], names["Wrist"], 0.042, 0.031),)),
        Part(
            colour,
            (
                (names["Wrist"], names["Hand"], 0.034, 0.036),
                (names["Hand"], names["Fingers"], 0.036, 0.022),
            ),
            0.01,
        ),
    )


PARTS = (
    Part(
        TRUNK,
        (
            ("L_Hip", "R_Hip", 0.088, 0.088),
            ("Pelvis", "Spine2", 0.108, 0.108),
            ("Spine2", "Spine3", 0.108, 0.115),
            ("L_Collar", "R_Collar", 0.078, 0.078),
            ("L_Collar", "L_Shoulder", 0.066, 0.056),
            ("R_Collar", "R_Shoulder", 0.066, 0.056),
            ("Spine3", "Neck", 0.105, 0.052),
        ),
    ),
    Part(SKIN, (("Neck", "Head", 0.050, 0.050),)),
    Part(SKIN, (("Skull", "Crown", 0.078, 0.090),), 0.012),
    Part(SKIN, (("NoseRoot", "NoseTip", 0.020, 0.016),)),
    Part(HAIR, (("HairFront", "HairBack", 0.092, 0.092),)),
    *_limbs("L", LEFT),
    *_limbs("R", RIGHT),
)
"""The whole figure."""

STARTS = [_AT[bone[0]] for part in PARTS for bone in part.bones]
ENDS = [_AT[bone[1]] for part in PARTS for bone in part.bones]
RADII = np.array([bone[2:] for part in PARTS for bone in part.bones])
"""Radii of all capsules at both ends, shape (capsules, 2) [m]."""


def capsules(joints: Floats) -> Floats:
    """Return the ends of all capsules, shape (capsules, 2, 3) [m], for joints (24, 3)."""
    points = landmarks(joints)
    return np.stack([points[STARTS], points[ENDS]], 1)


def landmarks(joints: Floats) -> Floats:
    """Return the joints and the `DERIVED` landmarks, shape (36, 3) [m], for joints (24, 3)."""
    up, ahead = _head_axes(joints)
    skull = joints[INDEX["Head"]] + 0.035 * up + 0.005 * ahead
    crown = skull + 0.055 * up
    head = [skull, crown, skull + 0.03 * up + 0.075 * ahead, skull + 0.02 * up + 0.118 * ahead]
    hair = [crown + 0.012 * up - 0.008 * ahead, crown - 0.025 * up - 0.028 * ahead]
    feet = [_sole(joints, side) for side in "LR"]
    fingers = [_fingers(joints, side) for side in "LR"]
    heels, toes = [foot[0] for foot in feet], [foot[1] for foot in feet]
    return np.concatenate([joints, [*head, *hair, *heels, *toes, *fingers]])


def _head_axes(joints: Floats) -> tuple[Floats, Floats]:
    """Return the head's up and ahead, from the neck's direction and the line of the shoulders."""
    neck = _unit(joints[INDEX["Head"]] - joints[INDEX["Neck"]])
    left = _unit(joints[INDEX["L_Collar"]] - joints[INDEX["R_Collar"]])
    across = _unit(np.cross(left, neck))
    return (
        np.cos(_NOD) * neck - np.sin(_NOD) * across,
        np.sin(_NOD) * neck + np.cos(_NOD) * across,
    )


def _sole(joints: Floats, side: str) -> tuple[Floats, Floats]:
    """Return the heel and the tip of the toes of one foot."""
    knee, ankle, ball = (joints[INDEX[f"{side}_{name}"]] for name in ("Knee", "Ankle", "Foot"))
    along, shin = _unit(ball - ankle), _unit(ankle - knee)
    # vanishes for a pointed foot, so that the heel slides behind the ankle without a jump
    below = shin - (shin @ along) * along
    heel = ankle + 0.07 * below - 0.035 * along
    return heel, ball + 0.06 * _unit(ball - heel)


def _fingers(joints: Floats, side: str) -> Floats:
    wrist, hand = joints[INDEX[f"{side}_Wrist"]], joints[INDEX[f"{side}_Hand"]]
    tip: Floats = hand + 0.06 * _unit(hand - wrist)
    return tip


def _unit(v: Floats) -> Floats:
    return v / max(float(np.linalg.norm(v)), 1e-9)
