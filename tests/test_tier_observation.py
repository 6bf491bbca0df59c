"""What a policy over tiers sees, worked out by hand."""

import numpy as np
import pytest
from told_rounds import told_round
from toys import tiny_library

from claims_env.agents.learned.tier_player import table_digest
from claims_env.agents.set_table import set_table
from claims_env.agents.word_choices import word_choices
from claims_env.prompt import free_prompt
from claims_env.rounds import Round
from claims_env.tier_observation import SEAT, digest, round_digest, seats, seen_of

WORDS = tiny_library()
NAN = np.nan


def played() -> Round:
    rng = np.random.default_rng(0)
    asked = [WORDS.sample(rng, domain=d, tier=t) for d, t in (("dance", 1), ("dance", 3))]
    asked += [WORDS.sample(rng, domain="sport", tier=5), free_prompt("sport", "One hops about.")]
    return told_round(asked, [True, None, False, True])


def test_a_digest_by_hand() -> None:
    domain, tier = np.array([0, 0, 1, -1]), np.array([1.0, 3.0, 5.0, 2.0])
    found = digest(domain, tier, np.array([1.0, NAN, 0.0, 1.0]), 2)
    assert found.tolist() == [[0.25, 1.0, 0.5], [1.0, 0.0, 1.0]]


def test_a_domain_without_sets_gives_zeros() -> None:
    assert digest(np.array([0]), np.array([2.0]), np.array([1.0]), 2)[1].tolist() == [0, 0, 0]


def test_a_recorded_round_is_seen_as_a_table_of_it_is() -> None:
    words = word_choices(WORDS)
    assert round_digest(played(), WORDS)[0].tolist() == [0.25, 1.0, 0.5]
    assert np.array_equal(
        round_digest(played(), WORDS)[0], table_digest(set_table(words, played()), words)[0]
    )


def test_a_seat_sees_now_a_round_ago_all_domains_and_the_time() -> None:
    now, earlier = np.array([[0.25, 1.0, 0.5], [1.0, 0.0, 1.0]]), np.full((2, 3), 0.5)
    seen = seats(now, earlier, 3)
    assert seen.shape == (2, len(SEAT))
    assert seen[0] == pytest.approx([0.25, 1.0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.3])
    assert seats(now, None, 12)[1] == pytest.approx([1.0, 0.0, 1.0, 0, 0, 0, 0.5, 0.0, 1.0])


def test_many_instances_are_seen_as_each_alone() -> None:
    rng = np.random.default_rng(0)
    domain = rng.integers(0, 2, (3, 8))
    tier, won = rng.uniform(1, 5, (3, 8)), rng.integers(0, 2, (3, 8)).astype(float)
    whole = seats(digest(domain, tier, won, 2), None, 1)
    for i in range(3):
        alone = seats(digest(domain[i], tier[i], won[i], 2), None, 1)
        assert whole[i] == pytest.approx(alone)


def test_the_first_round_has_none_before_it() -> None:
    assert np.array_equal(seen_of([played()], WORDS), seats(round_digest(played(), WORDS), None, 0))
