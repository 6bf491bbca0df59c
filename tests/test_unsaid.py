"""Sentences that leave slots out: the library's laws hold, and nothing takes silence for ease."""

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from toys import Toy, curt_library, tiny_library

from claims_env.agents.edit_scheduler import EditScheduler
from claims_env.agents.ladder_scheduler import LadderScheduler
from claims_env.agents.random_scheduler import RandomScheduler
from claims_env.agents.rule_scheduler import RuleScheduler
from claims_env.errors import LibraryError
from claims_env.held_out import split_library
from claims_env.prompt import SLOTS, UNSAID, Phrase, Prompt
from claims_env.run import run

LIBRARY = curt_library()
BASE_ONLY = "One does {base_action}."


def prompts(count: int = 200) -> list[Prompt]:
    rng = np.random.default_rng(0)
    return [LIBRARY.sample(rng) for _ in range(count)]


def test_encoding_and_decoding_are_inverses_where_slots_are_unsaid() -> None:
    drawn = prompts()
    assert list(LIBRARY.decode(LIBRARY.encode(drawn))) == drawn
    canonical = LIBRARY.encode(drawn)
    np.testing.assert_array_equal(LIBRARY.encode(LIBRARY.decode(canonical)), canonical)


def test_every_action_decodes_to_a_prompt_that_reads_back() -> None:
    space = LIBRARY.action_space(20)
    space.seed(0)
    for _ in range(10):
        for prompt in LIBRARY.decode(space.sample()):
            assert LIBRARY.parse(prompt.text) == prompt
            assert set(prompt.said) == {s for s in SLOTS if f"{{{s}}}" in prompt.template}


def test_an_index_nobody_says_changes_nothing_and_zero_is_its_canonical_value() -> None:
    words = LIBRARY.words("sport")
    one, other = np.array([1, 2, 5, 1, 2, 3]), np.array([1, 2, 5, 6, 0, 0])
    assert LIBRARY.decode(one) == LIBRARY.decode(other)
    (prompt,) = LIBRARY.decode(one)
    assert prompt.base_action == words.phrases["base_action"][5]
    assert LIBRARY.encode([prompt]).tolist() == [1, 2, 5, 0, 0, 0]


def test_the_tier_of_a_prompt_is_the_mean_of_what_it_says() -> None:
    said = {"base_action": Phrase("a", 5, "all"), "detail": Phrase("b", 2, "all")}
    prompt = Prompt("dance", "", **{slot: said.get(slot, UNSAID) for slot in SLOTS})
    assert prompt.tier == 3.5
    assert prompt.tiers == (5, 0, 2, 0)
    assert prompt.said == ("base_action", "detail")


def test_a_phrase_where_the_template_says_none_is_refused() -> None:
    (prompt,) = LIBRARY.decode(np.array([1, 3, 0, 0, 0, 0]))
    stray = Prompt("sport", BASE_ONLY, *prompt.slots.values())
    with pytest.raises(LibraryError, match="says base_action, but the prompt fills base_action, c"):
        LIBRARY.encode([stray])


def test_mutation_leaves_unsaid_slots_unsaid() -> None:
    rng = np.random.default_rng(0)
    for prompt in prompts(60):
        for harder_by in (None, 1, -2):
            mutated = LIBRARY.mutate(prompt, SLOTS, rng, harder_by=harder_by)
            assert mutated.said == prompt.said


def test_distance_stays_a_metric_within_its_bounds() -> None:
    drawn = prompts(90)
    for a, b, c in zip(drawn[:30], drawn[30:60], drawn[60:], strict=True):
        assert LIBRARY.distance(a, a) == 0
        assert 0 <= LIBRARY.distance(a, b) == LIBRARY.distance(b, a) <= 10
        assert LIBRARY.distance(a, c) <= LIBRARY.distance(a, b) + LIBRARY.distance(b, c)


def test_only_slots_that_may_be_unsaid_are_optional() -> None:
    assert LIBRARY.optional_slots == SLOTS
    assert tiny_library().optional_slots == ()


def test_an_observation_says_which_tiers_there_are() -> None:
    env = Toy(LIBRARY).env(sets=8)
    observation, info = env.reset(seed=0)
    values = dict(zip(env.observation_names, observation, strict=True))
    for i, played in enumerate(info["rounds"][-1].sets):
        for slot, phrase in played.prompt.slots.items():
            is_said = phrase != UNSAID
            assert values[f"set{i}.tier.{slot}.known"] == float(is_said)
            assert values[f"set{i}.tier.{slot}"] == pytest.approx(phrase.tier / 5)
    names = Toy(tiny_library()).env().observation_names
    assert not any(name.endswith(".known") and ".tier." in name for name in names)


def test_a_ragged_library_makes_an_environment_of_the_kind_gymnasium_knows() -> None:
    check_env(Toy(LIBRARY).env(), skip_render_check=True)


@pytest.mark.parametrize(
    "kind", [RandomScheduler, EditScheduler, LadderScheduler, RuleScheduler], ids=lambda k: k.name
)
def test_every_scheduler_plays_a_ragged_library_to_its_end(kind: type) -> None:
    assert len(run(kind(LIBRARY), Toy(LIBRARY).env(sets=6), seed=0)) == 3


def test_the_rule_makes_every_set_harder_that_can_be_though_tiers_are_sparse() -> None:
    _, info = Toy(LIBRARY).env(sets=10).reset(seed=3)
    before = [s.prompt for s in info["rounds"][-1].sets]
    action = RuleScheduler(LIBRARY).act(np.zeros(1, np.float32), {**info, "decision_seed": 0})
    for old, new in zip(before, LIBRARY.decode(action), strict=True):
        assert new.said == old.said
        assert new.tier > old.tier or old.tier == 5


def test_sentences_kept_for_the_suite_name_what_is_reserved() -> None:
    _, reserved = split_library(LIBRARY)
    assert reserved is not None
    for domain in reserved.domains:
        templates = reserved.words(domain).templates
        assert templates and all("{base_action}" in template for template in templates)
