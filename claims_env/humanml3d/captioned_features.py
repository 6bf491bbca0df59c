"""Captioned features: a clip in 263 numbers per frame and what is said of it, ready to learn from.

The limits are those of the original's loaders (`Text2MotionDatasetV2` of MDM's repository, MIT).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from claims_env.captioned_motion import Caption
from claims_env.errors import MotionError
from claims_env.humanml3d.layout import FPS, check_features
from claims_env.rotation import Floats

SHORTEST = 40
"""Frames something to learn from has at least: 2 s."""

LONGEST = 199
"""Frames it has at most: just under 10 s."""


@dataclass(frozen=True, slots=True, eq=False)
class CaptionedFeatures:
    """A clip, or the part of one that a caption is about.

    Attributes:
        name: The clip's, and the seconds where it is a part: 'walk@1.5-4'.
        features: Shape (frames, 263), not normalised.
        captions: At least one sentence, all of them about the whole of it.
    """

    name: str
    features: Floats
    captions: tuple[str, ...]


def captioned(
    name: str, features: Floats, captions: Sequence[Caption]
) -> tuple[list[CaptionedFeatures], list[str]]:
    """Return what there is to learn from a clip, and why not the rest.

    Captions of the whole clip come together; one about a part of it makes that part a clip.

    Raises:
        MotionError: Another shape than (frames, 263), numbers that are not finite, or nothing to
            learn from: no caption, or too few or too many frames.
    """
    check_features(features, name)
    whole = tuple(said.text for said in captions if said.text and not _is_part(said))
    found = [CaptionedFeatures(name, features, whole)] if whole else []
    found += [_part(name, features, said) for said in captions if said.text and _is_part(said)]
    usable = [one for one in found if SHORTEST <= len(one.features) <= LONGEST]
    refused = [
        f"{one.name}: it has {len(one.features)} frames at {FPS} fps, and {SHORTEST} to {LONGEST} "
        "can be learnt from."
        for one in found
        if one not in usable
    ]
    if not found:
        raise MotionError(name, "nothing is said of it.", "Write a caption, or leave it out.")
    if not usable:
        raise MotionError(name, refused[0].split(": ", 1)[1], "Cut it, or leave it out.")
    return usable, refused


def _is_part(caption: Caption) -> bool:
    return caption.start_s > 0 or caption.end_s is not None


def _part(name: str, features: Floats, caption: Caption) -> CaptionedFeatures:
    end = len(features) / FPS if caption.end_s is None else caption.end_s
    part = features[int(caption.start_s * FPS) : int(end * FPS)]
    return CaptionedFeatures(f"{name}@{caption.start_s:g}-{end:g}", part, (caption.text,))
