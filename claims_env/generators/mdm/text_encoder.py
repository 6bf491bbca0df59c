"""What MDM needs from a text encoder."""

from typing import Any, Protocol

from torch import Tensor


class TextEncoder(Protocol):
    """Turns a prompt into features; frozen, and without randomness."""

    @property
    def name(self) -> str:
        """Which it is, as args.json spells it: upstream's 'bert' or 'clip', or our 'word_hash'."""
        ...

    @property
    def width(self) -> int:
        """Numbers per token."""
        ...

    @property
    def facts(self) -> dict[str, Any]:
        """What a record should hold of it: folder name, hash of its weights, library version."""
        ...

    def encode(self, text: str) -> Tensor:
        """Return its features, shape (tokens, width), float32, on the CPU.

        Raises:
            ConfigError: The text holds no word, or is too long for the encoder.
        """
        ...
