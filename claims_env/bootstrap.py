"""Bootstrap: how sure a figure is, told by drawing its clips again from themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DRAWS = 1000
"""Times the clips are drawn again."""

Places = npt.NDArray[np.intp]
Statistic = Callable[[Places], float | None]
"""A figure of the clips at some places, or None where they do not determine it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval.

    Attributes:
        value: What was measured.
        low: Lower bound, or None where there is no telling.
        high: Upper bound, likewise.
    """

    value: float
    low: float | None
    high: float | None


def estimate(
    statistic: Statistic, groups: Sequence[object], *, seed: int, draws: int = DRAWS
) -> Estimate | None:
    """Return a figure with its percentile interval (Efron, 1979), or None if there is no figure.

    Clips are drawn with replacement within their group, so that a design of so many clips per tier
    stays one. A group of a single clip says nothing of its spread: alone, it has no interval.

    Args:
        statistic: Takes places into the clips, and may get one several times.
        groups: The group of each clip, such as its tier.
        seed: Decides the draws.
        draws: How many.
    """
    value = statistic(np.arange(len(groups))) if len(groups) else None
    if value is None:
        return None
    members = _members(groups)
    if all(len(places) < 2 for places in members):
        return Estimate(value, None, None)
    found = [statistic(places) for places in _drawn(members, draws, seed)]
    known = [figure for figure in found if figure is not None]
    low, high = np.percentile(known, [2.5, 97.5]).tolist() if known else (None, None)
    return Estimate(value, low, high)


def _members(groups: Sequence[object]) -> list[Places]:
    """Return the places of each group's clips, in the order in which the groups appear."""
    places: dict[object, list[int]] = {}
    for place, group in enumerate(groups):
        places.setdefault(group, []).append(place)
    return [np.array(found, dtype=np.intp) for found in places.values()]


def _drawn(members: Sequence[Places], draws: int, seed: int) -> Places:
    """Return places drawn with replacement within each group, shape (draws, clips)."""
    rng = np.random.default_rng(seed)
    return np.hstack([own[rng.integers(len(own), size=(draws, len(own)))] for own in members])
