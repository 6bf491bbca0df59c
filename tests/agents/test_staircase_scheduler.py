"""The staircase: one tier up where probes are won, one down where they are lost."""

import numpy as np
from told_rounds import told, told_round
from toys import tiny_library

from claims_env.agents.set_table import set_table
from claims_env.agents.staircase_scheduler import StaircaseScheduler, climbed, probed
from claims_env.agents.word_choices import word_choices
from claims_env.prompt import Prompt

WORDS = tiny_library()
CHOICES = word_choices(WORDS)


def with_tiers(*tiers: tuple[int, int, int, int]) -> list[Prompt]:
    """Return dances whose slots have these tiers; in this library a tier is one phrase."""
    rows = CHOICES.draw(np.zeros(len(tiers), np.int64), np.array(tiers), np.random.default_rng(0))
    return list(WORDS.decode(rows.ravel()))


def test_a_slot_steps_up_when_won_at_its_top_and_down_when_lost() -> None:
    asked = with_tiers((3, 1, 1, 2), (3, 1, 1, 2), (1, 3, 1, 2), (1, 1, 3, 2), (1, 1, 3, 2))
    table = set_table(CHOICES, told_round(asked, [True, True, False, True, False]))
    top = climbed(np.full((2, 4), 3), [table], up=0.7, down=0.3)
    assert top[0].tolist() == [4, 2, 3, 3]  # won, lost, half won, not probed
    assert top[1].tolist() == [3, 3, 3, 3]


def test_a_staircase_stays_on_the_scale() -> None:
    won = set_table(CHOICES, told_round(with_tiers((5, 5, 5, 5)), [True]))
    lost = set_table(CHOICES, told_round(with_tiers((5, 5, 5, 5)), [False]))
    ends = np.array([[5, 5, 5, 5], [1, 1, 1, 1]])
    assert climbed(ends, [won], up=0.7, down=0.3)[0].tolist() == [5, 5, 5, 5]
    assert climbed(ends[::-1], [lost], up=0.7, down=0.3)[0].tolist() == [1, 1, 1, 1]


def test_what_was_rejected_moves_nothing() -> None:
    table = set_table(CHOICES, told_round(with_tiers((5, 5, 5, 5)), [None]))
    assert climbed(np.full((2, 4), 3), [table], up=0.7, down=0.3).tolist() == [[3] * 4] * 2


def test_the_sets_of_a_domain_take_turns_in_probing_a_slot() -> None:
    assert probed(np.array([0, 1, 0, 0, 1, 0, 0])).tolist() == [0, 0, 1, 2, 1, 3, 0]


def test_a_probe_has_its_slot_at_the_top_and_no_slot_is_above() -> None:
    asked = with_tiers(*[(3, 3, 3, 3)] * 8)
    info = told(told_round(asked, [True] * 8))
    chosen = StaircaseScheduler(WORDS).act(np.zeros(1, np.float32), info)
    for i, prompt in enumerate(WORDS.decode(chosen)):
        assert prompt.tiers[i % 4] == 4
        assert max(prompt.tiers) == 4
