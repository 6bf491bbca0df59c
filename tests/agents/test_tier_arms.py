"""Arms of domain and tier: what there is to choose, and what was heard of each."""

import numpy as np
from told_rounds import told_round
from toys import curt_library, tiny_library

from claims_env.agents.set_table import History, kept_domains, set_table
from claims_env.agents.tier_arms import gains, scores, tier_arms
from claims_env.agents.word_choices import word_choices
from claims_env.assembly import whole_library
from claims_env.prompt import Prompt, free_prompt
from claims_env.variable_library import VariableLibrary

WORDS = tiny_library()
ARMS = tier_arms(word_choices(WORDS))


def of_tiers(*tiers: int, domain: str = "dance", library: VariableLibrary = WORDS) -> list[Prompt]:
    rng = np.random.default_rng(0)
    return [library.sample(rng, domain=domain, tier=tier) for tier in tiers]


def test_the_shipped_library_has_an_arm_for_each_tier_of_each_domain() -> None:
    arms = tier_arms(word_choices(whole_library()))
    assert len(arms) == 25
    assert arms.tier.tolist() == [1, 2, 3, 4, 5] * 5
    assert arms.centre.tolist() == arms.tier.tolist()


def test_tiers_a_library_does_not_offer_are_no_arms() -> None:
    arms = tier_arms(word_choices(curt_library()))  # tiers 1, 3 and 5; 2 and 4 round down to them
    assert arms.domain.tolist() == [0, 0, 0, 1, 1, 1]
    assert arms.centre.tolist() == [1, 3, 5, 1, 3, 5]


def test_a_set_belongs_to_the_arm_of_its_domain_with_the_nearest_tier() -> None:
    mixed = [*of_tiers(1, 4), *of_tiers(2, domain="sport")]
    table = set_table(ARMS.words, told_round(mixed, [True, False, True]))
    assert ARMS.of(table).tolist() == [0, 3, 6]


def test_rejected_sets_and_free_text_belong_to_no_arm() -> None:
    asked = [*of_tiers(1), free_prompt("dance", "A person hops."), free_prompt("any", "One runs.")]
    table = set_table(ARMS.words, told_round(asked, [None, True, True]))
    assert ARMS.of(table).tolist() == [-1, -1, -1]
    assert table.heard.tolist() == [False, False, False]
    assert kept_domains(table, 2).tolist() == [0, 0, 0]  # the third takes its turn: 2 modulo 2


def test_words_of_another_library_are_not_known() -> None:
    table = set_table(ARMS.words, told_round(of_tiers(3, library=curt_library()), [True]))
    assert table.rows.tolist() == [[0, -1, -1, -1, -1, -1]]
    assert table.tiers.tolist() == [[0, 0, 0, 0]]


def test_the_scores_of_two_rounds() -> None:
    first = told_round(of_tiers(1, 1, 2), [True, False, None])
    second = told_round(of_tiers(1, 2, 2), [True, False, True])
    curves = scores(ARMS, History(ARMS.words).of([first, second]))
    assert curves[:, 0].tolist() == [0.5, 1.0]
    assert np.isnan(curves[0, 1]) and curves[1, 1] == 0.5
    assert np.isnan(curves[:, 5]).all()


def test_what_a_clip_gained_is_its_success_after_training_less_before() -> None:
    told = told_round(
        of_tiers(1, 1, 1, 1), [True, True, False, None], before=[False, True, True, None]
    )
    (gained,) = gains(ARMS, [set_table(ARMS.words, told)])
    assert gained[:3].tolist() == [1.0, 0.0, -1.0]
    assert np.isnan(gained[3])


def test_without_a_record_of_before_the_earlier_rounds_of_the_arm_stand_in() -> None:
    first = told_round(of_tiers(1, 1, 1, 1), [True, False, False, False])
    second = told_round(of_tiers(1, 1, 2), [True, False, True])
    opening, later = gains(ARMS, History(ARMS.words).of([first, second]))
    assert np.isnan(opening).all()
    assert later[:2].tolist() == [0.75, -0.25]
    assert np.isnan(later[2])


def test_a_history_reads_what_is_new_and_forgets_another_episode() -> None:
    first, second = told_round(of_tiers(1), [True]), told_round(of_tiers(2), [False])
    history = History(ARMS.words)
    before = history.of([first])
    assert history.of([first, second])[0] is before[0]
    assert history.of([second])[0].success.tolist() == [0.0]
