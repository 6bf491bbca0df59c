"""How a model is trained: everything but its sizes and its data."""

from dataclasses import dataclass
from typing import Literal

from claims_env.errors import ConfigError

Precision = Literal["float32", "bfloat16"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A training's settings; defaults are MDM's (`utils/parser_util.py`) unless said otherwise.

    Attributes:
        batch: Clips per step.
        learning_rate: Of AdamW.
        anneal_steps: Steps after which the learning rate has fallen to zero, in a straight line; 0
            keeps it.
        weight_decay: Of AdamW.
        average: How much of the running average of the weights stays at each step.
        warm_average: Whether the average forgets faster at first, so that a short training is not
            judged by the weights it began with. MDM, which trains for 600,000 steps, does without.
        text_dropped: Share of clips trained without their text; guidance needs some.
        dropout: In the transformer.
        longest: Frames a clip is cut to.
        gradient_norm: What gradients are cut to; None leaves them, as MDM does.
        precision: Of the network's arithmetic; weights stay float32.
        seed: Decides weights, order, crops, noise and dropout.

    Raises:
        ConfigError: A number is out of range.
    """

    batch: int = 64
    learning_rate: float = 1e-4
    anneal_steps: int = 0
    weight_decay: float = 0.0
    average: float = 0.9999
    warm_average: bool = True
    text_dropped: float = 0.1
    dropout: float = 0.1
    longest: int = 196
    gradient_norm: float | None = None
    precision: Precision = "float32"
    seed: int = 10

    def __post_init__(self) -> None:
        _see(self.batch >= 1, "batch", self.batch, "at least 1")
        _see(self.learning_rate > 0, "learning_rate", self.learning_rate, "above 0")
        _see(self.anneal_steps >= 0, "anneal_steps", self.anneal_steps, "0 or more")
        _see(self.weight_decay >= 0, "weight_decay", self.weight_decay, "0 or more")
        _see(0 <= self.average < 1, "average", self.average, "from 0 to below 1")
        _see(0 < self.text_dropped < 1, "text_dropped", self.text_dropped, "between 0 and 1")
        _see(0 <= self.dropout < 1, "dropout", self.dropout, "from 0 to below 1")
        _see(8 <= self.longest <= 5000, "longest", self.longest, "8 to 5000")
        norm = self.gradient_norm
        _see(norm is None or norm > 0, "gradient_norm", norm, "above 0, or none")
        _see(self.seed >= 0, "seed", self.seed, "0 or more")

    def rate_at(self, step: int) -> float:
        """Return the learning rate of a step."""
        if not self.anneal_steps:
            return self.learning_rate
        return self.learning_rate * max(1 - step / self.anneal_steps, 0.0)

    def average_at(self, step: int) -> float:
        """Return how much of the running average stays at a step."""
        return min(self.average, (1 + step) / (10 + step)) if self.warm_average else self.average


def _see(holds: bool, name: str, value: object, expected: str) -> None:
    if not holds:
        raise ConfigError(f"{name} is {value}. Expected: {expected}.")
