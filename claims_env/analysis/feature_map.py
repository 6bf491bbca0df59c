"""The map of the domains: held-out clips in the plane that tells the domains apart best."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.analysis.discriminant import fit
from claims_env.analysis.measured_clip import MeasuredClip
from claims_env.analysis.neighbours import nearest_labels, silhouette, z_scored
from claims_env.rotation import Floats

NEIGHBOURS = 5
"""Clips asked for the domain of another."""


@dataclass(frozen=True, slots=True, eq=False)
class FeatureMap:
    """Where held-out clips lie.

    Attributes:
        places: Along two discriminants fitted to other clips, shape (clips, 2).
        labels: The domain of each.
        recognised: Share whose nearest training clips, in z-scores of the whole signature, are
            mostly of the same domain.
        recognised_along: The same in the space of all discriminants.
        silhouette: Mean silhouette of the places by domain, -1 to 1.
    """

    places: Floats
    labels: tuple[str, ...]
    recognised: float
    recognised_along: float
    silhouette: float


def feature_map(
    train: Sequence[tuple[str, MeasuredClip]], test: Sequence[tuple[str, MeasuredClip]]
) -> FeatureMap:
    """Return the map of test clips by discriminants of the training clips' domains."""
    rows, tried = (np.stack([clip.signature for _, clip in clips]) for clips in (train, test))
    labels, truth = ([label for label, _ in clips] for clips in (train, test))
    told = fit(rows, labels, max(len(set(labels)) - 1, 1))
    along, tried_along = told.project(rows), told.project(tried)
    near, near_tried = z_scored(rows, tried)
    # two domains lie on a line
    places = np.pad(tried_along[:, :2], ((0, 0), (0, max(2 - tried_along.shape[1], 0))))
    return FeatureMap(
        places=places,
        labels=tuple(truth),
        recognised=_share(nearest_labels(near, labels, near_tried, NEIGHBOURS), truth),
        recognised_along=_share(nearest_labels(along, labels, tried_along, NEIGHBOURS), truth),
        silhouette=silhouette(places, truth),
    )


def _share(guessed: Sequence[str], truth: Sequence[str]) -> float:
    return sum(g == t for g, t in zip(guessed, truth, strict=True)) / len(truth)
