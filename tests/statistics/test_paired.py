"""Paired comparisons: sign flips, McNemar and the adjustment for many questions."""

import numpy as np
import pytest

from claims_env.errors import ContractBroken
from claims_env.statistics.aggregate import iqm
from claims_env.statistics.max_t import by_flips, by_shuffles
from claims_env.statistics.mcnemar import mcnemar
from claims_env.statistics.multiplicity import benjamini_hochberg, holm
from claims_env.statistics.paired_difference import paired_difference
from claims_env.statistics.sign_flips import flips, sign_flip_p


def test_three_seeds_in_favour_are_one_in_eight() -> None:
    assert sign_flip_p([0.1, 0.2, 0.3], "greater") == 1 / 8
    assert sign_flip_p([0.1, 0.2, 0.3]) == 2 / 8


def test_sign_flips_by_hand() -> None:
    # sums of 1, 2, -3 over all flips: 0 0 +-2 +-4 +-6; what was seen is 0
    assert sign_flip_p([1.0, 2.0, -3.0]) == 1.0
    # +-1 +-2 +-4 by halves: sums -7 -5 -3 -1 1 3 5 7; 5 or more in two of eight
    assert sign_flip_p([-1.0, 2.0, 4.0], "greater") == 2 / 8


def test_the_unit_does_not_matter_even_where_sums_round() -> None:
    tenths = [0.1, 0.2, -0.3, 0.7, 0.1]
    tens = [round(100 * value) for value in tenths]
    assert sign_flip_p(tenths) == sign_flip_p(tens) == sign_flip_p([v * 1e-9 for v in tenths])


def test_no_difference_at_all_is_no_evidence() -> None:
    assert sign_flip_p([0.0] * 8) == 1.0


def test_many_runs_are_flipped_at_random_and_alike_each_time() -> None:
    assert flips(10).shape == (1024, 10)
    assert len(np.unique(flips(10), axis=0)) == 1024
    rng = np.random.default_rng(0)
    shifted = rng.normal(0.3, 1.0, 40)
    p = sign_flip_p(shifted, seed=0)
    assert p == sign_flip_p(shifted, seed=0)
    assert 0 < p < 1


def test_differences_that_are_not_there_are_refused() -> None:
    with pytest.raises(ContractBroken, match="one finite number per run"):
        sign_flip_p([])
    with pytest.raises(ContractBroken, match="nan"):
        sign_flip_p([0.1, np.nan])


def test_pairing_takes_out_what_a_seed_does_to_both() -> None:
    rng = np.random.default_rng(0)
    seeds = rng.normal(size=(10, 1)) * 5
    a = seeds + rng.normal(size=(10, 4)) * 0.1
    found = paired_difference(a + 0.3, a, seed=0, draws=500)
    assert found.estimate.value == pytest.approx(0.3)
    assert found.estimate.low == pytest.approx(0.3)
    assert found.p == 2 / 1024
    noisy = paired_difference(a + 0.3 + rng.normal(size=a.shape) * 0.1, a, iqm, seed=0, draws=500)
    assert noisy.estimate.low is not None and noisy.estimate.high is not None
    assert noisy.estimate.low < noisy.estimate.value < noisy.estimate.high


def test_unpaired_scores_are_refused() -> None:
    with pytest.raises(ContractBroken, match="same runs and tasks"):
        paired_difference(np.zeros((3, 2)), np.zeros((4, 2)), seed=0)


def test_mcnemar_by_hand() -> None:
    # nine clips only the first tracks, one only the second: 2 (1 + 10) / 2^10
    first = [1] * 9 + [0] + [1] * 5 + [0] * 3
    second = [0] * 9 + [1] + [1] * 5 + [0] * 3
    found = mcnemar(first, second)
    assert (found.only_first, found.only_second, found.clips) == (9, 1, 18)
    assert found.p == pytest.approx(22 / 1024)
    assert found.mid_p == pytest.approx(12 / 1024)


def test_equal_successes_are_no_evidence() -> None:
    found = mcnemar([1, 0, 1], [0, 1, 1])
    assert (found.p, found.mid_p) == (1.0, 1.0)
    assert mcnemar([1, 0], [1, 0]).p == 1.0
    with pytest.raises(ContractBroken, match="the same clips"):
        mcnemar([1, 0], [1])


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.7]) == pytest.approx([1.0, 1.0])


def test_benjamini_and_hochberg_by_hand() -> None:
    found = benjamini_hochberg([0.01, 0.04, 0.03, 0.005])
    assert found == pytest.approx([0.02, 0.04, 0.04, 0.02])


def test_what_is_no_p_value_is_refused() -> None:
    assert holm([]).shape == (0,)
    with pytest.raises(ContractBroken, match="within 0 to 1"):
        holm([0.2, 1.2])


def test_max_t_of_one_comparison_is_a_sign_flip_test() -> None:
    differences = np.random.default_rng(4).normal(0.5, 1.0, 9)
    assert by_flips(differences[None])[0] == sign_flip_p(differences)


def test_max_t_lies_between_no_adjustment_and_holms() -> None:
    differences = np.random.default_rng(2).normal(0.4, 1.0, (15, 10))
    alone = np.array([sign_flip_p(row) for row in differences])
    together = by_flips(differences)
    assert (together >= alone).all()
    assert together.sum() < holm(alone).sum()


def test_comparisons_that_say_the_same_cost_nothing() -> None:
    one = np.random.default_rng(2).normal(0.8, 1.0, 10)
    assert by_flips(np.stack([one, one, -one])) == pytest.approx([sign_flip_p(one)] * 3)


def test_a_restless_comparison_hides_no_other() -> None:
    rng = np.random.default_rng(0)
    steady = 0.5 + 0.01 * rng.normal(size=10)
    assert by_flips(np.stack([steady, 100 * rng.normal(size=10)]))[0] == 2 / 1024


def test_names_dealt_anew_by_hand() -> None:
    # two schedulers, two runs, gaps 1 and 1: swapped in both or in none in half of all deals
    scores = np.array([[1.0, 1.0], [0.0, 0.0]])
    (p,) = by_shuffles(scores, np.array([[1.0, -1.0]]))
    assert p == pytest.approx(0.5, abs=0.03)
