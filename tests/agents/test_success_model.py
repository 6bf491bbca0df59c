"""Success from few tries: what is won half the time is found, and single phrases are told apart."""

import numpy as np
import pytest
from told_rounds import told_round
from toys import curt_library, tiny_library

from claims_env.agents.set_table import SetTable, set_table
from claims_env.agents.success_model import entries, features, fit_success, sigmoid
from claims_env.agents.word_choices import word_choices
from claims_env.prompt import Prompt

WORDS = tiny_library()
CHOICES = word_choices(WORDS)
DANCE_OF_TIER = {tier: np.array([[0, 0, *[tier - 1] * 4]]) for tier in (1, 2, 3, 4, 5)}


def dance(tier: int, times: int) -> list[Prompt]:
    rng = np.random.default_rng(tier)
    return [WORDS.sample(rng, domain="dance", tier=tier) for _ in range(times)]


def table(prompts: list[Prompt], outcomes: list[bool | None]) -> SetTable:
    return set_table(CHOICES, told_round(prompts, outcomes))


def test_the_features_of_a_prompt_by_hand() -> None:
    # sport, tiers 1, 5, 3, 4: levels -1, 1, 0, 0.5, and their mean 0.125
    seen = features(CHOICES, np.array([[1, 0, 0, 4, 2, 3]]))
    assert seen.tolist() == [[0.0, 1.0, 0.0, 0.125, -1.0, 1.0, 0.0, 0.5]]


def test_an_unsaid_slot_is_as_hard_as_the_others() -> None:
    words = curt_library()
    only_an_action = words.encode([p for p in every_prompt(words) if len(p.said) == 1][:1])
    seen = features(word_choices(words), only_an_action.reshape(1, 6))
    assert len(set(seen[0, -4:].tolist())) == 1


def every_prompt(words: object) -> list[Prompt]:
    rng = np.random.default_rng(0)
    return [words.sample(rng) for _ in range(50)]  # type: ignore[attr-defined]


def test_the_entries_of_a_prompt_by_hand() -> None:
    # five phrases a slot, four slots a domain: sport begins at 20
    assert entries(CHOICES, np.array([[1, 0, 0, 4, 2, 3]])).tolist() == [[20, 29, 32, 38]]


def test_a_tier_won_half_the_time_is_the_most_learnable() -> None:
    asked = [prompt for tier in (1, 3, 5) for prompt in dance(tier, 20)]
    model = fit_success(
        CHOICES, [table(asked, [*[True] * 20, *[True, False] * 10, *[False] * 20])], fade=1.0
    )
    chances = [float(model.chance(row)[0]) for row in DANCE_OF_TIER.values()]
    assert chances == sorted(chances, reverse=True)
    assert chances[2] == pytest.approx(0.5, abs=0.02)
    worth = [float(model.learnability(row)[0]) for row in DANCE_OF_TIER.values()]
    assert int(np.argmax(worth)) == 2


def test_a_round_fades_to_what_it_weighs() -> None:
    won, lost = table(dance(3, 10), [True] * 10), table(dance(3, 10), [False] * 10)
    as_before = fit_success(CHOICES, [won, lost], fade=1.0).chance(DANCE_OF_TIER[3])[0]
    faded = fit_success(CHOICES, [won, lost], fade=0.1).chance(DANCE_OF_TIER[3])[0]
    assert as_before == pytest.approx(0.5, abs=0.01)
    assert faded < 0.3


def test_a_phrase_that_is_always_lost_is_told_from_its_tier() -> None:
    library = tiny_library(phrases=10)  # two phrases a tier
    choices = word_choices(library)
    rows = np.array([[0, 0, i % 2 * 5, 0, 0, 0] for i in range(40)])
    prompts = list(library.decode(rows.ravel()))
    rounds = [set_table(choices, told_round(prompts, [i % 2 == 0 for i in range(40)]))]
    model = fit_success(choices, rounds, fade=1.0)
    good, bad = model.chance(rows[:2])
    assert good - bad > 0.2


def test_rejected_clips_and_foreign_words_teach_nothing() -> None:
    model = fit_success(CHOICES, [table(dance(3, 4), [None] * 4)], fade=0.5)
    assert model.chance(DANCE_OF_TIER[5])[0] == 0.5


def test_the_sigmoid_of_a_huge_lead_does_not_overflow() -> None:
    assert sigmoid(np.array([-1e6, 0.0, 1e6])) == pytest.approx([0.0, 0.5, 1.0], abs=1e-12)
