"""Linear discriminants: the directions in which classes differ most for their own spread."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.rotation import Floats

SHRINKAGE = 0.3
"""Share of the spread within classes taken to be the same in every direction.

There are more figures than clips of a class, so their covariance alone cannot be inverted.
"""

FARTHEST = 4.0
"""Deviations from the mean beyond which a figure counts no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Discriminant:
    """Fisher's linear discriminants (1936), fitted to labelled rows.

    Attributes:
        centre: Mean of the rows fitted, shape (figures,).
        scale: Their deviation, shape (figures,), 1 where they do not vary.
        axes: Directions in z-scores, the most telling first, shape (figures, axes).
    """

    centre: Floats
    scale: Floats
    axes: Floats

    def project(self, rows: Floats) -> Floats:
        """Return rows (n, figures) along the axes, shape (n, axes)."""
        projected: Floats = _bounded((rows - self.centre) / self.scale) @ self.axes
        return projected


def fit(rows: Floats, labels: Sequence[str], axes: int) -> Discriminant:
    """Return the discriminants of labelled rows, shape (n, figures).

    Within the projection the pooled spread within classes is the unit matrix, with `SHRINKAGE`.
    """
    centre, scale = rows.mean(0), rows.std(0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    z = _bounded((rows - centre) / scale)
    means = _class_means(z, labels)
    value, vector = np.linalg.eigh(_shrunk(np.cov((z - means).T, bias=True)))
    whitening = vector / np.sqrt(value)
    # of whitened class means the principal directions are the discriminants
    directions = np.linalg.svd(means @ whitening, full_matrices=False)[2][:axes]
    largest = np.abs(directions).argmax(1)
    # a singular vector's sign is arbitrary: let each axis grow with its largest part
    directions *= np.sign(directions[np.arange(len(directions)), largest])[:, None]
    return Discriminant(centre, scale, whitening @ directions.T)


def _bounded(z: Floats) -> Floats:
    """Return z-scores within `FARTHEST`: one odd figure must not outvote all the others."""
    return np.clip(z, -FARTHEST, FARTHEST)


def _class_means(rows: Floats, labels: Sequence[str]) -> Floats:
    """Return for each row the mean of its class, shape (n, figures)."""
    kinds, own = np.unique(labels, return_inverse=True)
    sums = np.zeros((len(kinds), rows.shape[1]))
    np.add.at(sums, own, rows)
    means: Floats = (sums / np.bincount(own)[:, None])[own]
    return means


def _shrunk(covariance: Floats) -> Floats:
    """Return a covariance drawn towards a multiple of the unit matrix."""
    even = np.trace(covariance) / len(covariance) + 1e-9
    shrunk: Floats = (1 - SHRINKAGE) * covariance + SHRINKAGE * even * np.eye(len(covariance))
    return shrunk
