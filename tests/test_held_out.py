"""The built-in suite: its words and seeds are out of every round's reach."""

import numpy as np
import pytest
from toys import SwayGenerator

from claims_env.curriculum import clip_seeds
from claims_env.errors import SuiteError
from claims_env.held_out import KIND, RESERVED_SEEDS, compose_suite, split_library
from claims_env.library import load_library

LIBRARY = load_library()
ROUNDS, RESERVED = split_library(LIBRARY)


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
