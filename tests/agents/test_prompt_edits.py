"""Edits of a slot or two."""

import numpy as np
import pytest
from toys import curt_library, tiny_library

from claims_env.agents.prompt_edits import edited
from claims_env.agents.word_choices import word_choices
from claims_env.variable_library import VariableLibrary


@pytest.mark.parametrize("words", [tiny_library(), curt_library()], ids=["full", "ragged"])
@pytest.mark.parametrize("most", [1, 2, 4])
def test_an_edit_changes_so_many_slots_that_are_said_and_nothing_else(
    words: VariableLibrary, most: int
) -> None:
    choices, rng = word_choices(words), np.random.default_rng(0)
    before = choices.draw_any(np.arange(300) % 2, rng)
    after = edited(choices, before, most, rng)
    changed = before != after
    assert not changed[:, :2].any()
    said = (choices.tiers_of(before) > 0).sum(axis=1)
    count = changed.sum(axis=1)
    assert (count >= 1).all()
    assert (count <= np.minimum(most, said)).all()
    assert count.max() == min(most, 4)
    again = words.encode(words.decode(after.ravel())).reshape(-1, 6)
    assert np.array_equal(again, after)


def test_a_slot_with_a_single_phrase_keeps_it() -> None:
    choices = word_choices(tiny_library(phrases=1))
    before = np.zeros((5, 6), np.int64)
    assert np.array_equal(edited(choices, before, 4, np.random.default_rng(0)), before)
