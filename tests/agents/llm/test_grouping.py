"""Groups: every set once, few at a time, in an order that nothing hidden decides on."""

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from claims_env.agents.llm.grouping import groups_of
from claims_env.briefing import SetView, Tracked
from claims_env.judge import Difficulty
from claims_env.variable_library import VariableLibrary

DOMAINS = ("dance", "sport")


def sets_of(library: VariableLibrary, count: int, domain: str = "dance") -> list[SetView]:
    rng = np.random.default_rng(0)
    return [SetView(i, library.sample(rng, domain=domain), None, None, {}) for i in range(count)]


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(1, [1]), (5, [5]), (6, [3, 3]), (11, [3, 4, 4]), (40, [5] * 8), (12, [4, 4, 4])],
)
def test_a_domains_sets_are_shared_out_evenly(
    library: VariableLibrary, count: int, sizes: list[int]
) -> None:
    groups = groups_of(sets_of(library, count), DOMAINS, "random", 5, seed=1)
    assert [len(group) for group in groups] == sizes
    assert sorted(s.number for group in groups for s in group) == list(range(count))


def test_a_group_is_of_one_domain(library: VariableLibrary) -> None:
    mixed = [*sets_of(library, 3), *sets_of(library, 4, "sport")]
    groups = groups_of(mixed, DOMAINS, "random", 5, seed=1)
    assert [{s.prompt.domain for s in group} for group in groups] == [{"dance"}, {"sport"}]


def test_the_seed_decides_who_is_with_whom(library: VariableLibrary) -> None:
    sets = sets_of(library, 40)
    first, again, other = (groups_of(sets, DOMAINS, "random", 5, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_domains_come_in_the_order_of_the_library(library: VariableLibrary) -> None:
    mixed = [*sets_of(library, 3, "sport"), *sets_of(library, 4)]
    groups = groups_of(mixed, DOMAINS, "random", 5, seed=1)
    assert [group[0].prompt.domain for group in groups] == ["dance", "sport"]


@pytest.mark.parametrize("by", ["random", "severity"])
def test_sets_sorted_out_decide_on_nothing_beside_them(
    library: VariableLibrary, by: Literal["random", "severity"]
) -> None:
    dance, sport = sets_of(library, 4), sets_of(library, 12, "sport")
    groups = groups_of([*dance, *sport], DOMAINS, by, 5, seed=1)
    # even where a whole domain is gone, and with it the first set of the round
    gone = [replace(s, rejected="no human motion") for s in dance]
    assert groups_of([*gone, *sport], DOMAINS, by, 5, seed=1) == groups[1:]
    one_gone = [gone[0], *dance[1:], *sport]
    left, *others = groups_of(one_gone, DOMAINS, by, 5, seed=1)
    assert others == groups[1:] and left == tuple(s for s in groups[0] if s.number != 0)


def test_severity_puts_the_lost_first_and_then_the_largest_errors(
    library: VariableLibrary,
) -> None:
    done = [(True, 10.0), (False, 20.0), (True, 90.0), (False, 80.0)]
    sets = [
        SetView(s.number, s.prompt, None, Tracked(won, error, 1.0, 1.0, 1.0), {})
        for s, (won, error) in zip(sets_of(library, 4), done, strict=True)
    ]
    (group,) = groups_of(sets, DOMAINS, "severity", 5, seed=0)
    assert [s.number for s in group] == [3, 1, 2, 0]


def test_without_figures_severity_is_what_the_judges_say(library: VariableLibrary) -> None:
    scores = [3, 9, 5]
    sets = [
        SetView(s.number, s.prompt, None, None, {"judge": Difficulty(score, "", {})})
        for s, score in zip(sets_of(library, 3), scores, strict=True)
    ]
    (group,) = groups_of(sets, DOMAINS, "severity", 5, seed=0)
    assert [s.number for s in group] == [1, 2, 0]
    (group,) = groups_of(sets_of(library, 3), DOMAINS, "severity", 5, seed=0)
    assert [s.number for s in group] == [0, 1, 2]
