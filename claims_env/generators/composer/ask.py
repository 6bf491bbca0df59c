"""What a move asks of a primitive: its parameters, with defaults and the style's amplitude."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """The parameters of one move.

    Attributes:
        given: As the score states them.
        size: Amplitude of the style times the move's own, about 1.
        repeats: How often it may be repeated at most, so that a full clip shows every move.
    """

    given: Mapping[str, float]
    size: float
    repeats: int = 24

    def distance(self, default: float) -> float:
        """Travel [m]; a default grows with the size, a stated one is kept."""
        return self.given.get("distance", default * self.size)

    def height(self, default: float) -> float:
        """Height of the working hand or foot [m]."""
        return self.given.get("height", default * (0.5 + 0.5 * self.size))

    def turns(self, default: float) -> float:
        """Full turns."""
        return self.given.get("turns", default)

    def count(self, default: int) -> int:
        """How many times, at least once, at most `repeats`."""
        return int(min(max(round(self.given.get("count", default)), 1), self.repeats))

    def depth(self, default: float) -> float:
        """How deep, 0 to 1."""
        return min(max(self.given.get("depth", default * self.size), 0.0), 1.0)

    def airtime(self, default: float) -> float:
        """Time in the air [s]: height goes with its square. At most 0.65."""
        return float(min(max(default * self.size**0.5, 0.15), 0.65))
