"""The environment: Gymnasium's and SB3's contracts, seeds, rounds and their feedback."""

import warnings
from collections.abc import Callable

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from toys import Toy

from claims_env.env import CurriculumEnv
from claims_env.errors import NoMotionSurvived


def test_the_environment_keeps_gymnasiums_contract(make_env: Callable[[], CurriculumEnv]) -> None:
    check_env(make_env(), skip_render_check=True)


def test_the_environment_suits_stable_baselines(make_env: Callable[[], CurriculumEnv]) -> None:
    checker = pytest.importorskip("stable_baselines3.common.env_checker")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        checker.check_env(make_env())


def test_the_same_seed_gives_the_same_rounds(toy: Toy) -> None:
    first, second = toy.env(), toy.env()
    np.testing.assert_array_equal(first.reset(seed=0)[0], second.reset(seed=0)[0])
    action = first.action_space.sample()
    np.testing.assert_array_equal(first.step(action)[0], second.step(action)[0])
    assert first.rounds == second.rounds


def test_another_seed_gives_other_prompts(toy: Toy) -> None:
    env = toy.env()
    env.reset(seed=0)
    before = env.rounds[0]
    env.reset(seed=1)
    assert env.rounds[0].sets[0].prompt != before.sets[0].prompt


def test_round_zero_spreads_over_the_domains(toy: Toy) -> None:
    env = toy.env(sets=4)
    env.reset(seed=0)
    assert [s.prompt.domain for s in env.rounds[0].sets] == ["dance", "sport"] * 2


def test_an_episode_is_truncated_after_its_rounds(toy: Toy) -> None:
    env = toy.env(rounds=3)
    env.reset(seed=0)
    truncations = [env.step(env.action_space.sample())[3] for _ in range(2)]
    assert truncations == [False, True]
    assert [r.index for r in env.rounds] == [0, 1, 2]


def test_every_entry_of_the_observation_has_a_name(toy: Toy) -> None:
    env = toy.env()
    observation, _ = env.reset(seed=0)
    names = env.observation_names
    assert len(names) == len(observation) == len(set(names))
    values = dict(zip(names, observation, strict=True))
    first = env.rounds[0].sets[0]
    assert first.metrics is not None
    assert values["set0.domain.dance"] == 1
    assert values["set0.tier.detail"] == pytest.approx(first.prompt.detail.tier / 5)
    assert values["set0.g_mpjpe"] == pytest.approx(first.metrics.g_mpjpe / 200)
    assert values["suite.success"] == pytest.approx(env.rounds[0].suites[0].metrics.success_rate)


def test_a_silent_judge_is_masked_and_not_shown_as_zero_difficulty(toy: Toy) -> None:
    env = toy.env(silent=True)
    values = dict(zip(env.observation_names, env.reset(seed=0)[0], strict=True))
    assert values["set0.difficulty.second"] == 0
    assert values["set0.difficulty.second.known"] == 0
    assert values["set0.difficulty.speed.known"] == 1
    assert values["set0.disagreement.known"] == 0


def test_a_rejected_clip_is_recorded_with_its_reason_and_not_trained_on(toy: Toy) -> None:
    toy.refuse = {"r000_s001"}
    env = toy.env()
    values = dict(zip(env.observation_names, env.reset(seed=0)[0], strict=True))
    rejected = env.rounds[0].sets[1]
    assert rejected.rejected is not None and "pelvis" in rejected.rejected
    assert rejected.metrics is None and rejected.difficulties == {}
    assert values["set1.kept"] == values["set1.success.known"] == 0
    assert env.rounds[0].corpus.clips == 3


def test_a_round_without_a_valid_clip_raises_and_says_why(toy: Toy) -> None:
    toy.refuse = {f"r000_s00{i}" for i in range(4)}
    with pytest.raises(NoMotionSurvived, match=r"All 4 clips of round 0 .* pelvis"):
        toy.env().reset(seed=0)


def test_the_corpus_grows_and_suites_stay_out_of_it(toy: Toy) -> None:
    env = toy.env(sets=4)
    env.reset(seed=0)
    env.step(env.action_space.sample())
    assert [r.corpus.clips for r in env.rounds] == [4, 8]
    assert [r.suites[0].metrics.clips for r in env.rounds] == [2, 2]


def test_an_action_of_another_shape_is_refused(toy: Toy) -> None:
    env = toy.env(sets=4)
    env.reset(seed=0)
    with pytest.raises(gym.error.InvalidAction, match="six indices for each of 4 sets"):
        env.step(np.zeros(6, dtype=np.int64))


def test_stepping_before_reset_is_refused(toy: Toy) -> None:
    env = toy.env()
    with pytest.raises(gym.error.ResetNeeded):
        env.step(env.action_space.sample())


def test_an_episode_that_is_over_must_be_reset(toy: Toy) -> None:
    env = toy.env(rounds=2)
    env.reset(seed=0)
    env.step(env.action_space.sample())
    with pytest.raises(gym.error.ResetNeeded):
        env.step(env.action_space.sample())
