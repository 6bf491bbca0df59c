"""Names to objects: the registered environment, overrides, third parties."""

import pickle
from dataclasses import dataclass
from pathlib import Path

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from toys import swaying, tiny_library

import claims_env
from claims_env.agents.random_scheduler import RandomScheduler
from claims_env.assembly import (
    FOLDER_GENERATORS,
    GENERATORS,
    JUDGES,
    SCHEDULERS,
    build_env,
    build_generator,
    build_scheduler,
    create,
)
from claims_env.config import NAMED_WITH_FOLDER
from claims_env.errors import ConfigError, ContractBroken, SuiteError, UnknownName
from claims_env.motion import save_motion
from claims_env.run import run

SMALL = {"preset_name": "smoke", "tracker": {"name": "skill"}, "sets": 2, "held_out": 2}


def test_the_registered_environment_keeps_gymnasiums_contract() -> None:
    gym.register_envs(claims_env)
    env = gym.make("claims_env/Curriculum-v0", **SMALL, rounds=3)
    check_env(env.unwrapped, skip_render_check=True)


def test_a_random_agent_plays_an_episode_as_on_any_environment() -> None:
    env = gym.make("claims_env/Curriculum-v0", **SMALL)
    observation, info = env.reset(seed=1)
    env.action_space.seed(1)
    observation, reward, terminated, truncated, info = env.step(env.action_space.sample())
    assert env.observation_space.contains(observation)
    assert np.isfinite(float(reward)) and truncated and not terminated
    assert len(info["rounds"]) == 2


def test_a_scheduler_of_a_third_party_is_named_by_its_path() -> None:
    env = build_env(**SMALL)
    path = "claims_env.agents.random_scheduler:RandomScheduler"
    scheduler = build_scheduler(path, env.parts.library)
    assert isinstance(scheduler, RandomScheduler)
    assert len(run(scheduler, env, seed=0)) == 2


def test_overrides_reach_nested_settings_and_keep_the_rest() -> None:
    env = build_env(**SMALL, reward={"held_out_success": 0.0})
    assert env.sets == 2 and env.max_rounds == 2
    with pytest.raises(ConfigError, match=r"tracker\.asist'. Did you mean 'assist'"):
        build_env(**{**SMALL, "tracker": {"asist": 0.1}})


def test_an_option_the_tracker_does_not_know_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"tracker\.options\.skil'. Did you mean 'skill'"):
        build_env(**{**SMALL, "tracker": {"name": "skill", "options": {"skil": 1.0}}})


@pytest.mark.parametrize("table", [GENERATORS, JUDGES, SCHEDULERS])
def test_every_registered_path_leads_somewhere(table: dict[str, str]) -> None:
    for name, path in table.items():
        arguments = [build_env(**SMALL).parts.library] if table is SCHEDULERS else []
        made = create("part", name, table, *arguments)
        assert type(made).__name__ == path.partition(":")[2]


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(UnknownName, match=r"Known: .*edit, .*random.*rule"):
        create("scheduler", "zzz", SCHEDULERS)


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigError, match="Two of the judges are called 'kinematic"):
        build_env(**SMALL, judges=("kinematic", "kinematic"))


@pytest.mark.parametrize("name", ["os:getcwd", "claims_env.prompt:Phrase", "nowhere:Part"])
def test_what_cannot_be_made_into_a_part_is_explained(name: str) -> None:
    with pytest.raises(ConfigError, match="cannot be"):
        build_scheduler(name, build_env(**SMALL).parts.library)


def test_a_tracker_of_a_third_party_is_named_by_its_path() -> None:
    path = "claims_env.trackers.simulated:SkillTracker"
    env = build_env(**{**SMALL, "tracker": {"name": path}})
    assert env.parts.tracker.facts["name"] == "skill"


def test_an_environment_survives_pickling() -> None:
    env = build_env(**SMALL)
    again = pickle.loads(pickle.dumps(env))
    np.testing.assert_array_equal(env.reset(seed=0)[0], again.reset(seed=0)[0])


def test_every_generator_named_with_a_folder_has_its_folder_written_out_in_full() -> None:
    assert set(NAMED_WITH_FOLDER) == set(FOLDER_GENERATORS)


class Nameless:
    """Makes motions under no name."""

    def generate(self, prompts: object, seeds: object) -> list[object]:
        return []


@dataclass
class Idle:
    """Has a name and does nothing."""

    name: str = "idle"


def test_a_generator_without_a_name_or_a_method_is_refused_when_it_is_made() -> None:
    with pytest.raises(ContractBroken, match="test_assembly:Nameless' has no `name`"):
        build_generator("test_assembly:Nameless")
    with pytest.raises(ContractBroken, match="test_assembly:Idle' has no method generate"):
        build_generator("test_assembly:Idle")


def test_judges_and_schedulers_are_held_to_the_same() -> None:
    with pytest.raises(ContractBroken, match="no method align and none called rate"):
        build_env(**SMALL, judges=("test_assembly:Idle",))


def test_where_nothing_can_be_reserved_another_suite_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poor = tiny_library(5)
    monkeypatch.setattr("claims_env.assembly.parts.whole_library", lambda path: poor)
    with pytest.raises(SuiteError, match="name a suite with --suite DIR"):
        build_env(**SMALL)
    save_motion(swaying(1.0), tmp_path / "a.npz")
    (suite,) = build_env(**SMALL, suite=(tmp_path,)).parts.suites
    assert suite.name == tmp_path.name
    assert build_env(**{**SMALL, "held_out": 0}).parts.suites == []
