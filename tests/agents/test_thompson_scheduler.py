"""Thompson sampling: counts that fade, and draws that look for what is half won."""

import numpy as np
from told_rounds import told, told_round
from toys import tiny_library

from claims_env.agents.set_table import History
from claims_env.agents.thompson_scheduler import ThompsonScheduler, posterior
from claims_env.agents.tier_arms import tier_arms
from claims_env.agents.word_choices import word_choices
from claims_env.prompt import Prompt

WORDS = tiny_library()


def dance(tier: int, times: int) -> list[Prompt]:
    rng = np.random.default_rng(tier)
    return [WORDS.sample(rng, domain="dance", tier=tier) for _ in range(times)]


def test_the_posterior_of_two_rounds() -> None:
    arms = tier_arms(word_choices(WORDS))
    first = told_round(dance(2, 5), [True, True, True, False, None])
    second = told_round(dance(2, 2), [True, False])
    wins, losses = posterior(arms, History(arms.words).of([first, second]), prior=1.0, fade=0.5)
    assert (wins[1], losses[1]) == (1 + 3 / 2 + 1, 1 + 1 / 2 + 1)
    assert (wins[0], losses[0]) == (1.0, 1.0)


def test_most_sets_go_where_half_is_won() -> None:
    asked = [prompt for tier in (1, 2, 3, 4, 5) for prompt in dance(tier, 40)]
    outcomes = [*[True] * 80, *[True, False] * 20, *[False] * 80]
    chosen = ThompsonScheduler(WORDS).act(
        np.zeros(1, np.float32), told(told_round(asked, outcomes))
    )
    tiers = [prompt.tier for prompt in WORDS.decode(chosen)]
    assert tiers.count(3) > 180
    assert {prompt.domain for prompt in WORDS.decode(chosen)} == {"dance"}
