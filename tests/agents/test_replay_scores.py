"""What stands in for value losses, worked out by hand."""

import numpy as np
import pytest
from told_rounds import told_round
from toys import tiny_library

from claims_env.agents.replay_scores import SCORES, change, learnability, shortfall
from claims_env.agents.set_table import History
from claims_env.agents.tier_arms import tier_arms
from claims_env.agents.word_choices import word_choices
from claims_env.prompt import Prompt

WORDS = tiny_library()
ARMS = tier_arms(word_choices(WORDS))


def dance(tier: int, times: int) -> list[Prompt]:
    rng = np.random.default_rng(tier)
    return [WORDS.sample(rng, domain="dance", tier=tier) for _ in range(times)]


def test_a_change_either_way_counts_and_the_first_round_is_half_a_surprise() -> None:
    first = told_round(dance(2, 2), [True, False])
    second = told_round(dance(2, 3), [True, False, None], before=[False, True, None])
    scored = change(ARMS, History(ARMS.words).of([first, second]))
    assert scored[0].tolist() == [0.5, 0.5]
    assert scored[1].tolist() == [1.0, 1.0, 0.5]


def test_shortfall_is_measured_against_the_best_round_of_the_arm() -> None:
    first = told_round(dance(2, 4), [True, True, True, False])
    second = told_round(dance(2, 2), [True, False])
    scored = shortfall(ARMS, History(ARMS.words).of([first, second]))
    assert [s.tolist() for s in scored] == [[0.0, 0.0, 0.0, 0.75], [0.0, 0.75]]


def test_learnability_is_at_most_a_quarter_and_highest_where_half_is_won() -> None:
    asked = dance(1, 10) + dance(3, 10) + dance(5, 10)
    played = told_round(asked, [*[True] * 10, *[True, False] * 5, *[False] * 10])
    (scored,) = learnability(ARMS, History(ARMS.words).of([played]))
    assert scored.max() <= 0.25
    assert scored[10:20].min() > max(scored[:10].max(), scored[20:].max())


@pytest.mark.parametrize("name", sorted(SCORES))
def test_nothing_but_rejected_clips_gives_finite_scores(name: str) -> None:
    tables = History(ARMS.words).of([told_round(dance(1, 3), [None] * 3)])
    assert all(np.isfinite(values).all() for values in SCORES[name](ARMS, tables))
