"""Prompts as rows: the same indices the library gives, drawn at the tiers asked for."""

import numpy as np
import pytest
from toys import curt_library, tiny_library

from claims_env.agents.word_choices import word_choices
from claims_env.assembly import whole_library
from claims_env.variable_library import VariableLibrary

LIBRARIES = {"shipped": whole_library(), "tiny": tiny_library(), "ragged": curt_library()}


@pytest.fixture(params=sorted(LIBRARIES))
def words(request: pytest.FixtureRequest) -> VariableLibrary:
    return LIBRARIES[request.param]


def test_a_row_is_what_the_library_encodes(words: VariableLibrary) -> None:
    rng = np.random.default_rng(0)
    prompts = [words.sample(rng) for _ in range(50)]
    rows = [word_choices(words).row(prompt) for prompt in prompts]
    assert np.array_equal(np.ravel(rows), words.encode(prompts))


def test_the_tiers_of_rows_are_the_prompts(words: VariableLibrary) -> None:
    rng = np.random.default_rng(1)
    prompts = [words.sample(rng) for _ in range(50)]
    rows = words.encode(prompts).reshape(-1, 6)
    assert word_choices(words).tiers_of(rows).tolist() == [list(p.tiers) for p in prompts]


def test_what_is_drawn_has_the_tiers_asked_for_or_the_nearest(words: VariableLibrary) -> None:
    rng = np.random.default_rng(2)
    choices = word_choices(words)
    domain = np.arange(200) % len(words.domains)
    tiers = rng.integers(1, 6, size=(200, 4))
    rows = choices.draw(domain, tiers, rng)
    asked = choices.nearest[domain[:, None], np.arange(4), tiers - 1]
    found = choices.tiers_of(rows)
    assert np.array_equal(rows[:, 0], domain)
    assert np.array_equal(found, np.where(found > 0, asked, 0))


def test_what_is_drawn_is_canonical(words: VariableLibrary) -> None:
    choices, domain = word_choices(words), np.arange(100) % len(words.domains)
    rows = choices.draw_any(domain, np.random.default_rng(3))
    assert np.array_equal(words.encode(words.decode(rows.ravel())), rows.ravel())
    assert words.action_space(100).contains(rows.ravel())


def test_every_phrase_and_template_can_be_drawn(words: VariableLibrary) -> None:
    domain = np.zeros(3000, dtype=np.int64)
    rows = word_choices(words).draw_any(domain, np.random.default_rng(4))
    said = words.words(words.domains[0])
    assert set(rows[:, 1]) == set(range(len(said.templates)))
    assert set(rows[:, 2]) == set(range(len(said.phrases["base_action"])))
