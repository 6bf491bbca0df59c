"""The fitted numbers of the family, as scripts/calibrate_surrogate.py writes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from claims_env.errors import ConfigError
from claims_env.records import from_json

SHIPPED = "parameters.yaml"


@dataclass(frozen=True, slots=True)
class Fit:
    """How the progress of a student is read as held-out ability.

    Attributes:
        scale: Ability per unit of progress [logit].
        anchor: Ability at progress 0 [logit].
    """

    scale: float
    anchor: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was fitted, and to what.

    Attributes:
        inputs: Digests of the tables and the library it was fitted to.
        suites: The difficulty of each suite [logit].
        volume: Ability per e-fold of clips [logit].
        hardness: Ability per unit of the clips' mean difficulty [logit/logit].
        tier_effect: Difficulty per tier [logit].
        fits: For each world that is not fitted otherwise.
    """

    inputs: Mapping[str, str]
    suites: Mapping[str, float]
    volume: float
    hardness: float
    tier_effect: float
    fits: Mapping[str, Fit] = field(default_factory=dict[str, Fit])


@cache
def shipped_parameters() -> Parameters:
    """Return the parameters that ship."""
    return _read(
        files("claims_env.trackers.simulated").joinpath(SHIPPED).read_text("utf-8"), SHIPPED
    )


def load_parameters(path: Path) -> Parameters:
    """Return the parameters written in a file.

    Raises:
        ConfigError: It cannot be read, or does not hold them.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read ({error.strerror}). Write one with "
            "scripts/calibrate_surrogate.py."
        ) from None
    return _read(text, str(path))


def _read(text: str, where: str) -> Parameters:
    try:
        content: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"{where} is not YAML: {error}") from None
    parameters: Parameters = from_json(Parameters, content, where)
    return parameters
