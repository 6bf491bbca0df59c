"""The mixture: criteria by hand, and clusters that are found."""

from math import log, pi

import numpy as np
import pytest

from claims_env.agents.gaussian_mixture import FLOOR, GaussianMixture, best_mixture, fitted


def test_schwarz_criterion_of_one_gaussian_by_hand() -> None:
    points = np.array([[-1.0], [1.0]])
    one = fitted(points, 1, np.random.default_rng(0), steps=3)
    variance = 1 + FLOOR
    assert one.means.tolist() == [[0.0]]
    assert one.covariances == pytest.approx(np.array([[[variance]]]))
    likelihood = -log(2 * pi * variance) - 1 / variance  # two points, each one off
    assert one.bic(points) == pytest.approx(2 * log(2) - 2 * likelihood)


def test_a_point_between_two_equal_gaussians_belongs_to_both() -> None:
    mixture = GaussianMixture(
        np.array([0.5, 0.5]), np.array([[-1.0, 0.0], [1.0, 0.0]]), np.tile(np.eye(2), (2, 1, 1))
    )
    joint = mixture.log_joint(np.array([[0.0, 2.0]]))
    # log 0.5 - log 2 pi - (1 + 4) / 2
    assert joint == pytest.approx(np.full((1, 2), log(0.5) - log(2 * pi) - 2.5))


def test_as_many_clusters_are_found_as_there_are() -> None:
    rng = np.random.default_rng(0)
    centres = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    points = np.concatenate([c + 0.05 * rng.standard_normal((60, 2)) for c in centres])
    found = best_mixture(points, range(1, 6), rng)
    assert len(found.weights) == 3
    apart = np.linalg.norm(found.means[:, None] - centres, axis=2)
    assert apart.min(axis=0) == pytest.approx([0.0, 0.0, 0.0], abs=0.03)


def test_a_cluster_without_width_can_be_fitted() -> None:
    points = np.repeat([[0.0, 1.0], [1.0, 0.0]], 20, axis=0)
    found = best_mixture(points, range(1, 4), np.random.default_rng(0))
    assert np.isfinite(found.bic(points))
    assert len(found.weights) == 2


def test_few_points_are_one_cluster() -> None:
    points = np.random.default_rng(0).random((12, 5))
    assert len(best_mixture(points, range(1, 5), np.random.default_rng(1)).weights) == 1
