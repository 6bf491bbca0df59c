"""A small mixture of Gaussians with full covariances, fitted by expectation-maximisation.

Dempster, Laird and Rubin (1977, JRSS B 39); how many components it has is Schwarz's criterion's
choice (BIC, 1978, Ann. Statist. 6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, pi

import numpy as np

from claims_env.word_grid import Floats

FLOOR = 1e-3
"""Added to each variance: tiers and outcomes are steps, and a cluster may have no width."""


@dataclass(frozen=True, slots=True)
class GaussianMixture:
    """K Gaussians in d dimensions.

    Attributes:
        weights: Shares, shape (K,).
        means: Shape (K, d).
        covariances: Shape (K, d, d).
    """

    weights: Floats
    means: Floats
    covariances: Floats

    def log_joint(self, points: Floats) -> Floats:
        """Return the log density of points in each component times its share, shape (n, K)."""
        halves = np.linalg.cholesky(self.covariances)
        standard = (points[None] - self.means[:, None]) @ np.linalg.inv(halves).transpose(0, 2, 1)
        spread = np.log(np.diagonal(halves, axis1=1, axis2=2)).sum(axis=1)
        far = 0.5 * np.einsum("knd,knd->kn", standard, standard) + spread[:, None]
        found: Floats = np.log(self.weights) - far.T - 0.5 * points.shape[1] * log(2 * pi)
        return found

    def bic(self, points: Floats) -> float:
        """Return Schwarz's criterion; less is better."""
        count, d = self.means.shape
        free = count * (1 + d + d * (d + 1) / 2) - 1
        return float(free * log(len(points)) - 2 * _log_sum(self.log_joint(points)).sum())


def best_mixture(
    points: Floats, counts: Sequence[int], rng: np.random.Generator, steps: int = 15
) -> GaussianMixture:
    """Return the mixture with the least BIC among those of so many components.

    Args:
        points: What to fit, shape (n, d).
        counts: How many components to try; those of more than a tenth of the points are left out,
            but never one.
        rng: Where the starts come from.
        steps: Of expectation-maximisation.
    """
    tried = [k for k in counts if k == 1 or 10 * k <= len(points)] or [1]
    fits = [fitted(points, k, rng, steps) for k in tried]
    return min(fits, key=lambda fit: fit.bic(points))


def fitted(points: Floats, count: int, rng: np.random.Generator, steps: int) -> GaussianMixture:
    """Return a mixture of so many components, started at points far apart."""
    apart = ((points[:, None] - _starts(points, count, rng)) ** 2).sum(axis=2)
    share = np.eye(count)[np.argmin(apart, axis=1)]
    mixture = _maximised(points, share)
    for _ in range(steps):
        joint = mixture.log_joint(points)
        mixture = _maximised(points, np.exp(joint - _log_sum(joint)[:, None]))
    return mixture


def _maximised(points: Floats, share: Floats) -> GaussianMixture:
    mass = share.sum(axis=0) + 1e-9
    means = share.T @ points / mass[:, None]
    centred = points[None] - means[:, None]
    covariances = (share.T[:, :, None] * centred).transpose(0, 2, 1) @ centred
    covariances = covariances / mass[:, None, None] + FLOOR * np.eye(points.shape[1])
    return GaussianMixture(mass / mass.sum(), means, covariances)


def _starts(points: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Return points drawn by their squared distance from those drawn before (k-means++, 2007)."""
    chosen = [points[int(rng.integers(len(points)))]]
    apart = np.full(len(points), np.inf)
    while len(chosen) < count:
        apart = np.minimum(apart, ((points - chosen[-1]) ** 2).sum(axis=1))
        total = np.cumsum(apart + 1e-12)
        chosen.append(points[int(np.searchsorted(total, rng.random() * total[-1]))])
    return np.array(chosen)


def _log_sum(joint: Floats) -> Floats:
    top = joint.max(axis=1)
    summed: Floats = top + np.log(np.exp(joint - top[:, None]).sum(axis=1))
    return summed
