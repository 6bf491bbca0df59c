"""Quadratically weighted kappa, against numbers worked out by hand."""

import numpy as np
import pytest

from claims_env.kappa import quadratic_kappa


def test_equal_scores_agree_perfectly() -> None:
    assert quadratic_kappa([1, 5, 9], [1, 5, 9]) == 1.0


def test_opposite_scores_disagree_as_far_as_they_can() -> None:
    assert quadratic_kappa([1, 10], [10, 1]) == -1.0


def test_kappa_by_hand() -> None:
    # gaps 1 0 1: mean square 2/3; nine pairs of 1 2 3 and 2 2 2: squares 1 0 1 thrice, mean 2/3
    assert quadratic_kappa([1, 2, 3], [2, 2, 2]) == pytest.approx(0.0)
    # gaps 0 0 1: 1/3; nine pairs of 1 2 3 and 1 2 2: 0 1 1, 1 0 0, 4 1 1, in all 9, mean 1
    assert quadratic_kappa([1, 2, 3], [1, 2, 2]) == pytest.approx(1 - 1 / 3)


def test_a_constant_shift_is_no_full_agreement() -> None:
    # gaps of 2 everywhere: 4; nine pairs of 1 2 3 and 3 4 5: 4 9 16, 1 4 9, 0 1 4, mean 48/9
    assert quadratic_kappa([1, 2, 3], [3, 4, 5]) == pytest.approx(1 - 4 / (48 / 9))


def test_two_raters_who_always_say_the_same_one_thing_cannot_be_told_from_chance() -> None:
    assert quadratic_kappa([4, 4], [4, 4]) is None


def test_it_is_what_the_weighted_confusion_matrix_gives() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.integers(1, 11, size=(2, 60))
    seen = np.zeros((10, 10))
    np.add.at(seen, (a - 1, b - 1), 1)
    weight = (np.arange(10)[:, None] - np.arange(10)) ** 2
    chance = np.outer(seen.sum(1), seen.sum(0)) / 60
    expected = 1 - (weight * seen).sum() / (weight * chance).sum()
    assert quadratic_kappa(a.tolist(), b.tolist()) == pytest.approx(expected)
