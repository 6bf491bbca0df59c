"""A store of text features: each sentence of a data set is encoded once, ever."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from claims_env.errors import MotionError, OutputError
from claims_env.generators.mdm.text_encoder import TextEncoder
from claims_env.motion import read_npz

TOGETHER = 1024
"""Sentences per file: what is lost at most when encoding is stopped."""


@dataclass(frozen=True, slots=True)
class TextStore:
    """Encodes sentences, and keeps what came of them.

    Features are rounded to half precision, whether fresh or kept, so that a training goes on with
    the numbers it was begun with: those of HumanML3D's 45,000 sentences then take one gigabyte.

    Attributes:
        encoder: What encodes them.
        folder: Where they are kept.
    """

    encoder: TextEncoder
    folder: Path

    def encode(
        self, sentences: Sequence[str], after_each: Callable[[], None] = lambda: None
    ) -> list[Tensor]:
        """Return the features of each sentence, shape (tokens, width), float16.

        Args:
            sentences: In an order that stays the same from call to call.
            after_each: Called after each sentence.

        Raises:
            ConfigError: The encoder refuses a sentence.
            OutputError: They cannot be kept.
        """
        features: list[Tensor] = []
        for first in range(0, len(sentences), TOGETHER):
            some = sentences[first : first + TOGETHER]
            path = self.folder / f"{self._key(some)}.npz"
            encoded = self._kept(path)
            if encoded is None:
                encoded = self._fresh(some, after_each)
                self._keep(encoded, path)
            features += encoded
        return features

    def _key(self, sentences: Sequence[str]) -> str:
        said = json.dumps([self.encoder.facts, list(sentences)], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def _fresh(self, sentences: Sequence[str], after_each: Callable[[], None]) -> list[Tensor]:
        features: list[Tensor] = []
        for sentence in sentences:
            features.append(self.encoder.encode(sentence).half())
            after_each()
        return features

    def _kept(self, path: Path) -> list[Tensor] | None:
        if not path.exists():
            return None
        try:
            arrays = read_npz(path)
            ends = np.cumsum(arrays["tokens"])[:-1]
            return [torch.from_numpy(part) for part in np.split(arrays["features"], ends)]
        except (MotionError, KeyError):
            # damaged; it is written anew
            return None

    def _keep(self, features: Sequence[Tensor], path: Path) -> None:
        partial = path.with_name(f".{path.name}.partial")
        tokens = np.array([len(feature) for feature in features])
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as file:
                np.savez(file, tokens=tokens, features=torch.cat(list(features)).numpy())
            partial.replace(path)
        except OSError as error:
            raise OutputError(
                f"{self.folder} cannot be written ({error.strerror}). Make room there."
            ) from None
        finally:
            partial.unlink(missing_ok=True)
