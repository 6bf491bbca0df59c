"""The oracle looks ahead: a round that pays only later is found, and nothing is lost by looking."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from toys import tiny_library

from claims_env.library import load_library
from claims_env.trackers.simulated.calendars import calendars
from claims_env.trackers.simulated.expectation import Expectation
from claims_env.trackers.simulated.family import FAMILY, build
from claims_env.trackers.simulated.foresight import foreseen_round, greedy_path, worths
from claims_env.trackers.simulated.settings import FilterSettings, PhraseSettings, WorldSettings
from claims_env.trackers.simulated.simulated_world import SimulatedWorld
from claims_env.trackers.simulated.student import Asked, Lessons, Mind
from claims_env.word_grid import Floats, Reading, WordGrid, grid_of, opening_actions
from claims_env.world import SimulatedSuite

SOWN, GATHERED, REAPED = range(3)


class FieldStudent:
    """Its mind: what it has, and what it has sown, in rounds' worth.

    A round of low tiers sows, which pays nothing; one of middle tiers gathers 1; one of high tiers
    reaps 3 for each round's worth that was sown before.
    """

    cells = 3

    def begin(self, count: int, sets: int) -> Mind:
        return np.tile([0.0, 0.0, float(sets)], (count, 1))

    def demand(self, asked: Asked) -> Floats:
        return asked.difficulty

    def standing(self, mind: Mind, reading: Reading) -> Floats:
        return np.broadcast_to(mind[:, :1], reading.domain.shape)

    def lessons(self, mind: Mind, asked: Asked) -> Lessons:
        tier = asked.reading.mean_tier
        kinds = [tier < 2, (tier >= 2) & (tier <= 4), tier > 4]
        return Lessons(np.arange(3), np.stack(kinds, axis=-1).astype(float))

    def learn(self, mind: Mind, tally: Floats) -> Mind:
        share = tally / mind[:, 2:]
        has = mind[:, 0] + share[:, GATHERED] + 3 * mind[:, 1] * share[:, REAPED]
        return np.stack([has, np.minimum(mind[:, 1] + share[:, SOWN], 1), mind[:, 2]], axis=-1)

    def progress(self, mind: Mind, leaning: Floats) -> Floats:
        return np.broadcast_to(mind[:, :1], (len(mind), len(leaning)))


@dataclass(frozen=True)
class MakesFieldStudent:
    facts: dict[str, Any] = field(default_factory=dict)

    def __call__(self, grid: WordGrid, tier_effect: float) -> FieldStudent:
        return FieldStudent()


def field_world() -> SimulatedWorld:
    suite = SimulatedSuite("all", 100, 0.0, {})
    settings = WorldSettings(
        PhraseSettings(1.0), (suite,), noise=0.0, luck=0.0, filter=FilterSettings(0.0, 0.0)
    )
    return SimulatedWorld("field", MakesFieldStudent(), settings)


def tiers_played(rounds: int) -> tuple[list[set[float]], float]:
    """Return the mean tiers the oracle asks for in each round, and where it ends."""
    world, library = field_world(), tiny_library()
    state = world.begin(library, np.array([0]), sets=6, rounds=rounds)
    asked = []
    for _ in range(rounds):
        plan = world.oracle(state).plan(np.arange(6) % 2, seed=0)
        asked.append(
            set((plan[:, 2:].mean(1) + 1).tolist())
        )  # the tiny library's phrase i: tier i+1
        world.play(state, plan[None])
    return asked, world.oracle(state).standing()


def test_with_one_round_left_it_takes_what_pays_at_once() -> None:
    (only,), ends = tiers_played(1)
    assert all(2 <= tier <= 4 for tier in only)
    assert ends == pytest.approx(1 / (1 + np.exp(-1)))  # 1 gathered


def test_with_two_rounds_left_it_sows_and_reaps_where_greed_gathers_twice() -> None:
    (first, second), ends = tiers_played(2)
    assert all(tier < 2 for tier in first)
    assert all(tier > 4 for tier in second)
    assert ends == pytest.approx(1 / (1 + np.exp(-3)))  # 3 reaped
    course, mind = expectation(field_world(), tiny_library(), sets=6)
    greedy = greedy_path(course, mind, [course.success] * 2, np.arange(6) % 2, seed=0)
    assert greedy.value == pytest.approx(1 / (1 + np.exp(-2)))  # 1 gathered, twice


def test_what_was_sown_is_worth_what_the_path_reaps_of_it() -> None:
    course, mind = expectation(field_world(), tiny_library(), sets=6)
    path = greedy_path(course, mind, [course.success] * 2, np.arange(6) % 2, seed=0)
    reaping = path.rounds[1].copy()
    reaping[:, 2:] = 4
    path.rounds[1] = reaping
    path.minds[1][:] = [[0.0, 1.0, 6.0]]
    after_first, _ = worths(course, path)
    slope = after_first(np.eye(3))
    p = 1 / (1 + np.exp(-3))  # 3 are reaped, so each unit adds p (1 - p) at the end
    assert slope == pytest.approx([p * (1 - p), 3 * p * (1 - p), -3 * p * (1 - p) / 6], rel=1e-3)


def expectation(world: SimulatedWorld, library: Any, *, sets: int) -> tuple[Expectation, Mind]:
    state = world.begin(library, np.array([0]), sets=sets, rounds=3)
    course = Expectation(
        state.grid,
        state.student,
        state.tables,
        world.settings.filter,
        lambda mind: world._expected(state, mind),
    )
    return course, state.mind


def end_of(course: Expectation, mind: Mind, rounds: Any) -> float:
    for prompts in rounds:
        mind = course.after(mind, prompts[None])
    return float(course.success(mind)[0])


@pytest.mark.parametrize("name", sorted(FAMILY))
def test_followed_without_luck_it_ends_no_lower_than_greed_or_any_calendar(name: str) -> None:
    course, mind = expectation(build(name), load_library(), sets=30)
    domains = np.arange(30) % 5
    greedy = greedy_path(course, mind, [course.success] * 3, domains, seed=0)
    planned = calendars(course.grid, domains, 3, np.random.default_rng(0))
    others = [greedy.value, *(end_of(course, mind, rounds) for rounds in planned)]
    for left in (3, 2, 1):
        mind = course.after(mind, foreseen_round(course, mind, domains, left, seed=0)[None])
    # a later decision draws anew, so that a trifle may be lost on the way
    assert float(course.success(mind)[0]) > max(others) - 1e-3


def test_calendars_lead_from_every_tier_to_every_tier_and_one_mixes_them() -> None:
    planned = calendars(grid_of(tiny_library()), np.arange(10) % 2, 3, np.random.default_rng(0))
    tiers = planned[..., 2:] + 1
    assert tiers.shape == (26, 3, 10, 4)
    assert tiers[4].mean((1, 2)).tolist() == [1, 3, 5]  # up
    assert tiers[20].mean((1, 2)).tolist() == [5, 3, 1]  # down
    assert tiers[1].mean((1, 2)) == pytest.approx([1, 1.4, 2])  # 2 of 5 sets of each domain
    assert sorted(tiers[25, 0, ::2, 0].tolist()) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", ["forgetting", "prerequisites"])
def test_a_plan_has_the_same_bytes_alone_and_among_others(name: str) -> None:
    library, world = load_library(), build(name)
    plans = []
    for seeds in ([3, 5, 1], [5]):
        state = world.begin(library, np.array(seeds), sets=20, rounds=3)
        drawn = [opening_actions(state.grid, 20, np.random.default_rng(s)) for s in seeds]
        world.play(state, np.stack(drawn))
        plans.append(world.oracle(state, seeds.index(5)).plan(np.arange(20) % 5, seed=0).tobytes())
    assert plans[0] == plans[1]
