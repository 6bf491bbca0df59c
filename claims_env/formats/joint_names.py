"""How skeletons call their joints: which of a foreign one's is which of SMPL's.

Names are compared without capitals, spaces, underscores and prefixes such as 'mixamorig:'. The
conventions are those of SMPL itself, of BioVision's own files (and DeepMimic), of MotionBuilder
(CMU's conversions, Mixamo, LAFAN1, Rokoko), of Poser and DAZ, of 3ds Max's Biped and Unreal, of
Xsens MVN, and of Blender. A side may stand behind the joint: 'thigh.L' and 'thigh_l' are 'LThigh'.
"""

import re
from collections.abc import Mapping, Sequence

from claims_env.errors import MotionError

_LIMBS = ("Hip", "Knee", "Ankle", "Foot", "Collar", "Shoulder", "Elbow", "Wrist")
_SPARE = ("Foot", "Collar")
"""What a skeleton may lack."""

_CONVENTIONS: Mapping[str, tuple[tuple[str, str], tuple[str, ...]]] = {
    "SMPL": (
        ("l", "r"),
        ("hip", "knee", "ankle", "foot", "collar", "shoulder", "elbow", "wrist"),
    ),
    "BioVision": (
        ("left", "right"),
        ("hip", "knee", "ankle", "foot|toe|toebase", "collar", "shoulder", "elbow", "wrist"),
    ),
    "MotionBuilder": (
        ("left", "right"),
        ("upleg|thigh", "leg|shin", "foot", "toebase|toe", "shoulder", "arm", "forearm", "hand"),
    ),
    "MVN": (
        ("left", "right"),
        (
            "upperleg|upleg",
            "lowerleg|lowleg",
            "foot",
            "toe|toes",
            "shoulder|collar",
            "upperarm|uparm",
            "forearm|lowerarm|lowarm",
            "hand",
        ),
    ),
    "Poser": (
        ("l", "r"),
        ("thigh", "shin", "foot", "toe", "collar", "shldr", "forearm", "hand"),
    ),
    "Biped": (
        ("l", "r"),
        (
            "thigh",
            "calf",
            "foot",
            "toe0|toe|ball",
            "clavicle",
            "upperarm",
            "forearm|lowerarm",
            "hand",
        ),
    ),
    "Blender": (
        ("l", "r"),
        (
            "upperleg|thigh",
            "lowerleg|shin",
            "foot",
            "toe|toes",
            "shoulder",
            "upperarm",
            "forearm|lowerarm",
            "hand",
        ),
    ),
}
"""The words for the sides, and for the joints of a side in `_LIMBS`' order."""

_MIDDLE = {"Neck": ("neck", "neck1"), "Head": ("head",)}

_PREFIX = re.compile(r"^(.*:|mixamorig\d*_?|bip0*1\s*)", re.IGNORECASE)
_SIDE_BEHIND = re.compile(r"^(.*[^\s_\-.])[\s_\-.]+(left|right|l|r)$", re.IGNORECASE)
_FILLING = re.compile(r"[\s_\-.]")


def match_joints(names: Sequence[str], source: str) -> tuple[str, dict[str, int]]:
    """Return the convention that a skeleton follows, and where SMPL's joints are among its own.

    Of the trunk only neck and head are looked for; the spine is what leads from the root to the
    arms, and the root is the first joint. Collars, feet, neck and head may be missing.

    Args:
        names: The skeleton's joints.
        source: Named in errors.

    Raises:
        MotionError: It follows none; its joints are listed.
    """
    places = _places(names)
    kind, limbs = _nearest(places)
    missing = [j for j, place in limbs.items() if place is None and j[2:] not in _SPARE]
    if missing:
        raise MotionError(
            source,
            f"it has no joint that could be {', '.join(missing)} of SMPL (its names are most like "
            f"{kind}'s). Its joints: {', '.join(names)}.",
            f"Rename them as one of these does: {', '.join(_CONVENTIONS)}.",
        )
    middle = {joint: _first(words, places) for joint, words in _MIDDLE.items()}
    every = {"Pelvis": 0, **limbs, **middle}
    return kind, {joint: place for joint, place in every.items() if place is not None}


def find_limbs(names: Sequence[str]) -> dict[str, int | None]:
    """Return where SMPL's joints of arms and legs are, as far as the names are known."""
    return _nearest(_places(names))[1]


def _places(names: Sequence[str]) -> dict[str, int]:
    return {_plain(name): place for place, name in reversed(list(enumerate(names)))}


def _nearest(places: Mapping[str, int]) -> tuple[str, dict[str, int | None]]:
    """Return the convention that finds most joints, and what it finds."""
    found = {kind: _limbs(kind, places) for kind in _CONVENTIONS}
    kind = max(found, key=lambda kind: sum(place is not None for place in found[kind].values()))
    return kind, found[kind]


def _limbs(kind: str, places: Mapping[str, int]) -> dict[str, int | None]:
    sides, words = _CONVENTIONS[kind]
    return {
        f"{mark}_{limb}": _first([f"{side}{word}" for word in choice.split("|")], places)
        for mark, side in zip("LR", sides, strict=True)
        for limb, choice in zip(_LIMBS, words, strict=True)
    }


def _first(words: Sequence[str], places: Mapping[str, int]) -> int | None:
    return next((places[word] for word in words if word in places), None)


def _plain(name: str) -> str:
    bare = _SIDE_BEHIND.sub(r"\2\1", _PREFIX.sub("", name))
    return _FILLING.sub("", bare).lower()
