"""Learning progress: two averages, their reweighting and the chances, by hand."""

import numpy as np
import pytest
from told_rounds import told, told_round
from toys import tiny_library

from claims_env.agents.progress_scheduler import (
    ProgressScheduler,
    averages,
    reweighted,
    sampling,
)

NAN = np.nan


def test_the_fast_and_the_slow_average_of_three_rounds() -> None:
    curves = np.array([[0.2, NAN], [0.6, 0.5], [NAN, 0.5]])
    fast, slow = averages(curves, rate=0.5)
    assert fast == pytest.approx([0.4, 0.5])
    assert slow == pytest.approx([0.3, 0.5])


def test_success_is_reweighted_as_in_the_paper() -> None:
    # 0.4 * 0.9 / (0.4 + 0.1 * 0.2) and 0.3 * 0.9 / (0.3 + 0.1 * 0.4)
    assert reweighted(np.array([0.4, 0.3])) == pytest.approx([0.36 / 0.42, 0.27 / 0.34])
    assert reweighted(np.array([0.0, 0.1, 1.0])) == pytest.approx([0.0, 0.5, 1.0])


def test_the_chances_are_the_sigmoid_of_the_standard_score() -> None:
    high = 1 / (1 + np.exp(-1.0))
    assert sampling(np.array([0.0, 0.2])) == pytest.approx([1 - high, high])


def test_an_arm_nobody_heard_of_counts_as_much_as_the_best() -> None:
    chances = sampling(np.array([0.0, 0.2, NAN]))
    assert chances[2] == chances[1] > chances[0]


def test_without_any_progress_all_arms_are_alike() -> None:
    assert sampling(np.full(4, NAN)) == pytest.approx([0.25] * 4)
    assert sampling(np.zeros(4)) == pytest.approx([0.25] * 4)


def test_more_sets_go_to_the_arm_that_improves() -> None:
    words, rng = tiny_library(), np.random.default_rng(0)
    asked = [words.sample(rng, domain=d, tier=t) for d in words.domains for t in (1, 2, 3, 4, 5)]
    asked = asked * 20
    before, after = [False] * 200, [i % 10 == 0 for i in range(200)]
    rounds = [told_round(asked, outcomes) for outcomes in (before, after)]
    chosen = ProgressScheduler(words).act(np.zeros(1, np.float32), told(*rounds))
    share = np.mean([(p.domain, p.tier) == ("dance", 1) for p in words.decode(chosen)])
    assert share > 0.15  # a tenth would be even
