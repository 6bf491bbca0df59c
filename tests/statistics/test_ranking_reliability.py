"""How far a ranking is one: analysis of variance by hand, and the ceiling it sets."""

from math import atan, pi, sqrt

import numpy as np
import pytest

from claims_env.errors import ContractBroken
from claims_env.statistics.ranking_reliability import (
    agreement_power,
    least_tau,
    ranking_reliability,
    spearman_brown,
    split_half_tau,
    tau_ceiling,
)


def test_the_share_is_that_of_an_analysis_of_variance_by_hand() -> None:
    # means 0.5 and 2.5; each cell is half a point off what row and column say: F = 4 / 1
    found = ranking_reliability([[0, 3], [1, 2]])
    assert found.share.value == pytest.approx(0.75)
    assert found.p == pytest.approx(1 - 2 / pi * atan(2))
    assert (found.scheduler_sd, found.run_sd) == pytest.approx((sqrt(1.5), 1.0))
    assert (found.runs, found.schedulers) == (2, 2)


def test_what_a_seed_does_to_everyone_does_not_count_as_noise() -> None:
    scores = np.array([[0.0, 3.0], [1.0, 2.0], [0.5, 1.0]])
    shifted = scores + np.array([[0.0], [10.0], [-4.0]])
    assert ranking_reliability(shifted).share == pytest.approx(ranking_reliability(scores).share)


def test_schedulers_that_scatter_less_than_their_seeds_have_nothing_reliable() -> None:
    found = ranking_reliability([[0, 2], [2, 0]])
    assert (found.share.value, found.scheduler_sd) == (0.0, 0.0)


def test_seeds_that_all_agree_leave_no_doubt() -> None:
    found = ranking_reliability([[0.1, 0.4], [0.1, 0.4]])
    assert (found.share.value, found.p) == pytest.approx((1.0, 0.0), abs=1e-9)


def test_the_interval_holds_the_true_share_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    held = 0
    for _ in range(400):
        found = ranking_reliability(rng.normal(size=(3, 7)) + rng.normal(size=7)).share
        assert found.low is not None and found.high is not None
        held += found.low <= 0.75 <= found.high  # 1 / (1 + 1/3)
    assert 0.92 <= held / 400 <= 0.98


def test_one_seed_says_nothing_of_reliability() -> None:
    with pytest.raises(ContractBroken, match="at least 2 seeds and 2 schedulers"):
        ranking_reliability([[0.1, 0.2]])


def test_twice_the_seeds_make_half_a_share_two_thirds() -> None:
    assert spearman_brown(0.5, 2.0) == pytest.approx(2 / 3)
    assert spearman_brown(0.5, 1.0) == 0.5
    assert spearman_brown(0.0, 10.0) == 0.0


def test_the_ceiling_of_tau_is_that_of_greiner() -> None:
    # asin(1/2) is a third of a right angle
    assert [tau_ceiling(share) for share in (0.0, 0.25, 1.0)] == pytest.approx([0, 1 / 3, 1])


def test_halves_that_order_the_other_way_round_disagree_fully() -> None:
    assert split_half_tau([[0, 1, 2], [2, 1, 0]]) == pytest.approx(-1)
    assert split_half_tau([[0, 1, 2], [0, 1, 2]]) == pytest.approx(1)
    assert split_half_tau([[1, 1, 1], [0, 1, 2]]) is None


def test_a_perfect_surrogate_is_found_where_the_order_is_sure_and_by_chance_where_it_is_none() -> (
    None
):
    assert agreement_power(7, 1.0) == 1.0
    # 13 of 21 pairs and more: 3.5 % of all orders
    assert agreement_power(7, 0.0) == pytest.approx(0.035, abs=0.01)
    # the best of the 6 orders of three is no surprise
    assert agreement_power(3, 1.0) == 0.0
    assert agreement_power(7, 0.7, comparisons=6) < agreement_power(7, 0.7)


def test_the_least_tau_that_is_no_chance_is_as_tables_have_it() -> None:
    assert [least_tau(k) for k in (6, 7, 8)] == pytest.approx([11 / 15, 13 / 21, 16 / 28])
    assert least_tau(3) is None
