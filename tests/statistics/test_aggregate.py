"""Aggregates, against numbers worked out by hand."""

import numpy as np
import pytest

from claims_env.statistics.aggregate import AGGREGATES, iqm, mean, median, optimality_gap


def test_the_interquartile_mean_by_hand() -> None:
    # of eight cells two are cut at either end: 3, 4, 5, 6 are left
    scores = np.array([[8.0, 1.0], [2.0, 7.0], [3.0, 6.0], [5.0, 4.0]])
    assert iqm(scores) == 4.5


def test_an_outlier_does_not_move_the_interquartile_mean() -> None:
    scores = np.array([[0.0], [1.0], [2.0], [3.0]])
    assert iqm(scores) == iqm(np.array([[-1e9], [1.0], [2.0], [1e9]])) == 1.5


def test_fewer_than_four_cells_are_not_cut() -> None:
    assert iqm(np.array([[1.0], [2.0], [6.0]])) == 3.0


def test_the_median_is_over_tasks_of_means_over_runs() -> None:
    assert median(np.array([[0.0, 4.0, 9.0], [2.0, 6.0, 11.0]])) == 5.0


def test_the_optimality_gap_forgives_no_shortfall_for_a_surplus() -> None:
    assert optimality_gap(np.array([[0.5, 3.0]])) == 0.25
    assert mean(np.array([[0.5, 3.0]])) == 1.75


@pytest.mark.parametrize("name", AGGREGATES)
def test_axes_before_runs_and_tasks_are_kept(name: str) -> None:
    stacked = np.random.default_rng(0).random((2, 3, 5, 4))
    found = AGGREGATES[name](stacked)
    assert found.shape == (2, 3)
    assert found[1, 2] == AGGREGATES[name](stacked[1, 2])
