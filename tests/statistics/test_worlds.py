"""Many worlds: ranks in each, and whether they agree on the order."""

import numpy as np
import pytest
from scipy import stats

from claims_env.errors import ContractBroken, UnknownName
from claims_env.rank_correlation import kendall, paired
from claims_env.statistics.normalised import normalised
from claims_env.statistics.rank_agreement import agreement_matrix, kendall_p, rank_agreement
from claims_env.statistics.robust_matrix import ranked, robust_matrix

WORLDS = ("rasch", "forgetting", "deceptive")


def order(inversions: int, count: int) -> list[int]:
    """Return 0 to count - 1 in an order with so many inversions."""
    left, made = list(range(count)), list[int]()
    while left:
        place = min(inversions, len(left) - 1)
        made.append(left.pop(place))
        inversions -= place
    return made


@pytest.mark.parametrize(
    ("count", "tau", "p"), [(6, 11 / 15, 0.028), (7, 13 / 21, 0.035), (8, 16 / 28, 0.031)]
)
def test_the_least_tau_that_means_something(count: int, tau: float, p: float) -> None:
    pairs = count * (count - 1) // 2
    inversions = round((1 - tau) / 2 * pairs)
    other = order(inversions, count)
    assert kendall(paired(range(count), other).table()) == pytest.approx(tau)
    assert kendall_p(range(count), other) == pytest.approx(p, abs=5e-4)
    assert kendall_p(range(count), order(inversions + 1, count)) > 0.05


def test_the_p_value_is_scipys() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 12))
    expected = stats.kendalltau(a, b, method="exact", alternative="greater").pvalue
    assert kendall_p(a, b) == pytest.approx(expected)


def test_ties_are_counted_out_by_hand() -> None:
    # of the 6 orders of 1 2 2, two each are 1 2 2, 2 1 2 and 2 2 1; only the first is as good
    assert kendall_p([1, 2, 3], [1, 2, 2]) == pytest.approx(2 / 6)


def test_many_schedulers_with_ties_are_dealt_at_random() -> None:
    # only the place of the one that stands out matters; the last two places are as good
    alone = np.eye(10)[8]
    p = kendall_p(np.arange(10), alone, seed=1)
    assert p == pytest.approx(0.2, abs=0.01)
    assert p == kendall_p(np.arange(10), alone, seed=1)


def test_worlds_that_agree_have_a_tau_of_one_and_the_least_p() -> None:
    quality = np.arange(6.0)
    runs = quality + np.random.default_rng(0).normal(size=(2, 10, 6)) * 0.01
    found = rank_agreement(runs[0], runs[1], seed=0, draws=200)
    assert found.tau is not None
    assert (found.tau.value, found.tau.low, found.tau.high) == (1.0, 1.0, 1.0)
    assert found.p == pytest.approx(1 / 720)


def test_the_interval_of_tau_shows_how_little_few_seeds_tell() -> None:
    runs = np.arange(6.0) * 0.3 + np.random.default_rng(0).normal(size=(2, 5, 6))
    found = rank_agreement(runs[0], runs[1], seed=0, draws=500)
    assert found.tau is not None
    assert found.tau.low is not None and found.tau.high is not None
    assert found.tau.high - found.tau.low > 0.3
    assert found == rank_agreement(runs[0], runs[1], seed=0, draws=500)


def test_a_world_that_tells_nobody_apart_has_no_tau() -> None:
    found = rank_agreement(np.ones((3, 4)), np.random.default_rng(0).random((3, 4)), seed=0)
    assert found.tau is None
    assert found.p == 1.0


def test_the_matrix_of_agreement_is_symmetric() -> None:
    worlds = np.random.default_rng(0).random((3, 5, 6))
    found = agreement_matrix(list(worlds), seed=0, draws=100)
    assert found[0][2] is found[2][0]
    assert found[1][1].tau is not None
    assert found[1][1].tau.value == 1.0


def test_worlds_with_other_schedulers_are_refused() -> None:
    with pytest.raises(ContractBroken, match="the same 2 or more in both worlds"):
        rank_agreement(np.zeros((3, 4)), np.zeros((3, 5)), seed=0)


def test_equal_schedulers_share_their_rank() -> None:
    assert ranked(np.array([[3.0], [1.0], [3.0], [2.0]])).ravel().tolist() == [1.5, 4.0, 1.5, 3.0]


def test_the_robust_matrix_by_hand() -> None:
    level = np.zeros((8, 1))
    scores = {
        "steady": level + [0.5, 0.5, 0.5],
        "tuned": level + [0.9, 0.3, 0.1],
        "poor": level + [0.1, 0.2, 0.4],
    }
    found = robust_matrix(scores, WORLDS)
    assert found.ranks.tolist() == [[2, 1, 1], [1, 2, 3], [3, 3, 2]]
    assert (found.leads("steady"), found.leads("tuned")) == (2 / 3, 1 / 3)
    assert found.unbeaten("steady") == 2 / 3
    assert found.worst_world("steady") == ("rasch", pytest.approx(0.4))
    assert found.worst_world("tuned") == ("deceptive", pytest.approx(0.4))
    assert found.ahead("steady", "poor") == 3
    assert found.ahead("tuned", "poor") == 2
    assert [decision.winner for decision in found.decisions] == ["tuned", "steady", "steady"]


def test_normalised_scores_put_the_yardsticks_at_nought_and_one() -> None:
    scores = {
        "random": [[0.2, 0.5], [0.4, 0.5]],
        "oracle": [[0.8, 0.7], [0.6, 0.7]],
        "other": [[0.5, 0.55], [0.7, 0.45]],
    }
    found = normalised(scores, "random", "oracle")
    assert found["random"].mean(0) == pytest.approx([0, 0])
    assert found["oracle"].mean(0) == pytest.approx([1, 1])
    assert found["other"] == pytest.approx(np.array([[0.5, 0.25], [1.0, -0.25]]))


def test_a_world_without_a_way_to_go_is_no_yardstick() -> None:
    scores = {"random": [[0.5, 0.5]], "oracle": [[0.7, 0.5]]}
    with pytest.raises(ContractBroken, match=r"In task 1 'oracle' scores 0\.5"):
        normalised(scores, "random", "oracle")
    with pytest.raises(UnknownName, match="Did you mean 'oracle'"):
        normalised(scores, "random", "oracl")
