"""The words that ship are rectangular, spread over the tiers, and read back to their prompt."""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from claims_env.errors import LibraryError
from claims_env.library import load_library
from claims_env.prompt import SLOTS
from claims_env.variable_library import TIERS, DomainWords

LIBRARY = load_library()
COUNTS = {"base_action": 30, "combo_action": 14, "detail": 18, "speed_rhythm": 14}
EVERY_LIST = [
    (domain, slot, LIBRARY.words(domain).phrases[slot])
    for domain in LIBRARY.domains
    for slot in SLOTS
]

VALID = """
categories: [rolls]
templates:
  - "{base_action}, {combo_action}, {detail}, {speed_rhythm}"
base_action: [{text: a roll, tier: 1, category: rolls}]
combo_action: [{text: a roll and a jump, tier: 2, category: rolls}]
detail: [{text: long lines, tier: 3, category: rolls}]
speed_rhythm: [{text: a calm count, tier: 4, category: rolls}]
"""


def test_there_are_the_five_domains_of_the_paper():
    assert set(LIBRARY.domains) == {"martial_arts", "dance", "combat", "sport", "gymnastics"}


def test_every_domain_offers_equally_many_templates_and_phrases():
    assert LIBRARY.is_rectangular
    for domain, slot, phrases in EVERY_LIST:
        assert len(phrases) == COUNTS[slot], (domain, slot)
        assert len(LIBRARY.words(domain).templates) == 10


def test_the_action_space_holds_every_prompt_of_the_library():
    assert LIBRARY.action_space().nvec.tolist() == [5, 10, 30, 14, 18, 14]
    assert int(LIBRARY.action_space().nvec.prod()) == 5_292_000


def test_every_slot_spreads_its_phrases_evenly_over_all_five_tiers():
    for domain, slot, phrases in EVERY_LIST:
        sizes = Counter(phrase.tier for phrase in phrases)
        assert set(sizes) == set(TIERS), (domain, slot)
        assert max(sizes.values()) - min(sizes.values()) <= 1, (domain, slot)


def test_phrases_come_from_easy_to_hard():
    for domain, slot, phrases in EVERY_LIST:
        tiers = [phrase.tier for phrase in phrases]
        assert tiers == sorted(tiers), (domain, slot)


def test_actions_cover_every_category_of_their_domain():
    for domain in LIBRARY.domains:
        phrases = LIBRARY.words(domain).phrases
        known = {phrase.category for slot in SLOTS for phrase in phrases[slot]}
        for slot in ("base_action", "combo_action"):
            assert {phrase.category for phrase in phrases[slot]} == known, (domain, slot)
        assert len(known) == 4


def test_no_phrase_is_part_of_another_in_its_slot():
    for domain, slot, phrases in EVERY_LIST:
        texts = [phrase.text for phrase in phrases]
        parts = [(a, b) for a in texts for b in texts if a is not b and a in b]
        assert not parts, (domain, slot)


def test_phrases_are_plain_words_that_fit_in_the_middle_of_a_sentence():
    for domain, slot, phrases in EVERY_LIST:
        for phrase in phrases:
            assert re.fullmatch(r"[a-z][a-z' -]*[a-z]", phrase.text), (domain, slot, phrase.text)
            assert 2 <= len(phrase.text.split()) <= 24


def test_no_template_begins_like_another_one():
    # with this and the previous law, rendering is injective: the opening words give the template,
    # and as no phrase begins like another of its slot, so do the phrases, one after the other
    openings = [
        template[: template.index("{")]
        for domain in LIBRARY.domains
        for template in LIBRARY.words(domain).templates
    ]
    alike = [(a, b) for i, a in enumerate(openings) for b in openings[i + 1 :] if a == b]
    starts = [(a, b) for a in openings for b in openings if a is not b and b.startswith(a)]
    assert not alike and not starts


def test_every_template_separates_its_phrases_and_ends_a_sentence():
    for domain in LIBRARY.domains:
        for template in LIBRARY.words(domain).templates:
            assert re.fullmatch(r"[A-Z][^}]*(\{\w+\}[^{}]{2,}){3}\{\w+\}\.", template), template


def test_base_and_combo_come_in_either_order_in_every_domain():
    for domain in LIBRARY.domains:
        templates = LIBRARY.words(domain).templates
        orders = {t.index("{base_action}") < t.index("{combo_action}") for t in templates}
        assert orders == {True, False}, domain


@pytest.mark.parametrize("domain", LIBRARY.domains)
def test_every_sentence_reads_back_to_its_prompt(domain: str):
    rng = np.random.default_rng(7)
    for _ in range(60):
        prompt = LIBRARY.sample(rng, domain=domain)
        assert LIBRARY.parse(prompt.text) == prompt


def test_loading_twice_gives_the_same_words():
    assert load_library().digest == LIBRARY.digest


def test_a_folder_of_ones_own_is_read_in_the_order_of_its_file_names(tmp_path: Path):
    for name in ("b.yaml", "a.yaml", "notes.txt"):
        (tmp_path / name).write_text(VALID)
    library = load_library(tmp_path)
    assert library.domains == ("a", "b")
    assert isinstance(library.words("a"), DomainWords)
    assert library.words("b").phrases["detail"][0].tier == 3


def test_a_folder_without_words_is_refused(tmp_path: Path):
    with pytest.raises(LibraryError, match=r"no \.yaml file"):
        load_library(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tier: 3", "tier: 6", r"odd\.yaml:7: detail\[0\]\.tier is 6.*1 to 5"),
        ("tier: 3", "tier: true", r"detail\[0\]\.tier is True"),
        ("text: long lines", "text: 7", r"detail\[0\]\.text is 7"),
        ("tier: 3, category: rolls", "tier: 3, category: rols", r"detail\[0\]\.category is 'rols'"),
        ("tier: 3, category: rolls", "tier: 3", r"detail\[0\] lacks category"),
        ("tier: 3,", "tier: 3, level: 2,", r"detail\[0\] has unknown level"),
        ("detail:", "details:", r"odd\.yaml:1: the file lacks detail"),
        ("[{text: long lines, tier: 3, category: rolls}]", "long lines", r"detail is a str"),
        ("categories: [rolls]", "categories: rolls", r"categories is no list"),
        ("categories: [rolls]", "categories: [rolls", r"no readable YAML"),
        ("{combo_action}", "{base_action}", r"odd\.yaml:4: .*exactly once"),
    ],
)
def test_a_malformed_file_is_refused_by_name_and_field(
    tmp_path: Path, old: str, new: str, said: str
):
    (tmp_path / "odd.yaml").write_text(VALID.replace(old, new, 1))
    with pytest.raises(LibraryError, match=said) as refusal:
        load_library(tmp_path)
    assert "odd" in str(refusal.value)


def test_an_empty_file_is_refused_by_name(tmp_path: Path):
    (tmp_path / "odd.yaml").write_text("")
    with pytest.raises(LibraryError, match=r"odd\.yaml:1: the file is empty"):
        load_library(tmp_path)
