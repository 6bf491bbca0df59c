"""Spreads, rates, correlations and neighbours, against numbers worked out by hand."""

import numpy as np
import pytest

from claims_env.analysis.discriminant import fit
from claims_env.analysis.neighbours import distances, nearest_labels, silhouette, z_scored
from claims_env.analysis.spread import Spread, mean, rank_correlation, rate, spread_of


def test_a_spread_names_its_percentiles() -> None:
    assert spread_of(list(range(101))) == Spread(5.0, 50.0, 95.0)


def test_a_rate_has_wilsons_interval() -> None:
    # 8 of 10: centre (0.8 + 0.19207) / 1.38415 = 0.71674, half width 0.22659
    estimate = rate(8, 10)
    assert estimate.value == 0.8
    assert (estimate.low, estimate.high) == pytest.approx((0.49016, 0.94332), abs=1e-4)


def test_a_rate_of_all_or_none_stays_within_bounds_and_is_not_certain() -> None:
    assert rate(10, 10).high == 1.0 and rate(10, 10).low == pytest.approx(0.72247, abs=1e-4)
    assert rate(0, 10).low == 0.0 and rate(0, 10).high > 0.2


def test_the_interval_of_a_mean_of_shares_stays_a_share() -> None:
    estimate = mean([0.0] * 19 + [1.0])
    assert estimate.value == 0.05
    assert 0.0 <= estimate.low < 0.05 < estimate.high <= 1.0
    assert mean([2.0, 2.0, 2.0]) == mean([2.0]) == type(estimate)(2.0, 2.0, 2.0)


def test_a_mean_is_the_same_each_time_it_is_asked_for() -> None:
    assert mean([1.0, 2.0, 5.0]) == mean([1.0, 2.0, 5.0])


def test_rank_correlation_knows_order_and_shares_ranks_between_equals() -> None:
    assert rank_correlation([1, 2, 3, 4], [10, 20, 40, 80]).value == pytest.approx(1.0)
    assert rank_correlation([1, 2, 3, 4], [9, 7, 5, 3]).value == pytest.approx(-1.0)
    # ranks 1.5 1.5 3.5 3.5 against 1 2 3 4: covariance 4, variances 4 and 5
    assert rank_correlation([1, 1, 2, 2], [1, 2, 3, 4]).value == pytest.approx(4 / 20**0.5)


def test_rank_correlation_is_less_certain_of_fewer_clips() -> None:
    few = rank_correlation([1, 2, 3, 4, 5, 6], [1, 3, 2, 5, 4, 6])
    many = rank_correlation([1, 2, 3, 4, 5, 6] * 9, [1, 3, 2, 5, 4, 6] * 9)
    assert few.value == pytest.approx(many.value)
    assert few.low < many.low < many.value < many.high < few.high


def test_of_what_does_not_vary_no_correlation_is_known() -> None:
    unknown = rank_correlation([1, 2, 3], [7, 7, 7])
    assert (unknown.value, unknown.low, unknown.high) == (0.0, -1.0, 1.0)


def test_distances_are_those_of_pythagoras() -> None:
    assert distances(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 1.0]])) == pytest.approx(
        np.array([[5.0, 1.0]])
    )


def test_the_nearest_label_wins_and_of_several_neighbours_the_majority() -> None:
    train, labels = np.array([[0.0], [1.0], [1.2], [5.0]]), ["a", "b", "b", "c"]
    assert nearest_labels(train, labels, np.array([[0.1], [4.0]])) == ["a", "c"]
    assert nearest_labels(train, labels, np.array([[0.1]]), k=3) == ["b"]


def test_z_scores_are_those_of_the_training_rows_and_constant_figures_count_nothing() -> None:
    train, test = z_scored(np.array([[1.0, 7.0], [3.0, 7.0]]), np.array([[5.0, 7.0]]))
    assert train == pytest.approx(np.array([[-1.0, 0.0], [1.0, 0.0]]))
    assert test == pytest.approx(np.array([[3.0, 0.0]]))


def test_the_silhouette_of_two_far_pairs_is_worked_out_by_hand() -> None:
    rows, labels = np.array([[0.0], [1.0], [10.0], [11.0]]), ["a", "a", "b", "b"]
    # ends: a 1, b (10 + 11) / 2; inner ones: a 1, b (9 + 10) / 2
    expected = (2 * (1 - 1 / 10.5) + 2 * (1 - 1 / 9.5)) / 4
    assert silhouette(rows, labels) == pytest.approx(expected)
    assert silhouette(rows, ["a", "b", "a", "b"]) < 0
    assert silhouette(rows, ["a"] * 4) == 0.0
    assert silhouette(rows[:3], ["a", "a", "b"]) == pytest.approx((0.9 + 8 / 9 + 0) / 3)


def test_discriminants_find_the_direction_that_matters_in_spite_of_a_louder_one() -> None:
    rng = np.random.default_rng(0)
    loud, quiet = 100 * rng.normal(size=60), np.repeat([0.0, 1.0], 30) + 0.05 * rng.normal(size=60)
    labels = ["a"] * 30 + ["b"] * 30
    told = fit(np.column_stack([loud, quiet]), labels, 1)
    places = told.project(np.array([[0.0, 0.0], [90.0, 0.0], [0.0, 1.0]]))[:, 0]
    assert abs(places[1] - places[0]) < 0.2 * abs(places[2] - places[0])


def test_discriminants_are_the_same_whatever_the_order_of_the_rows() -> None:
    rng = np.random.default_rng(1)
    rows, labels = rng.normal(size=(40, 5)), list("abcd") * 10
    rows[:, 0] += np.array([ord(label) for label in labels])
    order = rng.permutation(40)
    straight, mixed = fit(rows, labels, 2), fit(rows[order], [labels[i] for i in order], 2)
    assert mixed.project(rows) == pytest.approx(straight.project(rows), abs=1e-6)


def test_one_odd_row_does_not_stretch_the_map() -> None:
    rng = np.random.default_rng(2)
    rows, labels = rng.normal(size=(40, 3)), list("ab") * 20
    told = fit(rows, labels, 1)
    far, farther = told.project(np.array([[1e3, 0, 0], [1e6, 0, 0]]))
    assert far == pytest.approx(farther)
