"""Teacher-student curriculum learning: slopes worked out by hand."""

import numpy as np
import pytest
from told_rounds import told, told_round
from toys import tiny_library

from claims_env.agents.tscl_scheduler import TsclScheduler, boltzmann, slopes
from claims_env.prompt import Prompt

NAN = np.nan
WORDS = tiny_library()


def test_the_slope_of_three_scores_with_a_gap() -> None:
    # times 0, 1, 3 lie -4/3, -1/3, 5/3 from their mean: 0.5667 / 4.6667
    curve = np.array([[0.2], [0.5], [NAN], [0.6]])
    assert slopes(curve, window=10)[0] == pytest.approx(0.17 / 1.4)


def test_a_window_keeps_the_last_scores_of_each_arm() -> None:
    curve = np.array([[0.2, 0.1], [0.5, 0.4], [NAN, 0.4], [0.6, NAN]])
    assert slopes(curve, window=2) == pytest.approx([0.05, 0.0])


def test_an_arm_with_fewer_than_two_scores_is_steep() -> None:
    assert slopes(np.array([[NAN, 0.3], [NAN, NAN]]), window=10).tolist() == [1.0, 1.0]


def test_the_boltzmann_chances_of_two_arms() -> None:
    assert boltzmann(np.array([0.0, 0.05]), 0.05) == pytest.approx(
        [1 / (1 + np.e), np.e / (1 + np.e)]
    )


def of_every_arm(times: int) -> list[Prompt]:
    rng = np.random.default_rng(0)
    pairs = [(domain, tier) for domain in WORDS.domains for tier in (1, 2, 3, 4, 5)]
    return [WORDS.sample(rng, domain=d, tier=t) for d, t in pairs for _ in range(times)]


@pytest.mark.parametrize("learns", [True, False])
def test_most_sets_go_where_success_changes_be_it_for_the_worse(learns: bool) -> None:
    changing = [True] * 4 if learns else [False] * 4
    before, after = [*[not won for won in changing], *[True] * 36], [*changing, *[True] * 36]
    rounds = [told_round(of_every_arm(4), outcome) for outcome in (before, after)]
    chosen = TsclScheduler(WORDS, temperature=0.05).act(np.zeros(1, np.float32), told(*rounds))
    assert all((p.domain, p.tier) == ("dance", 1) for p in WORDS.decode(chosen))
