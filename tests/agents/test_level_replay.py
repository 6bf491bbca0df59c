"""Prioritised replay: chances worked out by hand, and draws that come once."""

import numpy as np
import pytest

from claims_env.agents.level_replay import (
    ReplaySettings,
    replay_chances,
    replayed,
    without_return,
)
from claims_env.agents.prompt_buffer import PromptBuffer
from claims_env.errors import ConfigError, UnknownName


def buffer(
    *, domains: tuple[int, ...], scores: tuple[float, ...], seen: tuple[int, ...]
) -> PromptBuffer:
    rows = np.zeros((len(domains), 6), np.int64)
    rows[:, 0] = domains
    return PromptBuffer(rows, np.array(scores), np.array(seen))


TWO = buffer(domains=(0, 0), scores=(0.1, 0.8), seen=(0, 2))


def test_the_chances_of_two_prompts_by_hand() -> None:
    # ranks 2 and 1 with beta 1: a third and two thirds; ages 3 and 1: three quarters and one
    settings = ReplaySettings(temperature=1.0, staleness=0.5)
    chances = replay_chances(TWO, settings, now=3, rng=np.random.default_rng(0))
    assert chances == pytest.approx([0.5 / 3 + 0.375, 1 / 3 + 0.125])


def test_a_low_temperature_leaves_the_best_alone() -> None:
    settings = ReplaySettings(temperature=0.05, staleness=0.0)
    chances = replay_chances(TWO, settings, now=3, rng=np.random.default_rng(0))
    assert chances[1] == pytest.approx(1 / (1 + 2**-20))


def test_no_place_is_drawn_twice_and_the_first_follows_the_chances() -> None:
    rng = np.random.default_rng(0)
    drawn = [without_return(np.array([0.7, 0.2, 0.1]), 2, rng).tolist() for _ in range(4000)]
    assert all(len(set(places)) == 2 for places in drawn)
    first = np.bincount([places[0] for places in drawn]) / 4000
    assert first == pytest.approx([0.7, 0.2, 0.1], abs=0.03)


def test_a_set_is_given_a_prompt_of_its_domain_as_long_as_there_are_any() -> None:
    kept = buffer(domains=(0, 1, 1), scores=(0.5, 0.5, 0.5), seen=(0, 0, 0))
    domain = np.array([1, 0, -1, 1, 1, 2])
    chosen = replayed(kept, domain, ReplaySettings(), 1, np.random.default_rng(0)).tolist()
    assert chosen[1] == 0
    assert sorted(chosen[i] for i in (0, 3, 4)) == [-1, 1, 2]
    assert (chosen[2], chosen[5]) == (-1, -1)


@pytest.mark.parametrize("given", [{"replay": 1.5}, {"staleness": -0.1}, {"temperature": 0.0}])
def test_a_setting_out_of_range_is_refused_by_name(given: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match=f"{next(iter(given))} is .* Expected"):
        ReplaySettings(**given)  # type: ignore[arg-type]


def test_an_unknown_score_lists_those_there_are() -> None:
    with pytest.raises(UnknownName, match="change, learnability, shortfall"):
        ReplaySettings(score="luck")
