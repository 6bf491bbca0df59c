"""Generic sentences: what App. C.3 asks of them, and the writers that use them."""

from collections.abc import Callable

import numpy as np
import pytest
from toys import Toy

from claims_env.agents.free_rule_scheduler import FreeRuleScheduler
from claims_env.agents.generic_scheduler import GenericScheduler
from claims_env.agents.random_prompts import (
    DEMANDS,
    MANNERS,
    MOVES,
    OPENING,
    demand_of,
    random_prompts,
    random_sentence,
)
from claims_env.briefing import Sight
from claims_env.env import CurriculumEnv
from claims_env.free_sentence import round_problem
from claims_env.free_text import ANY_DOMAIN
from claims_env.run import run
from claims_env.scheduler import Opens, Writes
from claims_env.testing import check_scheduler


def test_two_hundred_prompts_begin_alike_and_none_is_said_twice() -> None:
    prompts = random_prompts(200, seed=0)
    assert len(set(prompts)) == 200
    assert all(said.startswith(f"{OPENING} ") for said in prompts)
    assert round_problem(prompts) is None


def test_the_same_seed_writes_the_same_and_another_seed_something_else() -> None:
    assert random_prompts(20, seed=3) == random_prompts(20, seed=3)
    assert set(random_prompts(20, seed=3)).isdisjoint(random_prompts(20, seed=4))


def test_what_was_said_before_is_not_said_again() -> None:
    first = random_prompts(5, seed=0)
    assert set(first).isdisjoint(random_prompts(5, seed=0, but=first))


def test_the_tables_repeat_nothing_and_hold_no_phrase_inside_another() -> None:
    phrases = [p for table in (MOVES, MANNERS) for level in table.values() for p in level]
    inside = [(a, b) for a in phrases for b in phrases if a != b and f" {a} " in f" {b} "]
    assert len(set(phrases)) == len(phrases)
    assert inside == []


def test_demand_is_the_mean_of_the_words() -> None:
    # 5 for the cartwheel, 1 for the bow, 3 for the energy
    assert demand_of("The person does a cartwheel and then bows, with energy.") == 3.0
    assert demand_of("Somebody yodels.") is None


@pytest.mark.parametrize("demand", DEMANDS)
def test_a_sentence_is_as_demanding_as_asked(demand: int) -> None:
    rng = np.random.default_rng(0)
    assert {demand_of(random_sentence(rng, demand)) for _ in range(50)} == {float(demand)}


def test_a_demand_between_two_levels_draws_from_both() -> None:
    rng = np.random.default_rng(0)
    means = [demand_of(random_sentence(rng, 2.5)) or 0.0 for _ in range(300)]
    assert sum(means) / len(means) == pytest.approx(2.5, abs=0.1)


@pytest.mark.parametrize("kind", [GenericScheduler, FreeRuleScheduler])
def test_a_writer_keeps_the_contract(
    kind: Callable[..., Writes], make_env: Callable[[], CurriculumEnv]
) -> None:
    check_scheduler(kind, make_env)


def test_the_generic_writer_never_touches_the_library(toy: Toy) -> None:
    env = toy.env()
    scheduler = GenericScheduler(env.parts.library)
    assert isinstance(scheduler, Opens)
    sets = [s for r in run(scheduler, env, seed=0) for s in r.sets]
    assert {s.prompt.domain for s in sets} == {ANY_DOMAIN}
    assert len({s.prompt.text for s in sets}) == len(sets) == 12


def test_the_free_rule_opens_with_the_library_and_then_gets_more_demanding(toy: Toy) -> None:
    env = toy.env(sets=4, rounds=4)
    rounds = run(FreeRuleScheduler(env.parts.library), env, seed=0)
    assert not any(s.prompt.is_free for s in rounds[0].sets)
    demands = [[demand_of(s.prompt.text) or 0.0 for s in r.sets] for r in rounds[1:]]
    assert sum(demands[-1]) > sum(demands[0])


def test_the_free_rule_writes_the_same_whatever_is_hidden_from_it(toy: Toy) -> None:
    env = toy.env(silent=True)
    _, info = env.reset(seed=0)
    played = info["rounds"][-1]
    blind = FreeRuleScheduler(toy.library, Sight(metrics=False, judges=False))
    there = blind.write(env.observation_space.sample(), info)
    other = toy.env()
    _, shown = other.reset(seed=0)
    assert shown["rounds"][-1] != played
    assert blind.write(other.observation_space.sample(), shown) == there
