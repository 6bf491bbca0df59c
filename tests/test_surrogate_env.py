from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from toys import curt_library, tiny_library

from claims_env.agents.ladder_scheduler import LadderScheduler
from claims_env.agents.random_scheduler import RandomScheduler
from claims_env.agents.rule_scheduler import RuleScheduler
from claims_env.assembly.worlds import WORLDS, build_surrogate_env, build_world, make_vec
from claims_env.errors import ConfigError, LibraryError, UnknownName
from claims_env.library import load_library
from claims_env.prompt import free_prompt
from claims_env.reward import RewardWeights, reward
from claims_env.run import run
from claims_env.variable_library import VariableLibrary


def small(world: str = "rasch", *, library: VariableLibrary | None = None) -> Any:
    return build_surrogate_env(world, library=library or load_library(), sets=10, rounds=3)


def test_it_keeps_gymnasiums_contract() -> None:
    env = build_surrogate_env("rasch", library=tiny_library(), sets=4, rounds=3)
    check_env(env, skip_render_check=True)


@pytest.mark.parametrize("world", sorted(WORLDS))
def test_every_world_can_be_played_by_name(world: str) -> None:
    rounds = run(RandomScheduler(load_library()), small(world), seed=0)
    assert [r.index for r in rounds] == [0, 1, 2]


@pytest.mark.parametrize("words", [load_library, tiny_library, curt_library])
def test_what_is_observed_is_what_the_layout_says_of_the_round(words: object) -> None:
    library = words()  # type: ignore[operator]
    env = small("deceptive", library=library)
    for seed in range(3):
        seen, info = env.reset(seed=seed)
        assert np.array_equal(env.layout.fuse(info["rounds"][-1]), seen)
        seen, _, _, _, info = env.step(env.action_space.sample())
        assert np.array_equal(env.layout.fuse(info["rounds"][-1]), seen)


def test_the_reward_is_that_of_the_rounds() -> None:
    env = small()
    env.reset(seed=0)
    _, earned, _, _, info = env.step(env.action_space.sample())
    before, after = info["rounds"]
    assert earned == reward(before, after, RewardWeights()) == after.reward


def test_every_record_says_that_it_is_simulated() -> None:
    env = small()
    _, info = env.reset(seed=0)
    (played,) = info["rounds"]
    assert env.facts["kind"] == played.training["kind"] == "simulated"
    assert {suite.kind for suite in played.suites} == {"simulated"}
    assert all(judge.startswith("simulated") for s in played.sets for judge in s.alignments)


def test_an_episode_ends_after_its_rounds_and_has_to_be_reset() -> None:
    env = small()
    with pytest.raises(gym.error.ResetNeeded, match="starts with round 0"):
        env.step(np.zeros(60, np.int64))
    env.reset(seed=0)
    ends = [env.step(env.action_space.sample())[3] for _ in range(2)]
    assert ends == [False, True]
    with pytest.raises(gym.error.ResetNeeded):
        env.step(env.action_space.sample())


def test_an_action_of_another_shape_is_refused() -> None:
    env = small()
    env.reset(seed=0)
    with pytest.raises(gym.error.InvalidAction, match="six indices for each of 10 sets"):
        env.step(np.zeros(6, np.int64))


def test_the_opening_takes_as_many_prompts_from_each_domain() -> None:
    _, info = small().reset(seed=0)
    domains = [s.prompt.domain for s in info["rounds"][0].sets]
    assert domains == list(load_library().domains) * 2


def test_an_opening_may_be_given_and_free_text_is_refused() -> None:
    library = load_library()
    env = small(library=library)
    prompt = library.sample(np.random.default_rng(0))
    _, info = env.reset(seed=0, options={"opening": [prompt] * 10})
    assert [s.prompt for s in info["rounds"][0].sets] == [prompt] * 10
    with pytest.raises(LibraryError, match="template"):
        env.step_on([free_prompt("sport", "Somebody runs.")] * 10)


def test_only_who_asks_for_the_oracle_gets_it() -> None:
    assert "oracle" not in small().reset(seed=0)[1]
    env = build_surrogate_env("rasch", library=load_library(), sets=10, rounds=2, reveal=True)
    _, info = env.reset(seed=0)
    assert info["oracle"].plan(np.zeros(10, int), seed=0).shape == (10, 6)


def test_a_run_repeats_under_its_seed_and_changes_with_it() -> None:
    def rounds(seed: int) -> object:
        return run(RuleScheduler(load_library()), small(), seed=seed)

    assert rounds(0) == rounds(0)
    assert rounds(0) != rounds(1)


def test_a_vector_environment_plays_what_single_ones_play() -> None:
    library = load_library()
    vec = make_vec("multi-skill", 3, library=library, sets=10, rounds=3)
    seen, info = vec.reset(seed=5)
    action = vec.action_space.sample()
    after, earned, _, _, later = vec.step(action)
    for i in range(3):
        env = small("multi-skill", library=library)
        alone, told = env.reset(seed=5 + i)
        assert np.array_equal(alone, seen[i])
        assert told["decision_seed"] == info["decision_seed"][i]
        alone, gained, _, _, told = env.step(action[i])
        assert np.array_equal(alone, after[i])
        assert gained == earned[i]
        assert told["decision_seed"] == later["decision_seed"][i]
        assert list(told["rounds"]) == list(vec.rounds(i))


def test_a_vector_environment_starts_anew_in_the_step_after_the_end() -> None:
    vec = make_vec("rasch", 2, library=load_library(), sets=5, rounds=2)
    vec.reset(seed=0)
    action = vec.action_space.sample()
    assert vec.step(action)[3].tolist() == [True, True]
    _, earned, _, ended, _ = vec.step(action)
    assert earned.tolist() == [0.0, 0.0]
    assert not ended.any()
    assert len(vec.rounds(0)) == 1


def test_gymnasium_makes_both_by_their_id() -> None:
    options = {"world": "null", "sets": 5, "rounds": 2}
    one = gym.make("claims_env/Surrogate-v0", **options)
    seen, _ = one.reset(seed=0)
    many = gym.make_vec("claims_env/Surrogate-v0", num_envs=2, **options)
    assert np.array_equal(many.reset(seed=0)[0][0], seen)


def test_a_scheduler_that_remembers_more_than_a_round_finds_them_all() -> None:
    rounds = run(LadderScheduler(load_library()), small("mock"), seed=0)
    assert len(rounds) == 3
    assert rounds[-1].retention is not None
    assert len(rounds[-1].retention.by_round) == 3
    tracked = sum(m.success_rate * m.clips for m in rounds[-1].retention.by_round)
    assert len(rounds[-1].retention.tracked) == round(tracked)
    assert rounds[-1].corpus.success_rate == pytest.approx(tracked / 30)


def test_an_unknown_world_or_setting_is_refused_by_name() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'rasch'"):
        build_world("rash")
    with pytest.raises(ConfigError, match="nois"):
        build_world("rasch", nois=0.1)
