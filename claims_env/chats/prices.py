"""What a token costs: a dated list of prices, to which users add their own."""

import math
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from claims_env.chat import Usage
from claims_env.errors import ConfigError
from claims_env.records import from_json

OWN_PRICES = Path(__file__).with_name("prices.yaml")

_OWN_SERVER = "compatible"
"""The vendor of models at an address of the user's."""


@dataclass(frozen=True, slots=True)
class Price:
    """What some models cost.

    Attributes:
        models: Their names, with or without the vendor; * stands for anything.
        input: [USD per million tokens].
        output: [USD per million tokens], thinking included.
        date: When it was read.
        source: Where it was read.
        cached: Of input the provider had in store [USD per million tokens]; None: as any input.
    """

    models: tuple[str, ...]
    input: float
    output: float
    date: str
    source: str
    cached: float | None = None

    def of(self, usage: Usage) -> float:
        """Return what an answer cost [USD]."""
        cached = self.input if self.cached is None else self.cached
        fresh = usage.input - usage.cached
        millionths = fresh * self.input + usage.cached * cached + usage.output * self.output
        return millionths / 1e6


@dataclass(frozen=True, slots=True)
class Prices:
    """A list of prices; the first entry that names a model counts.

    Attributes:
        entries: Those somebody vouches for, in order.
        listed: The vendors' list prices, behind them; no server of one's own charges those.
    """

    entries: tuple[Price, ...] = ()
    listed: tuple[Price, ...] = ()

    def of(self, model: str) -> Price | None:
        """Return a model's price, or None where nobody wrote one down; never a free one.

        Args:
            model: With or without its vendor.
        """
        vendor, _, bare = model.partition(":")
        names = (model, bare)
        for entry in (*self.entries, *(() if vendor == _OWN_SERVER else self.listed)):
            if any(fnmatchcase(name, known) for known in entry.models for name in names if name):
                return entry
        return None


def load_prices(path: Path | None = None) -> Prices:
    """Return the package's prices, behind those of a file of one's own, if any.

    Args:
        path: A YAML file in the form of the package's prices.yaml.

    Raises:
        ConfigError: The file cannot be read, or an entry is not a price.
    """
    own = read_prices(path) if path is not None else ()
    return Prices(own, read_prices(OWN_PRICES))


def read_prices(path: Path) -> tuple[Price, ...]:
    """Return the entries of a file of prices.

    Raises:
        ConfigError: It cannot be read, or an entry is not a price.
    """
    try:
        entries: object = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigError(f"The prices {path} cannot be read: {error}") from None
    if not isinstance(entries, list):
        raise ConfigError(f"{path} holds no list of prices. See {OWN_PRICES} for the form.")
    return tuple(_price(entry, f"{path}[{i}]") for i, entry in enumerate(entries))


def _price(entry: object, where: str) -> Price:
    if isinstance(entry, dict) and "date" in entry:  # YAML makes a day of 2026-11-22
        entry = {**entry, "date": str(entry["date"])}
    price: Price = from_json(Price, entry, where)
    for name in ("input", "output", "cached"):
        amount: float | None = getattr(price, name)
        if amount is not None and not (amount >= 0 and math.isfinite(amount)):
            raise ConfigError(f"'{where}.{name}' is {amount}. Expected a price of 0 or more.")
    return price
