"""EXP3.S: weights after one reward, chances and scaled rewards, by hand."""

import numpy as np
import pytest
from told_rounds import told, told_round
from toys import tiny_library

from claims_env.agents.exp3s_scheduler import Exp3sScheduler, mixed, moved, rewards, scaled
from claims_env.agents.set_table import set_table
from claims_env.agents.tier_arms import tier_arms
from claims_env.agents.word_choices import word_choices
from claims_env.prompt import Prompt

WORDS = tiny_library()


def test_the_weights_of_two_arms_after_one_reward() -> None:
    # a reward of 1 drawn with chance 1/2 is worth 2, times a step of 0.1
    weights = moved(np.zeros(2), np.array([0.2, 0.0]), share=0.2)
    raised = np.exp(0.2)
    expected = np.log([0.8 * raised + 0.2, 0.8 + 0.2 * raised])
    assert weights[0] - weights[1] == pytest.approx(expected[0] - expected[1])
    assert weights[0] - weights[1] == pytest.approx(0.11974, abs=1e-5)


def test_what_is_shared_out_goes_to_the_others_evenly() -> None:
    weights = np.exp(moved(np.log([8.0, 1.0, 1.0]), np.zeros(3), share=0.5))
    # 8/2 + (1 + 1)/4, 1/2 + (8 + 1)/4, the same
    assert weights / weights.sum() == pytest.approx([0.45, 0.275, 0.275])


def test_chances_are_a_softmax_with_an_even_share() -> None:
    assert mixed(np.log([3.0, 1.0]), explore=0.1) == pytest.approx([0.725, 0.275])


def test_gains_are_scaled_by_the_quantiles_of_the_past() -> None:
    past = [0.0, 0.1, 0.2, 0.3, 0.4]  # a fifth lies under 0.08, a fifth over 0.32
    gain = np.array([0.0, 0.08, 0.2, 0.26, 0.4])
    assert scaled(gain, past) == pytest.approx([-1.0, -1.0, 0.0, 0.5, 1.0])
    assert scaled(gain, [0.1, 0.1]).tolist() == [0.0] * 5
    assert scaled(gain, []).tolist() == [0.0] * 5


def dance(*tiers: int) -> list[Prompt]:
    rng = np.random.default_rng(0)
    return [WORDS.sample(rng, domain="dance", tier=tier) for tier in tiers]


def test_the_reward_of_an_arm_is_its_mean_gain() -> None:
    arms = tier_arms(word_choices(WORDS))
    told_one = told_round(
        dance(1, 1, 2, 2), [True, True, True, False], before=[False, False, True, False]
    )
    ((plays, reward),) = rewards(arms, [set_table(arms.words, told_one)])
    assert plays[:3].tolist() == [2, 2, 0]
    assert reward[:2].tolist() == [1.0, -1.0]  # gains of 1 and 0


def test_an_arm_that_gains_is_drawn_more_and_none_is_given_up() -> None:
    asked = dance(*[1] * 40, *[2] * 40, *[3] * 40, *[4] * 40, *[5] * 40)
    before, after = [False] * 200, [*[True] * 40, *[False] * 160]
    round_ = told_round(asked, after, before=before)
    chosen = Exp3sScheduler(WORDS, eta=0.05).act(np.zeros(1, np.float32), told(round_))
    tiers = [prompt.tier for prompt in WORDS.decode(chosen) if prompt.domain == "dance"]
    assert tiers.count(1) > 100
    assert set(tiers) == {1, 2, 3, 4, 5} or len(tiers) < 200
