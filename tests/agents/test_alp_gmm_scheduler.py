"""ALP-GMM: progress of prompts by hand, and sets that go where it is."""

import numpy as np
import pytest
from told_rounds import told, told_round
from toys import curt_library, tiny_library

from claims_env.agents.alp_gmm_scheduler import (
    AlpGmmScheduler,
    absolute_progress,
    recent_progress,
    sampled,
)
from claims_env.agents.gaussian_mixture import GaussianMixture
from claims_env.agents.prompt_embedding import embedded, nearest_tiers
from claims_env.agents.set_table import SetTable, set_table
from claims_env.agents.word_choices import word_choices
from claims_env.prompt import free_prompt

WORDS = tiny_library()


def table(*asked: tuple[str, int, bool | None]) -> SetTable:
    rng = np.random.default_rng(0)
    prompts = [WORDS.sample(rng, domain=domain, tier=tier) for domain, tier, _ in asked]
    return set_table(word_choices(WORDS), told_round(prompts, [won for _, _, won in asked]))


def test_progress_is_the_difference_from_the_nearest_earlier_prompt() -> None:
    earlier = table(("dance", 1, True), ("dance", 5, False), ("sport", 3, True))
    now = table(
        ("dance", 2, False),  # tier 1 was won
        ("dance", 5, False),  # as before
        ("sport", 1, False),  # tier 3 of the domain, though dance has the tier itself
        ("dance", 3, True),  # as near to what was won as to what was lost
        ("dance", 1, None),
    )
    progress = absolute_progress(now, [earlier])
    assert progress[:4].tolist() == [1.0, 0.0, 1.0, 0.5]
    assert np.isnan(progress[4])


def test_another_domain_is_asked_where_there_is_no_earlier_of_the_same() -> None:
    progress = absolute_progress(table(("sport", 2, True)), [table(("dance", 5, False))])
    assert progress.tolist() == [1.0]


def test_the_last_tasks_are_kept_and_the_opening_has_no_progress() -> None:
    rounds = [
        table(("dance", 1, False), ("dance", 2, False)),
        table(("dance", 1, True), ("dance", 2, False)),
        table(("dance", 2, True), ("dance", 1, None)),
    ]
    assert recent_progress(rounds[:1], 250).shape == (0, 5)
    tasks = recent_progress(rounds, 250)
    assert tasks[:, 0].tolist() == [0.0, 0.25, 0.25]
    assert tasks[:, 4].tolist() == [1.0, 0.0, 1.0]
    assert recent_progress(rounds, 2).tolist() == tasks[1:].tolist()


def test_an_unsaid_slot_counts_as_hard_as_those_that_are_said() -> None:
    words, rng = curt_library(), np.random.default_rng(0)
    drawn = (words.sample(rng, tier=5) for _ in range(40))
    prompt = next(p for p in drawn if len(p.said) == 1)
    points = embedded(set_table(word_choices(words), told_round([prompt], [True])))
    assert points.tolist() == [[1.0, 1.0, 1.0, 1.0]]


def test_points_become_the_nearest_tiers() -> None:
    points = np.array([[0.0, 0.3, 0.7, 1.0], [-0.4, 0.12, 0.13, 1.6]])
    assert nearest_tiers(points).tolist() == [[1, 2, 4, 5], [1, 1, 2, 5]]


def test_components_are_drawn_by_their_mean_progress() -> None:
    means = np.array([[0.0, 0, 0, 0, 0.1], [1.0, 1, 1, 1, 0.3], [0.5, 0.5, 0.5, 0.5, -0.2]])
    mixture = GaussianMixture(np.full(3, 1 / 3), means, np.tile(1e-6 * np.eye(5), (3, 1, 1)))
    points = sampled(mixture, 2000, np.random.default_rng(0))
    assert np.mean(np.round(points[:, 0]) == 1) == pytest.approx(0.75, abs=0.03)
    assert not (np.abs(points[:, 0] - 0.5) < 0.1).any()


def test_sets_go_where_success_changes() -> None:
    rng = np.random.default_rng(0)
    asked = [WORDS.sample(rng, domain="dance", tier=1 + i % 5) for i in range(200)]
    before, after = [False] * 200, [p.tier == 2 for p in asked]
    info = told(told_round(asked, before), told_round(asked, after))
    chosen = WORDS.decode(AlpGmmScheduler(WORDS, explore=0.0).act(np.zeros(1, np.float32), info))
    assert np.mean([p.tier == 2 for p in chosen]) > 0.8


def test_free_text_alone_leaves_it_to_chance() -> None:
    asked = [free_prompt("any", f"A person hops {i} times.") for i in range(12)]
    info = told(told_round(asked, [True] * 12), told_round(asked, [False] * 12))
    action = AlpGmmScheduler(WORDS).act(np.zeros(1, np.float32), info)
    assert WORDS.action_space(12).contains(action)
