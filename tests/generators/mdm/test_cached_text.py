from typing import Any

import pytest

pytest.importorskip("torch")

import torch
from torch import Tensor

from claims_env.errors import ConfigError
from claims_env.generators.mdm.cached_text import CachedText
from claims_env.generators.mdm.text_notes import notes_on


class Counts:
    """Encodes a text as its length, and remembers what it was asked."""

    name, width = "counts", 1

    def __init__(self) -> None:
        self.asked: list[str] = []

    @property
    def facts(self) -> dict[str, Any]:
        return {"name": self.name}

    def encode(self, text: str) -> Tensor:
        self.asked.append(text)
        if not text:
            raise ConfigError("empty")
        return torch.tensor([[float(len(text))]])


class CutsAll(Counts):
    """Reads one letter of every text."""

    def notes(self, text: str) -> dict[str, Any]:
        return {"text_cut_after": text[:1]}


def test_a_text_is_encoded_once() -> None:
    encoder = Counts()
    cached = CachedText(encoder)
    assert [cached.encode(text).item() for text in ("run", "jump", "run")] == [3, 4, 3]
    assert encoder.asked == ["run", "jump"]


def test_the_text_not_asked_for_longest_goes_first() -> None:
    encoder = Counts()
    cached = CachedText(encoder, capacity=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        cached.encode(text)
    assert encoder.asked == ["a", "b", "c", "b"]


def test_writing_into_what_was_returned_changes_no_later_answer() -> None:
    cached = CachedText(Counts())
    cached.encode("run").zero_()
    assert cached.encode("run").item() == 3


def test_a_refused_text_is_refused_again() -> None:
    encoder = Counts()
    cached = CachedText(encoder)
    for _ in range(2):
        with pytest.raises(ConfigError):
            cached.encode("")
    assert encoder.asked == ["", ""]


def test_it_speaks_for_the_encoder_behind_it() -> None:
    cached = CachedText(CutsAll())
    assert (cached.name, cached.width, cached.facts) == ("counts", 1, {"name": "counts"})
    assert notes_on("run", cached) == {"text_cut_after": "r"}
    assert notes_on("run", CachedText(Counts())) == {}
