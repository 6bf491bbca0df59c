"""The reward, by hand."""

from dataclasses import replace

import pytest
from toys import Toy

from claims_env.reward import RewardWeights, mastered_difficulty, reward
from claims_env.rounds import Round


@pytest.fixture
def played(toy: Toy) -> Round:
    env = toy.env(sets=4)
    env.reset(seed=0)
    return env.rounds[0]


def with_success(played: Round, rate: float) -> Round:
    suite = played.suites[0]
    return replace(
        played, suites=(replace(suite, metrics=replace(suite.metrics, success_rate=rate)),)
    )


def test_ten_points_of_held_out_success_pay_a_tenth(played: Round) -> None:
    before, after = with_success(played, 0.2), with_success(played, 0.3)
    assert reward(before, after, RewardWeights()) == pytest.approx(0.1)


def test_a_loss_costs_what_a_gain_pays(played: Round) -> None:
    low, high = with_success(played, 0.2), with_success(played, 0.7)
    forth, back = reward(low, high, RewardWeights()), reward(high, low, RewardWeights())
    assert forth == pytest.approx(-back) == pytest.approx(0.5)


def test_without_suites_success_pays_nothing(played: Round) -> None:
    bare = replace(played, suites=())
    assert bare.held_out_success is None
    assert reward(bare, bare, RewardWeights()) == 0


def test_mastered_difficulty_is_the_mean_over_successful_clips(played: Round) -> None:
    won = [s.difficulty for s in played.kept if s.metrics is not None and s.metrics.success]
    rated = [d for d in won if d is not None]
    expected = sum(rated) / len(rated) if rated else 1.0
    assert mastered_difficulty(played) == pytest.approx(expected)


def test_harder_mastered_clips_pay_their_share_of_the_scale(played: Round) -> None:
    metrics = [replace(s.metrics, success=True) if s.metrics else None for s in played.sets]
    sets = [replace(s, metrics=m) for s, m in zip(played.sets, metrics, strict=True)]
    easy = replace(played, sets=tuple(sets[:1]))
    hard = replace(played, sets=tuple(sets[1:2]))
    rise = (mastered_difficulty(hard) or 0) - (mastered_difficulty(easy) or 0)
    weights = RewardWeights(held_out_success=0, mastered_difficulty=0.9)
    assert reward(easy, hard, weights) == pytest.approx(0.1 * rise)
