"""The built-in suite: its words and seeds are out of every round's reach."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from toys import SwayGenerator, tiny_library

from claims_env.curriculum import clip_seeds
from claims_env.errors import ContractBroken, SuiteError
from claims_env.held_out import KIND, RESERVED_SEEDS, compose_suite, split_library
from claims_env.library import load_library
from claims_env.variable_library import DomainWords, VariableLibrary

LIBRARY = load_library()
ROUNDS, _RESERVED = split_library(LIBRARY)
assert _RESERVED is not None
RESERVED = _RESERVED


def test_rounds_and_suite_share_no_base_action_and_together_have_all() -> None:
    for domain in LIBRARY.domains:
        rounds, reserved, whole = (
            set(library.words(domain).phrases["base_action"])
            for library in (ROUNDS, RESERVED, LIBRARY)
        )
        assert rounds & reserved == set()
        assert rounds | reserved == whole
        assert {phrase.tier for phrase in reserved} == {1, 2, 3, 4, 5}


def test_what_is_left_for_rounds_is_rectangular_and_as_large_as_promised() -> None:
    assert ROUNDS.is_rectangular
    templates, *slots = (int(n) for n in ROUNDS.action_space(1).nvec[1:])
    least = (24, 12, 16, 12)
    assert templates >= 8
    assert all(n >= m for n, m in zip(slots, least, strict=True))


def test_rounds_never_draw_a_reserved_seed() -> None:
    for seed in range(50):
        assert max(clip_seeds(seed, 200)) < RESERVED_SEEDS


def test_clips_of_one_round_have_different_seeds() -> None:
    assert len(set(clip_seeds(0, 200))) == 200


def test_a_composed_suite_says_so_and_repeats_itself() -> None:
    suites = [
        compose_suite(RESERVED, SwayGenerator(), lambda motion: True, clips=5) for _ in range(2)
    ]
    assert suites[0].kind == KIND == "composed, held out"
    assert [m.name for m in suites[0].motions] == [f"held_out_{i:03d}" for i in range(5)]
    pairs = zip(suites[0].motions, suites[1].motions, strict=True)
    assert all(np.array_equal(a.rotations, b.rotations) for a, b in pairs)


def test_a_clip_the_filter_refuses_is_drawn_anew_and_then_given_up_on() -> None:
    with pytest.raises(SuiteError, match="--held-out 0"):
        compose_suite(RESERVED, SwayGenerator(), lambda motion: False, clips=1)


def test_a_library_with_one_phrase_per_tier_reserves_nothing_and_loses_nothing() -> None:
    library = tiny_library(5)
    rounds, reserved = split_library(library)
    assert reserved is None
    assert rounds.digest == library.digest


def test_only_domains_that_reserve_something_enter_the_suite() -> None:
    poor = tiny_library(5).words("dance")
    rich = tiny_library(6).words("sport")  # tiers 1, 2, 3, 4, 5 and 1 again
    rounds, reserved = split_library(VariableLibrary({"dance": poor, "sport": rich}))
    assert reserved is not None and reserved.domains == ("sport",)
    (kept,) = reserved.words("sport").phrases["base_action"]
    assert kept not in rounds.words("sport").phrases["base_action"]
    assert rounds.words("dance") == poor


def test_a_domain_whose_sentences_name_no_base_action_keeps_its_phrases() -> None:
    words = DomainWords(("One joins {combo_action}.",), tiny_library(6).words("dance").phrases)
    rounds, reserved = split_library(VariableLibrary({"dance": words}))
    assert reserved is None and rounds.words("dance") == words


@dataclass
class Answering:
    """A generator that answers with what it is given."""

    answer: Any
    name: str = "answering"

    def generate(self, prompts: Any, seeds: Any) -> Any:
        return self.answer


@pytest.mark.parametrize("answer", [[], None, ["a motion"], 3])
def test_what_is_no_motion_never_enters_the_suite(answer: Any) -> None:
    with pytest.raises(ContractBroken, match="The generator 'answering' returned"):
        compose_suite(RESERVED, Answering(answer), lambda motion: True, clips=1)
