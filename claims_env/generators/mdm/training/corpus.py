"""What a model learns from: normalised clips and the features of what is said of them."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import Tensor

from claims_env.errors import MotionError
from claims_env.humanml3d import CaptionedFeatures

UNIT = 4
"""Clips are cut to multiples of so many frames (MDM, `unit_length`)."""

SHORTEST = 2 * UNIT
"""Frames a clip must have, so that one unit less still leaves something."""


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Everything a training draws from, in memory.

    Attributes:
        clips: Normalised features, each of shape (frames, features), float32.
        captions: For each clip, the rows of `texts` that describe it.
        texts: Features of each sentence, shape (tokens, width).
        digest: A hash of the clips and their sentences.
    """

    clips: tuple[npt.NDArray[np.float32], ...]
    captions: tuple[tuple[int, ...], ...]
    texts: tuple[Tensor, ...]
    digest: str


def corpus_of(
    clips: Sequence[CaptionedFeatures],
    mean: npt.NDArray[np.floating],
    std: npt.NDArray[np.floating],
    encode: Callable[[Sequence[str]], Sequence[Tensor]],
) -> Corpus:
    """Return the corpus of some clips.

    Args:
        clips: In an order that stays the same from call to call.
        mean: What is taken from the features, shape (features,).
        std: What they are divided by then, shape (features,).
        encode: Turns distinct sentences into their features.

    Raises:
        MotionError: There is no clip, or one is too short, not finite, of another width or without
            a caption.
    """
    if not clips:
        raise MotionError("the data", "there is no clip to learn from.", "Name another folder.")
    for clip in clips:
        _inspect(clip, len(mean))
    sentences = sorted({caption for clip in clips for caption in clip.captions})
    row = {sentence: index for index, sentence in enumerate(sentences)}
    return Corpus(
        tuple(((clip.features - mean) / std).astype(np.float32) for clip in clips),
        tuple(tuple(row[caption] for caption in clip.captions) for clip in clips),
        tuple(encode(sentences)),
        _digest(clips),
    )


def _inspect(clip: CaptionedFeatures, width: int) -> None:
    if clip.features.ndim != 2 or clip.features.shape[1] != width:
        raise MotionError(
            clip.name,
            f"its features have shape {clip.features.shape}.",
            f"Expected (frames, {width}).",
        )
    if len(clip.features) < SHORTEST:
        raise MotionError(
            clip.name, f"it has {len(clip.features)} frames.", f"At least {SHORTEST} are needed."
        )
    if not np.isfinite(clip.features).all():
        raise MotionError(clip.name, "it holds NaN or infinite numbers.", "Leave it out.")
    if not clip.captions:
        raise MotionError(clip.name, "nothing is said of it.", "Add a caption, or leave it out.")


def _digest(clips: Sequence[CaptionedFeatures]) -> str:
    seen = hashlib.sha256()
    for clip in clips:
        # lengths stand before what they measure, so that no two data sets run together
        for part in (np.float32(clip.features).tobytes(), *(c.encode() for c in clip.captions)):
            seen.update(len(part).to_bytes(8, "little"))
            seen.update(part)
        seen.update(b"|")
    return seen.hexdigest()[:16]
