"""Rank correlations, against numbers worked out by hand."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from claims_env.rank_correlation import kendall, paired, spearman
from claims_env.rotation import Floats

Correlation = Callable[[Floats], float | None]


def correlated(correlation: Correlation, a: npt.ArrayLike, b: npt.ArrayLike) -> float | None:
    return correlation(paired(a, b).table())


def test_a_table_counts_pairs_in_the_order_of_their_values() -> None:
    columns = paired([5.0, 1.0, 5.0], [2, 2, 3])
    assert columns.table().tolist() == [[1, 0], [1, 1]]
    assert columns.table(np.array([0, 0, 2])).tolist() == [[0, 0], [2, 1]]


def test_spearman_by_hand() -> None:
    # ranks 1 2 3 4 and 2 1 4 3 differ by one each: 1 - 6 * 4 / (4 * 15)
    assert correlated(spearman, [10, 20, 30, 40], [2, 1, 9, 8]) == pytest.approx(0.6)


def test_spearman_with_ties_by_hand() -> None:
    # ranks 1.5 1.5 3 and 1 2 3, less their mean of 2: products sum to 1.5, squares to 1.5 and 2
    assert correlated(spearman, [5, 5, 7], [1, 2, 3]) == pytest.approx(1.5 / math.sqrt(1.5 * 2))


def test_kendall_by_hand() -> None:
    # of six pairs four rise together and two do not
    assert correlated(kendall, [1, 2, 3, 4], [2, 1, 4, 3]) == pytest.approx((4 - 2) / 6)


def test_kendall_with_ties_by_hand() -> None:
    # two pairs rise together, one is tied in the first column: 2 / sqrt(2 * 3)
    assert correlated(kendall, [5, 5, 7], [1, 2, 3]) == pytest.approx(2 / math.sqrt(6))


@pytest.mark.parametrize("correlation", [spearman, kendall])
def test_what_does_not_vary_has_no_order(correlation: Correlation) -> None:
    assert correlated(correlation, [1, 1, 1], [1, 2, 3]) is None
    assert correlated(correlation, [4], [2]) is None
    assert correlated(correlation, [], []) is None


@pytest.mark.parametrize("correlation", [spearman, kendall])
def test_only_the_order_counts(correlation: Correlation) -> None:
    rng = np.random.default_rng(3)
    a, b = rng.normal(size=(2, 40))
    assert correlated(correlation, a, b) == pytest.approx(correlated(correlation, np.exp(a), b**3))
    opposite = correlated(correlation, a, -b)
    assert opposite is not None
    assert correlated(correlation, a, b) == pytest.approx(-opposite)
    assert correlated(correlation, a, a) == pytest.approx(1.0)


def test_they_are_what_scipy_finds() -> None:
    rng = np.random.default_rng(4)
    a, b = rng.integers(1, 11, size=(2, 80))
    assert correlated(spearman, a, b) == pytest.approx(float(stats.spearmanr(a, b).statistic))
    assert correlated(kendall, a, b) == pytest.approx(float(stats.kendalltau(a, b).statistic))
