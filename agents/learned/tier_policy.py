"""A trained policy over tiers, played with numpy, and the file it lives in."""

import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claims_env.durable_file import write_atomically
from claims_env.errors import CheckpointError, ConfigError
from claims_env.records import from_json, to_json
from claims_env.tier_mask import Masks
from claims_env.tier_observation import SEAT, Vectors
from claims_env.variable_library import TIERS
from claims_env.word_grid import Floats

Places = npt.NDArray[np.int64]

FORMAT = "claims_env tier policy 1"


@dataclass(frozen=True, slots=True)
class Training:
    """How a policy came about.

    Attributes:
        algorithm: 'ppo' or 'maskable-ppo'.
        worlds: The simulated worlds it was trained on.
        seed: Of the training.
        decisions: How many decisions of a seat it was trained on.
        sets: Prompts of a round then.
        rounds: Rounds of an episode then.
        library: The digest of the words.
        reach: How many tiers a domain could move in a round; None is any number.
        versions: Of the libraries that trained it.
    """

    algorithm: str
    worlds: tuple[str, ...]
    seed: int
    decisions: int
    sets: int
    rounds: int
    library: str
    reach: float | None
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a network.

    Attributes:
        weight: Shape (out, in).
        bias: Shape (out,).
    """

    weight: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TierPolicy:
    """A network of tanh layers from what a seat sees to a score for each tier.

    Attributes:
        training: How it came about.
        layers: From the first to the last, which has no tanh.
    """

    training: Training
    layers: tuple[Layer, ...]

    def scores(self, seen: Vectors) -> Floats:
        """Return a score for each tier, shape (seats, 5).

        Args:
            seen: What each seat sees, shape (seats, 9).
        """
        values: Floats = np.asarray(seen, np.float64)
        for i, layer in enumerate(self.layers):
            values = values if i == 0 else np.tanh(values)
            values = values @ np.array(layer.weight).T + np.array(layer.bias)
        return values

    def tiers(self, seen: Vectors, allowed: Masks | None = None) -> Places:
        """Return the tier of the highest score in each seat, 1 to 5, shape (seats,).

        Args:
            seen: What each seat sees, shape (seats, 9).
            allowed: Which tiers may be chosen, shape (seats, 5); None allows all.
        """
        scores = self.scores(seen)
        if allowed is not None:
            scores = np.where(allowed, scores, -np.inf)
        # rounded, so that sums added in another order give the same tier
        best: Places = TIERS[0] + np.argmax(np.round(scores, 9), axis=1)
        return best


def save_policy(policy: TierPolicy, path: Path) -> None:
    """Write a policy as JSON, whole or not at all."""
    content = {"format": FORMAT, "sees": list(SEAT), "policy": to_json(policy)}
    write_atomically(path, (json.dumps(content) + "\n").encode())


def load_policy(path: Path) -> TierPolicy:
    """Return a policy from its file, which is read as data and never run.

    Raises:
        CheckpointError: The file is missing, damaged, or of a policy that sees something else.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CheckpointError(f"{path} cannot be read as a policy: {error}. {_CURE}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CheckpointError(f"{path} is no policy. Expected format '{FORMAT}'. {_CURE}")
    if content.get("sees") != list(SEAT):
        raise CheckpointError(f"{path} sees {content.get('sees')}. Expected {list(SEAT)}. {_CURE}")
    return _checked(content.get("policy"), path)


_CURE = "Train one with scripts/train_ppo_scheduler.py."


def _checked(content: Any, path: Path) -> TierPolicy:
    try:
        policy: TierPolicy = from_json(TierPolicy, content, "policy")
        shapes = [_shape(layer) for layer in policy.layers]
    except (ConfigError, ValueError, TypeError, KeyError) as error:
        raise CheckpointError(f"{path} is damaged: {error}. {_CURE}") from error
    leads = [into for _, into in shapes] + [out for out, _ in shapes[-1:]]
    chained = all(out == into for (out, _), (_, into) in itertools.pairwise(shapes))
    if not shapes or not chained or (leads[0], leads[-1]) != (len(SEAT), len(TIERS)):
        raise CheckpointError(
            f"{path} is damaged: its layers have shapes {shapes}, (out, in). Expected a chain that "
            f"leads from {len(SEAT)} to {len(TIERS)}. {_CURE}"
        )
    return policy


def _shape(layer: Layer) -> tuple[int, int]:
    weight, bias = np.array(layer.weight, np.float64), np.array(layer.bias, np.float64)
    if weight.ndim != 2 or len(weight) != len(bias):
        raise ValueError(f"a layer has weights {weight.shape} and biases {bias.shape}")
    if not (np.isfinite(weight).all() and np.isfinite(bias).all()):
        raise ValueError("a layer holds a number that is not finite")
    return weight.shape[0], weight.shape[1]
