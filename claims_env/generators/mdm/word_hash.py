"""A text encoder of no weights, for those who train a model of their own without DistilBERT."""

import hashlib
import math
import re
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor

from claims_env.errors import ConfigError
from claims_env.rotation import Floats

NAME = "word_hash"
"""What args.json and every record call it, so that nobody takes it for DistilBERT."""

VERSION = 1
"""Raised whenever the same words would give other numbers: a model knows one version alone."""

LONGEST = 512
"""Words per prompt, as many as DistilBERT takes word pieces."""

_WORD = re.compile(r"[^\W_]+")
_PIECE = 3
"""Letters per piece; with fewer, unrelated words would share most of theirs."""


class WordHash:
    """Gives every word a fixed vector that follows from its letters; see `TextEncoder`.

    A word's vector sums random signs, one row for the word and one for each run of three letters
    in it (as fastText does, Bojanowski et al. 2017), so that 'kick' and 'kicks' are neighbours. A
    sinusoidal position joins it, since cross-attention knows no order of its own. Nothing is
    learned here: words that mean the same are strangers until training brings them together.
    """

    def __init__(self, width: int = 256) -> None:
        """Make one of so many numbers per word.

        Raises:
            ConfigError: The width is odd or below 2.
        """
        if width < 2 or width % 2:
            raise ConfigError(f"word_hash's width is {width}. Give an even number, such as 256.")
        self._width = width

    @property
    def name(self) -> str:
        """See `TextEncoder`."""
        return NAME

    @property
    def width(self) -> int:
        """See `TextEncoder`."""
        return self._width

    @property
    def facts(self) -> dict[str, Any]:
        """See `TextEncoder`."""
        return {"name": NAME, "version": VERSION, "width": self._width}

    def encode(self, text: str) -> Tensor:
        """See `TextEncoder`."""
        words = _WORD.findall(text.lower())
        if not words:
            raise ConfigError(f"The prompt '{text}' holds no word. Write what is to be done.")
        if len(words) > LONGEST:
            raise ConfigError(f"A prompt has {len(words)} words; {LONGEST} are the most.")
        vectors = np.stack([_vector(word, self._width) for word in words])
        return torch.from_numpy((vectors + _positions(len(words), self._width)).astype(np.float32))


@lru_cache(maxsize=4096)
def _vector(word: str, width: int) -> Floats:
    """Return the word's vector, shape (width,), whose numbers have a root mean square of one."""
    bounded = f"<{word}>"
    pieces = [bounded[i : i + _PIECE] for i in range(len(bounded) - _PIECE + 1)]
    # the word itself weighs as much as all its pieces, or long words would lose their identity
    total = math.sqrt(len(pieces)) * _signs(bounded, width)
    total += sum((_signs(piece, width) for piece in pieces), np.zeros(width))
    total /= math.sqrt(float((total**2).mean()))
    return total


def _signs(piece: str, width: int) -> Floats:
    digest = hashlib.shake_256(piece.encode()).digest((width + 7) // 8)
    bits = np.unpackbits(np.frombuffer(digest, np.uint8))[:width]
    return 2.0 * bits - 1.0


def _positions(words: int, width: int) -> Floats:
    """Return the sine and cosine table of Vaswani et al. 2017, shape (words, width)."""
    rates = np.exp(-math.log(10_000.0) * np.arange(0, width, 2) / width)
    angles = np.arange(words)[:, None] * rates
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(words, width)
