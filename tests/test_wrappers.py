"""Wrappers for learning libraries: their contracts, and what they leave out."""

import copy
import warnings

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from toys import curt_library, tiny_library

from claims_env.assembly.worlds import build_surrogate_env
from claims_env.prompt import Prompt
from claims_env.rounds import Round
from claims_env.surrogate_env import SurrogateEnv
from claims_env.variable_library import VariableLibrary
from claims_env.wrappers import SB3View, TierActions


def world(library: VariableLibrary | None = None) -> SurrogateEnv:
    return build_surrogate_env("multi-skill", library=library or tiny_library(), sets=6, rounds=3)


@pytest.mark.parametrize("wrap", [SB3View, TierActions])
def test_a_wrapped_curriculum_keeps_gymnasiums_contract(wrap: type[SB3View]) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*should be used with the unwrapped env.*")
        warnings.filterwarnings("ignore", message=".*different from the unwrapped version.*")
        check_env(wrap(world()), skip_render_check=True)


@pytest.mark.parametrize("wrap", [SB3View, TierActions])
def test_a_wrapped_curriculum_suits_stable_baselines3(wrap: type[SB3View]) -> None:
    checker = pytest.importorskip("stable_baselines3.common.env_checker")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*normalize.*")
        checker.check_env(wrap(world()), skip_render_check=True)


def test_lean_infos_hold_figures_alone() -> None:
    env = SB3View(world())
    _, info = env.reset(seed=0)
    assert info["round"] == 0
    assert not any(isinstance(value, Round) for value in copy.deepcopy(info).values())
    assert all(isinstance(value, int | float) for value in info.values())


def prompts_of(env: TierActions) -> list[Prompt]:
    return [s.prompt for s in env.curriculum.rounds[-1].sets]


def test_a_tier_for_each_domain_is_what_its_sets_are_drawn_from() -> None:
    env = TierActions(world())
    env.reset(seed=0)
    before = prompts_of(env)
    seen, _, _, _, _ = env.step(np.array([0, 4]))
    assert {(p.domain, p.tier) for p in prompts_of(env)} == {("dance", 1.0), ("sport", 5.0)}
    assert [p.domain for p in prompts_of(env)] == [p.domain for p in before]
    # the first entry of each seat is the mean tier, 0 to 1
    assert seen.reshape(2, -1)[:, 0].tolist() == [0.0, 1.0]


def test_an_episode_of_tiers_repeats_under_its_seed() -> None:
    env = TierActions(world())
    played = []
    for _ in range(2):
        env.reset(seed=3)
        seen, earned, _, _, _ = env.step(np.array([2, 2]))
        played.append((seen.tolist(), earned, [p.text for p in prompts_of(env)]))
    assert played[0] == played[1]


def test_an_action_that_names_no_tier_is_refused() -> None:
    env = TierActions(world())
    env.reset(seed=0)
    with pytest.raises(gym.error.InvalidAction, match="0 to 4, for each of dance, sport"):
        env.step(np.array([0, 5]))


def test_the_masks_are_those_of_all_domains_in_a_row() -> None:
    env = TierActions(world(curt_library()), reach=4.0)
    env.reset(seed=0)
    assert env.action_masks().tolist() == [True, False, True, False, True] * 2
