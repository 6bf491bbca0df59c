"""The schedulers that look at nothing: what they ask for is known beforehand."""

from statistics import mean
from typing import Any

import numpy as np
from toys import Toy

from claims_env.agents.greedy_scheduler import EasiestScheduler, HardestScheduler
from claims_env.agents.ramp_scheduler import RampScheduler
from claims_env.scheduler import Scheduler
from claims_env.variable_library import VariableLibrary


def tiers(scheduler: Scheduler, library: VariableLibrary, info: dict[str, Any]) -> list[float]:
    action = scheduler.act(np.zeros(1, np.float32), info)
    return [prompt.tier for prompt in library.decode(action)]


def test_the_controls_ask_for_the_bottom_and_the_top_of_what_there_is(toy: Toy) -> None:
    env = toy.env(sets=10)
    _, info = env.reset(seed=0)
    library = env.parts.library
    easiest = tiers(EasiestScheduler(library), library, info)
    hardest = tiers(HardestScheduler(library), library, info)
    assert max(easiest) < min(hardest)
    rng = np.random.default_rng(0)
    assert min(library.sample(rng).tier for _ in range(200)) >= min(easiest)
    assert max(library.sample(rng).tier for _ in range(200)) <= max(hardest)


def test_the_ramp_rises_by_its_plan_whatever_came_of_it(toy: Toy) -> None:
    env = toy.env(sets=40)
    _, info = env.reset(seed=0)
    library, first = env.parts.library, info["rounds"][0]
    heights = [
        mean(tiers(RampScheduler(library), library, {**info, "rounds": [first] * rounds}))
        for rounds in range(1, 8)
    ]
    assert heights == sorted(heights)
    assert heights[0] == min(tiers(EasiestScheduler(library), library, info))
    assert heights[-1] == max(tiers(HardestScheduler(library), library, info))


def test_whoever_looks_at_nothing_keeps_the_domains(toy: Toy) -> None:
    env = toy.env(sets=10)
    _, info = env.reset(seed=0)
    library = env.parts.library
    asked = [s.prompt.domain for s in info["rounds"][0].sets]
    for scheduler in (RampScheduler(library), EasiestScheduler(library), HardestScheduler(library)):
        prompts = library.decode(scheduler.act(np.zeros(1, np.float32), info))
        assert [p.domain for p in prompts] == asked
