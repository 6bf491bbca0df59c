"""The ridge regression of LinUCB: two unknowns by hand, and many against one large system."""

import numpy as np
import pytest

from claims_env.agents.hybrid_ridge import fit_hybrid


def test_two_unknowns_by_hand() -> None:
    # A = I + [[2, 1], [1, 1]] = [[3, 1], [1, 2]], its inverse [[2, -1], [-1, 3]] / 5, b = (4, 3)
    zeros, active = np.zeros(2, np.int64), np.zeros((2, 1), np.int64)
    z = np.array([[0.0], [1.0]])
    model = fit_hybrid(zeros, active, z, np.array([1.0, 3.0]), shape=(1, 1))
    assert model.theta[0, 0] == pytest.approx(1.0)
    assert model.beta[0] == pytest.approx(1.0)
    assert model.value(zeros, active, z) == pytest.approx([1.0, 2.0])
    assert model.width(zeros, active, z) == pytest.approx([np.sqrt(2 / 5), np.sqrt(3 / 5)])


def test_eliminating_the_domains_changes_nothing() -> None:
    rng = np.random.default_rng(0)
    n, domains, features, k = 60, 3, 7, 2
    domain, z = rng.integers(domains, size=n), rng.normal(size=(n, k))
    active, reward = rng.integers(features, size=(n, 4)), rng.normal(size=n)
    model = fit_hybrid(domain, active, z, reward, shape=(domains, features), ridge=0.5)
    x = np.zeros((n, domains * features + k))
    for i in range(n):
        np.add.at(x[i], domain[i] * features + active[i], 1.0)
    x[:, domains * features :] = z
    inverse = np.linalg.inv(0.5 * np.eye(x.shape[1]) + x.T @ x)
    assert model.value(domain, active, z) == pytest.approx(x @ inverse @ x.T @ reward)
    expected = np.sqrt(np.einsum("ni,ij,nj->n", x, inverse, x))
    assert model.width(domain, active, z) == pytest.approx(expected)


def test_nothing_seen_expects_nothing_and_is_as_unsure_as_the_features_are_long() -> None:
    none = np.zeros((0, 2), np.int64)
    model = fit_hybrid(none[:, 0], none, np.zeros((0, 1)), np.zeros(0), shape=(2, 3))
    domain, active, z = np.array([1]), np.array([[0, 2]]), np.array([[1.0]])
    assert model.value(domain, active, z).tolist() == [0.0]
    assert model.width(domain, active, z) == pytest.approx([np.sqrt(3)])
