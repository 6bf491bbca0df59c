"""The oracle: it needs a world that tells, and then nobody does better."""

import numpy as np
import pytest

from claims_env.assembly import build_scheduler
from claims_env.assembly.worlds import WORLDS, build_surrogate_env
from claims_env.errors import ConfigError

NOTHING_MORE = np.zeros((0, 6), np.int64)


def expected_success(name: str, world: str, seed: int) -> float:
    """Return what held-out success is to be expected after an episode, free of all luck."""
    env = build_surrogate_env(world, sets=40, rounds=5, reveal=True)
    scheduler = build_scheduler(name, env.parts.library)
    seen, info = env.reset(seed=seed)
    while len(env.rounds) < env.max_rounds:
        seen, _, _, _, info = env.step(scheduler.act(seen, info))
    told: float = info["oracle"].value(NOTHING_MORE)
    return told


def test_a_world_that_tells_nothing_is_refused_with_the_cure() -> None:
    env = build_surrogate_env("mock", sets=5, rounds=2)
    seen, info = env.reset(seed=0)
    with pytest.raises(ConfigError, match="reveal=True"):
        build_scheduler("oracle", env.parts.library).act(seen, info)


@pytest.mark.parametrize("world", sorted(set(WORLDS) - {"null"}))
def test_the_oracle_wins_wherever_a_scheduler_matters(world: str) -> None:
    rivals = ("random", "sfl", "staircase", "greedy-easiest", "greedy-hardest")
    others = {rival: expected_success(rival, world, 0) for rival in rivals}
    assert expected_success("oracle", world, 0) > max(others.values()), others


def test_in_the_null_world_it_makes_no_difference() -> None:
    gap = expected_success("oracle", "null", 0) - expected_success("random", "null", 0)
    assert abs(gap) < 0.002
