"""Reads a split of a HumanML3D folder: features and captions, ready to learn from."""

from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError
from zipfile import BadZipFile

import numpy as np

from claims_env.errors import MotionError
from claims_env.formats.captions import captions_in
from claims_env.formats.humanml3d_folder import SPLITS, HumanML3DFolder
from claims_env.humanml3d import CaptionedFeatures, captioned
from claims_env.rotation import Floats
from claims_env.suite import Refusal

_SHOWN = 3
"""How many reasons an error tells when nothing is usable."""

_UNREADABLE = (OSError, ValueError, EOFError, MemoryError, TokenError, BadZipFile)
"""What numpy raises on damaged, pickled or foreign files; a header may ask for any memory."""


@dataclass(frozen=True, slots=True, eq=False)
class HumanML3DSplit:
    """What a split offers to learn from.

    Attributes:
        clips: In the order the split names them; parts of a clip with captions of their own come
            after it.
        refused: What is named or lies there and cannot be used, each with its reason.
    """

    clips: tuple[CaptionedFeatures, ...]
    refused: tuple[Refusal, ...]


def read_humanml3d(folder: Path, split: str = "train") -> HumanML3DSplit:
    """Return the clips of a split, in single precision, and what had to be left out.

    A clip without features or captions, with numbers that are not finite, or too short or too long
    (under 40 frames, 200 and over) is refused by name, and the others are used.

    Args:
        folder: In HumanML3D's layout.
        split: 'train', 'val', 'test', or any file of names there, without '.txt'.

    Raises:
        MotionError: There is no such folder or split, or none of its clips is usable.
    """
    place = HumanML3DFolder(folder)
    names = _names(place, split)
    clips: list[CaptionedFeatures] = []
    refused: list[Refusal] = []
    for name in names:
        try:
            usable, reasons = captioned(
                name, _features(place.features_of(name)), captions_in(_there(place.text_of(name)))
            )
        except MotionError as error:
            usable, reasons = [], [str(error)]
        clips += usable
        refused += [Refusal(name, reason) for reason in reasons]
    if not clips:
        told = "; ".join(refusal.reason for refusal in refused[:_SHOWN])
        raise MotionError(
            place.split(split), f"none of its {len(names)} clip(s) is usable: {told}", "Mend one."
        )
    return HumanML3DSplit(tuple(clips), tuple(refused))


def _names(place: HumanML3DFolder, split: str) -> list[str]:
    """Return the names in a split, none of them twice."""
    if not place.path.is_dir():
        raise MotionError(place.path, "there is no such folder.", "Name a data set's folder.")
    path = place.split(split)
    if not path.is_file():
        there = ", ".join(name for name in SPLITS if place.split(name).is_file()) or "none"
        raise MotionError(
            path, f"there is no such split; of the usual ones: {there}.", "Name one per line."
        )
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise MotionError(path, f"it cannot be read ({error}).", "Save it as UTF-8.") from None
    names = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not names:
        raise MotionError(path, "it names no clip.", "Name one per line.")
    return names


def _features(path: Path) -> Floats:
    """Return the numbers in a file, whatever their shape, in single precision."""
    try:
        # opened here, so that a damaged file is closed again
        with _there(path).open("rb") as file:
            array = np.load(file, allow_pickle=False)
    except _UNREADABLE as error:
        raise MotionError(
            path, f"it is no readable npy ({error}).", "Expected an array saved by numpy.save."
        ) from None
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "fiu":
        raise MotionError(path, "it holds no array of real numbers.", "Save (frames, 263) numbers.")
    return array.astype(np.float32)


def _there(path: Path) -> Path:
    if not path.is_file():
        raise MotionError(path, "there is no such file.", "Add it, or take the clip off the split.")
    return path
