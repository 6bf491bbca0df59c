from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from claims_env.generators.mdm.training.text_store import TextStore
from claims_env.generators.mdm.word_hash import WordHash


class Counting:
    """A `TextEncoder` that counts how often it is asked."""

    def __init__(self, width: int = 8) -> None:
        self._inner, self.asked = WordHash(width), 0
        self.name, self.width = self._inner.name, width
        self.facts: dict[str, Any] = self._inner.facts

    def encode(self, text: str) -> Tensor:
        self.asked += 1
        return self._inner.encode(text)


def test_a_sentence_is_encoded_once_and_read_back_the_same(tmp_path: Path) -> None:
    encoder = Counting()
    said = ["a person walks", "someone jumps", "bow"]
    fresh = TextStore(encoder, tmp_path).encode(said)
    kept = TextStore(encoder, tmp_path).encode(said)
    assert encoder.asked == 3
    assert [len(text) for text in kept] == [3, 2, 1]
    assert all(one.equal(other) for one, other in zip(fresh, kept, strict=True))
    assert kept[0].dtype == torch.float16


def test_other_sentences_or_another_encoder_are_encoded_anew(tmp_path: Path) -> None:
    first, wider = Counting(), Counting(16)
    TextStore(first, tmp_path).encode(["walk"])
    TextStore(first, tmp_path).encode(["run"])
    assert TextStore(wider, tmp_path).encode(["walk"])[0].shape == (1, 16)
    assert (first.asked, wider.asked) == (2, 1)


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    encoder = Counting()
    store = TextStore(encoder, tmp_path)
    store.encode(["walk"])
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:50])
    store.encode(["walk"])
    store.encode(["walk"])
    assert encoder.asked == 2
