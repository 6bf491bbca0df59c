"""A batch: the clips one step learns from, cut, padded, each with one of its captions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from claims_env.generators.mdm.training.corpus import SHORTEST, UNIT, Corpus
from claims_env.generators.mdm.training.dice import generator_for
from claims_env.generators.mdm.training.recipe import Recipe


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Clips of different length side by side.

    Attributes:
        motion: Normalised features, shape (clips, frames, features); zero where padded.
        frame_padding: True where a clip has no frame, shape (clips, frames).
        text: Features of one caption each, shape (clips, tokens, width); zero where padded.
        text_padding: True where a caption has no token, shape (clips, tokens).
    """

    motion: Tensor
    frame_padding: Tensor
    text: Tensor
    text_padding: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return the same batch on a device."""
        return Batch(
            _moved(self.motion, device),
            _moved(self.frame_padding, device),
            _moved(self.text, device),
            _moved(self.text_padding, device),
        )


def draw_batch(corpus: Corpus, recipe: Recipe, step: int) -> Batch:
    """Return the batch of a step; the same step has the same batch.

    Every clip comes once per epoch. Each is cut as MDM cuts it (`Text2MotionDatasetV2`): to a
    multiple of four frames, a third of the time one unit shorter, from a random first frame on.
    """
    first, count = step * recipe.batch, len(corpus.clips)
    chances = torch.rand(
        recipe.batch, 3, generator=generator_for(recipe.seed, "crops", step), dtype=torch.float64
    ).tolist()
    motions: list[Tensor] = []
    texts: list[Tensor] = []
    for position, (length, start, caption) in enumerate(chances, first):
        row = _row(position, count, recipe.seed)
        motions.append(_cut(corpus.clips[row], recipe.longest, length, start))
        rows = corpus.captions[row]
        texts.append(corpus.texts[rows[int(caption * len(rows))]])
    motion, frame_padding = padded(motions)
    text, text_padding = padded(texts)
    return Batch(motion, frame_padding, text, text_padding)


def padded(pieces: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Return tensors of different length as one of float32, and where it is mere padding."""
    longest = max(len(piece) for piece in pieces)
    whole = torch.zeros(len(pieces), longest, pieces[0].shape[1])
    padding = torch.ones(len(pieces), longest, dtype=torch.bool)
    for index, piece in enumerate(pieces):
        whole[index, : len(piece)] = piece
        padding[index, : len(piece)] = False
    return whole, padding


def _row(position: int, count: int, seed: int) -> int:
    return int(_order(count, seed, position // count)[position % count])


@lru_cache(maxsize=2)
def _order(count: int, seed: int, epoch: int) -> Tensor:
    return torch.randperm(count, generator=generator_for(seed, "order", epoch))


def _cut(clip: npt.NDArray[np.float32], longest: int, length: float, start: float) -> Tensor:
    """Return a piece of the clip; the last two are chances, from 0 to below 1."""
    units = min(len(clip), longest) // UNIT
    is_shorter = length < 1 / 3 and units * UNIT > SHORTEST
    frames = (units - is_shorter) * UNIT
    first = int(start * (len(clip) - frames + 1))
    return torch.from_numpy(clip[first : first + frames])


def _moved(tensor: Tensor, device: torch.device) -> Tensor:
    if device.type != "cuda":
        return tensor.to(device)
    # from pinned memory, or the copy would wait until the step before is done
    return tensor.pin_memory().to(device, non_blocking=True)
