"""LinUCB: which words of a domain promise most."""

import numpy as np
from told_rounds import told, told_round
from toys import curt_library, tiny_library

from claims_env.agents.linucb_scheduler import LinUcbScheduler
from claims_env.prompt import Prompt

WORDS = tiny_library()


def of_tier_two(prompt: Prompt) -> bool:
    return prompt.base_action.tier == 2


def test_the_features_of_a_prompt_are_its_phrases_its_tiers_and_one() -> None:
    row = np.array([[1, 0, 4, 3, 2, 0]])
    domain, active, shared = LinUcbScheduler(WORDS).features(row)
    # five phrases and one place for 'unsaid' in each slot; tiers 1 to 5 become -1 to 1
    assert domain.tolist() == [1]
    assert active.tolist() == [[4, 6 + 3, 12 + 2, 18 + 0]]
    assert shared.tolist() == [[1.0, 1.0, 0.5, 0.0, -1.0]]


def test_an_unsaid_slot_is_a_feature_of_its_own_without_a_tier() -> None:
    words = curt_library()
    rng = np.random.default_rng(0)
    drawn = [words.sample(rng) for _ in range(40)]
    prompt = next(p for p in drawn if len(p.said) == 1)  # "One does {base_action}."
    row = words.encode([prompt]).reshape(1, -1)
    _, active, shared = LinUcbScheduler(words).features(row)
    assert active[0, 1:].tolist() == [15, 23, 31]  # the last of eight places of each slot
    assert shared[0, 2:].tolist() == [0.0, 0.0, 0.0]


def test_sets_take_the_words_that_gained() -> None:
    rng = np.random.default_rng(0)
    asked = [WORDS.sample(rng, domain=WORDS.domains[i % 2]) for i in range(200)]
    played = told_round(asked, [of_tier_two(p) for p in asked], before=[False] * 200)
    scheduler = LinUcbScheduler(WORDS, alpha=0.0, candidates=16)
    chosen = WORDS.decode(scheduler.act(np.zeros(1, np.float32), told(played)))
    assert np.mean([of_tier_two(p) for p in chosen]) > 0.9  # a fifth would be chance
    assert [p.domain for p in chosen] == [p.domain for p in asked]


def test_a_bonus_goes_to_words_nobody_tried() -> None:
    rng = np.random.default_rng(0)
    asked = [p for p in (WORDS.sample(rng) for _ in range(500)) if not of_tier_two(p)]
    played = told_round(asked, [False] * len(asked), before=[False] * len(asked))
    scheduler = LinUcbScheduler(WORDS, alpha=1.0, candidates=16)
    chosen = WORDS.decode(scheduler.act(np.zeros(1, np.float32), told(played)))
    assert np.mean([of_tier_two(p) for p in chosen]) > 0.9
