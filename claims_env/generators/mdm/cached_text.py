"""A text encoder that remembers: a prompt is encoded once, however many clips it gets."""

from collections import OrderedDict
from typing import Any

from torch import Tensor

from claims_env.generators.mdm.text_encoder import TextEncoder
from claims_env.generators.mdm.text_notes import notes_on


class CachedText:
    """Asks another encoder, and keeps its latest answers; see `TextEncoder`.

    Args:
        encoder: Whom to ask.
        capacity: Prompts to keep, of which the one not asked for longest goes first. DistilBERT's
            features of a sentence take about 100 kB.
    """

    def __init__(self, encoder: TextEncoder, capacity: int = 4096) -> None:
        self._encoder, self._capacity = encoder, capacity
        self._kept: OrderedDict[str, Tensor] = OrderedDict()

    @property
    def name(self) -> str:
        """See `TextEncoder`."""
        return self._encoder.name

    @property
    def width(self) -> int:
        """See `TextEncoder`."""
        return self._encoder.width

    @property
    def facts(self) -> dict[str, Any]:
        """See `TextEncoder`."""
        return self._encoder.facts

    def encode(self, text: str) -> Tensor:
        """See `TextEncoder`; what is returned is the caller's own."""
        if text in self._kept:
            self._kept.move_to_end(text)
        else:
            self._kept[text] = self._encoder.encode(text)
        features = self._kept[text].clone()
        while len(self._kept) > self._capacity:
            self._kept.popitem(last=False)
        return features

    def notes(self, text: str) -> dict[str, Any]:
        """Return what the encoder has to say about a prompt; see `notes_on`."""
        return notes_on(text, self._encoder)
