"""Effects, composite, tiers and agreement, against numbers worked out by hand."""

import math

import numpy as np
import pytest

from claims_env.effects import agreement, composite, differences, estimates, fifths, tier_of


def test_what_a_context_adds_to_all_its_clips_cancels() -> None:
    effects = np.array([[-1.0], [0.0], [1.0]])
    contexts = np.array([[10.0, -5.0, 0.3]])
    np.testing.assert_allclose(differences(effects + contexts), np.tile(effects, 3), atol=1e-12)


def test_an_estimate_is_the_mean_with_students_interval() -> None:
    (estimate,) = estimates(np.array([[1.0, 2.0, 3.0, 6.0]]))
    # by hand: mean 3, variance (4 + 1 + 0 + 9) / 3, t of 3 degrees at 0.975 is 3.1824
    half = 3.1824 * math.sqrt(14 / 3) / 2
    assert estimate.mean == 3
    assert estimate.low == pytest.approx(3 - half, abs=1e-3)
    assert estimate.high == pytest.approx(3 + half, abs=1e-3)


def test_a_single_context_leaves_everything_open() -> None:
    (estimate,) = estimates(np.array([[2.0]]))
    assert (estimate.low, estimate.mean, estimate.high) == (-math.inf, 2.0, math.inf)


def test_the_composite_knows_no_units() -> None:
    speed = np.array([[1.0, 1.2], [2.0, 2.4], [3.3, 3.0]])
    airtime = np.array([[0.0, 0.1], [0.5, 0.2], [0.9, 0.8]])
    plain = composite({"speed": speed, "airtime": airtime})
    np.testing.assert_allclose(composite({"speed": 1000 * speed, "airtime": airtime}), plain)


def test_the_composite_by_hand() -> None:
    # mean effects -1, 0, 1 have the standard deviation sqrt(2 / 3)
    table = np.array([[0.0, 4.0], [1.0, 5.0], [2.0, 6.0]])
    expected = np.array([[-1.0], [0.0], [1.0]]) / math.sqrt(2 / 3) * np.ones((1, 2))
    np.testing.assert_allclose(composite({"speed": table}), expected)


def test_failing_counts_as_much_as_all_that_moves() -> None:
    rising = np.array([[0.0, 0.0], [1.0, 1.0]])
    moved = composite({"speed": rising, "airtime": rising, "effort": rising})
    both = composite({"speed": rising, "airtime": rising, "success": rising})
    np.testing.assert_allclose(moved, [[-1, -1], [1, 1]])
    np.testing.assert_allclose(both, np.zeros((2, 2)), atol=1e-12)


def test_a_measure_nothing_changes_counts_as_zero() -> None:
    still = np.full((3, 4), 0.1 + 0.2)
    np.testing.assert_array_equal(composite({"airtime": still}), np.zeros((3, 4)))


def test_tiers_are_fifths_of_the_ranking() -> None:
    assert fifths([0.1, 0.5, 0.3, 0.2, 0.4]) == [1, 5, 3, 2, 4]
    assert fifths([float(i) for i in range(10)]) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert fifths([3.0, 1.0, 2.0]) == [5, 1, 3]
    assert fifths([7.0]) == [3]


def test_a_value_between_two_tiers_belongs_to_the_nearer_one() -> None:
    values = [0.0, 1.0, 2.0, 3.0, 4.0]
    assert [tier_of(v, values) for v in (-9, 0.4, 0.6, 2.0, 3.4, 99)] == [1, 1, 2, 3, 4, 5]
    assert [tier_of(v, values) for v in values] == fifths(values)


def test_agreement_is_spearmans_rank_correlation() -> None:
    # by hand: rank differences 0, 1, -1, 0, 0 give 1 - 6 * 2 / (5 * 24)
    rank = agreement([1, 2, 3, 4, 5], [0.1, 0.9, 0.5, 2.0, 7.0])
    assert rank is not None and rank.mean == pytest.approx(0.9)
    z, error = math.atanh(0.9), math.sqrt((1 + 0.81 / 2) / 2)
    assert rank.low == pytest.approx(math.tanh(z - 1.959964 * error), abs=1e-6)
    assert rank.low < rank.mean < rank.high < 1


def test_there_is_no_agreement_where_tiers_say_nothing() -> None:
    assert agreement([3, 3, 3, 3, 3], [1.0, 2.0, 3.0, 4.0, 5.0]) is None
    assert agreement([1, 2, 3, 4], [1.0, 2.0, 3.0, 4.0]) is None


def test_perfect_agreement_is_one() -> None:
    rank = agreement([1, 2, 3, 4, 5], [1.0, 2.0, 3.0, 4.0, 5.0])
    assert rank is not None and rank.mean == pytest.approx(1) == rank.low
