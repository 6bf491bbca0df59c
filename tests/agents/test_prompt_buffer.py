"""The buffer of replay: each prompt once, as it last fared."""

import numpy as np
from told_rounds import told_round
from toys import tiny_library

from claims_env.agents.prompt_buffer import PromptBuffer, prompt_buffer
from claims_env.agents.set_table import set_table
from claims_env.agents.word_choices import word_choices
from claims_env.prompt import Prompt, free_prompt

WORDS = tiny_library()
CHOICES = word_choices(WORDS)


def dance(tier: int) -> Prompt:
    return WORDS.decode(np.array([0, 0, *[tier - 1] * 4]))[0]


def test_a_prompt_is_kept_once_with_its_last_score() -> None:
    first = set_table(CHOICES, told_round([dance(1), dance(2)], [True, False]))
    second = set_table(CHOICES, told_round([dance(2), dance(2)], [True, True]))
    buffer = prompt_buffer(CHOICES, [first, second], [np.array([0.1, 0.2]), np.array([0.3, 0.4])])
    assert buffer.rows[:, 2].tolist() == [0, 1]
    assert (buffer.score.tolist(), buffer.seen.tolist()) == ([0.1, 0.4], [0, 1])


def test_what_taught_nothing_is_not_kept() -> None:
    said = free_prompt("dance", "One hops along, humming.")
    table = set_table(CHOICES, told_round([dance(1), dance(2), said], [None, True, True]))
    buffer = prompt_buffer(CHOICES, [table], [np.array([0.9, 0.1, 0.9])])
    assert buffer.rows[:, 2].tolist() == [1]


def test_ranks_follow_the_scores_and_ties_go_by_lot() -> None:
    rows = np.zeros((4, 6), np.int64)
    buffer = PromptBuffer(rows, np.array([0.2, 0.9, 0.2, 0.5]), np.zeros(4, np.int64))
    ranks = [buffer.ranks(np.random.default_rng(seed)).tolist() for seed in range(20)]
    assert {(r[1], r[3]) for r in ranks} == {(1.0, 2.0)}
    assert {(r[0], r[2]) for r in ranks} == {(3.0, 4.0), (4.0, 3.0)}
