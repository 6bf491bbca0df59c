"""The library: exact inverses, tiers, mutation and distance, as laws over sampled prompts."""

import numpy as np
import pytest
from toys import curt_library, tiny_library

from claims_env.errors import LibraryError, UnknownName
from claims_env.library import load_library
from claims_env.prompt import SLOTS, Phrase, Prompt
from claims_env.variable_library import DomainWords, VariableLibrary

SHIPPED = load_library()


def prompts(count: int = 300, library: VariableLibrary = SHIPPED) -> list[Prompt]:
    rng = np.random.default_rng(0)
    return [library.sample(rng) for _ in range(count)]


def test_decoding_undoes_encoding() -> None:
    drawn = prompts()
    assert list(SHIPPED.decode(SHIPPED.encode(drawn))) == drawn


def test_encoding_undoes_decoding() -> None:
    space = SHIPPED.action_space(50)
    space.seed(0)
    for _ in range(20):
        action = space.sample()
        np.testing.assert_array_equal(SHIPPED.encode(SHIPPED.decode(action)), action)


def test_parsing_undoes_rendering() -> None:
    for prompt in prompts():
        assert SHIPPED.parse(prompt.text) == prompt


def test_every_phrase_and_template_survives_the_round_trip() -> None:
    for domain in SHIPPED.domains:
        words = SHIPPED.words(domain)
        for i in range(max(len(p) for p in words.phrases.values())):
            chosen = {slot: words.phrases[slot][i % len(words.phrases[slot])] for slot in SLOTS}
            prompt = Prompt(domain, words.templates[i % len(words.templates)], **chosen)  # type: ignore[arg-type]
            assert SHIPPED.parse(prompt.text) == prompt


def test_sampling_by_tier_keeps_to_the_tier() -> None:
    rng = np.random.default_rng(0)
    for tier in (1, 2, 3, 4, 5):
        for domain in SHIPPED.domains:
            prompt = SHIPPED.sample(rng, domain=domain, tier=tier)
            assert prompt.domain == domain
            assert prompt.tiers == (tier,) * 4


def test_mutation_changes_the_chosen_slots_and_nothing_else() -> None:
    rng = np.random.default_rng(0)
    for prompt in prompts(100):
        mutated = SHIPPED.mutate(prompt, ("detail", "combo_action"), rng)
        assert (mutated.domain, mutated.template) == (prompt.domain, prompt.template)
        changed = {slot for slot in SLOTS if mutated.slots[slot] != prompt.slots[slot]}
        assert changed == {"detail", "combo_action"}


def test_mutation_moves_by_tiers_and_stops_at_the_top() -> None:
    rng = np.random.default_rng(0)
    for prompt in prompts(100):
        harder = SHIPPED.mutate(prompt, ("detail",), rng, harder_by=2)
        assert harder.detail.tier == min(prompt.detail.tier + 2, 5)
        assert harder.detail != prompt.detail


def test_mutation_leaves_out_tiers_that_no_phrase_has() -> None:
    library, rng = curt_library(), np.random.default_rng(0)  # its tiers are 1, 3 and 5
    prompt = library.sample(rng, domain="sport", tier=3)
    for by, tier in [(1, 5), (2, 5), (4, 5), (0, 3), (-1, 1), (-3, 1)]:
        mutated = library.mutate(prompt, prompt.said, rng, harder_by=by)
        assert set(mutated.tiers) - {0} == {tier}, by


def test_distance_is_a_metric() -> None:
    drawn = prompts(60)
    for a, b, c in zip(drawn[:20], drawn[20:40], drawn[40:], strict=True):
        assert SHIPPED.distance(a, a) == 0
        assert SHIPPED.distance(a, b) == SHIPPED.distance(b, a) > 0
        assert SHIPPED.distance(a, c) <= SHIPPED.distance(a, b) + SHIPPED.distance(b, c)


def test_distance_by_hand() -> None:
    library = tiny_library()
    words = library.words("dance")
    first, last = (
        Prompt("dance", words.templates[0], *(words.phrases[slot][i] for slot in SLOTS))
        for i in (0, 4)
    )
    # four phrases differ, each by all four tiers
    assert library.distance(first, last) == 4 + 4


def test_drawing_repeats_under_its_seed() -> None:
    assert prompts(20) == prompts(20)


def test_an_unknown_sentence_is_refused() -> None:
    with pytest.raises(LibraryError, match="No prompt of this library reads 'The person jumps'"):
        SHIPPED.parse("The person jumps")


def test_an_unknown_phrase_is_refused_with_a_suggestion() -> None:
    prompt = prompts(1)[0]
    known = prompt.detail.text
    stray = Prompt(
        prompt.domain,
        prompt.template,
        prompt.base_action,
        prompt.combo_action,
        Phrase(known + "x", 1, "all"),
        prompt.speed_rhythm,
    )
    with pytest.raises(LibraryError, match="Did you mean"):
        SHIPPED.encode([stray])


def test_an_unknown_domain_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'dance'"):
        SHIPPED.words("danse")


def test_a_ragged_library_wraps_and_stays_total() -> None:
    small, large = tiny_library(3), tiny_library(5)
    library = VariableLibrary({"dance": small.words("dance"), "sport": large.words("sport")})
    assert not library.is_rectangular
    space = library.action_space(1)
    space.seed(0)
    for _ in range(50):
        (prompt,) = library.decode(space.sample())
        assert library.decode(library.encode([prompt])) == (prompt,)


@pytest.mark.parametrize(
    "template",
    ["{detail} and {speed_rhythm}", "{base_action} {nonsense}", "{base_action}, {base_action}"],
)
def test_a_template_without_an_action_or_with_a_slot_twice_is_refused(template: str) -> None:
    words = tiny_library().words("dance")
    with pytest.raises(LibraryError, match="exactly once"):
        VariableLibrary({"dance": DomainWords((template,), words.phrases)})


def test_a_repeated_phrase_is_refused() -> None:
    words = tiny_library().words("dance")
    phrases = {**words.phrases, "detail": (Phrase("same", 1, "all"), Phrase("same", 2, "all"))}
    with pytest.raises(LibraryError, match=r"repeats \['same'\]"):
        VariableLibrary({"dance": DomainWords(words.templates, phrases)})


def test_equal_words_have_equal_digests_and_others_do_not() -> None:
    assert tiny_library().digest == tiny_library().digest != tiny_library(4).digest
