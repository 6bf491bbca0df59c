"""PLR, robust PLR, ACCEL, SFL and MAP-Elites: which prompts come next."""

from typing import Any

import numpy as np
import pytest
from told_rounds import told, told_round
from toys import tiny_library

from claims_env.agents.accel_scheduler import AccelScheduler
from claims_env.agents.map_elites_scheduler import MapElitesScheduler, speed_bin, tier_bin
from claims_env.agents.plr_scheduler import PlrScheduler
from claims_env.agents.robust_plr_scheduler import RobustPlrScheduler
from claims_env.agents.set_table import History
from claims_env.agents.sfl_scheduler import SflScheduler
from claims_env.agents.word_choices import word_choices
from claims_env.errors import ConfigError
from claims_env.prompt import Prompt

WORDS = tiny_library()
NOTHING = np.zeros(1, np.float32)


def dance(tier: int, times: int, seed: int = 0) -> list[Prompt]:
    rng = np.random.default_rng((tier, seed))
    return [WORDS.sample(rng, domain="dance", tier=tier) for _ in range(times)]


def random_dances(times: int) -> list[Prompt]:
    rng = np.random.default_rng(0)
    return [WORDS.sample(rng, domain="dance") for _ in range(times)]


def chosen(scheduler: Any, info: dict[str, Any]) -> tuple[Prompt, ...]:
    return WORDS.decode(scheduler.act(NOTHING, info))


def test_plr_replays_what_changed_and_draws_the_rest() -> None:
    asked = random_dances(40)
    played = told_round(asked, [True] * 40, before=[*[False] * 5, *[True] * 35])
    prompts = chosen(PlrScheduler(WORDS, replay=0.25, staleness=0.0), told(played))
    replays = [prompt for prompt in prompts if prompt in asked]
    assert 4 <= len(replays) <= 20
    assert set(asked[:5]) <= set(replays)


def test_plr_that_replays_nothing_draws_as_at_random() -> None:
    played = told_round(random_dances(40), [True] * 40)
    prompts = chosen(PlrScheduler(WORDS, replay=0.0), told(played))
    assert len(set(prompts)) > 30


def test_robust_plr_replays_almost_everything_and_lost_prompts_of_good_arms_first() -> None:
    asked = list(dict.fromkeys(random_dances(120)))[:80]
    played = told_round(asked, [i % 4 != 0 for i in range(80)])
    prompts = chosen(RobustPlrScheduler(WORDS, explore=0.0, staleness=0.0), told(played))
    assert set(prompts) == set(asked)


def test_accel_edits_one_or_two_slots_of_the_most_learnable() -> None:
    asked = dance(1, 10) + dance(3, 10) + dance(5, 10)
    outcomes = [*[True] * 10, *[True, False] * 5, *[False] * 10]
    prompts = chosen(AccelScheduler(WORDS, replay=0.0), told(told_round(asked, outcomes)))
    off = [sum(tier != 3 for tier in prompt.tiers) for prompt in prompts]
    assert set(off) == {1, 2}


def test_sfl_chooses_what_is_won_half_the_time() -> None:
    asked = dance(1, 20) + dance(3, 20) + dance(5, 20)
    outcomes = [*[True] * 20, *[True, False] * 10, *[False] * 20]
    prompts = chosen(SflScheduler(WORDS, explore=0.0), told(told_round(asked, outcomes)))
    assert {prompt.tier for prompt in prompts} == {3.0}


def test_the_archive_keeps_the_most_learnable_prompt_of_each_cell() -> None:
    asked = dance(1, 4) + dance(3, 4) + dance(5, 4)
    played = told_round(asked, [*[True] * 4, *[True, False] * 2, *[False] * 4])
    scheduler = MapElitesScheduler(WORDS)
    tables = History(word_choices(WORDS)).of([played])
    elites = scheduler.elites(tables, [played])
    # all clips are equally fast, so there is one elite for each tier that was played
    assert [p.tier for p in WORDS.decode(elites.ravel())] == [1.0, 3.0, 5.0]


def test_parents_come_evenly_from_all_elites() -> None:
    asked = dance(1, 30) + dance(3, 30) + dance(5, 30)
    played = told_round(asked, [True] * 90)
    prompts = chosen(MapElitesScheduler(WORDS, edits=1), told(played))
    kept = [max(set(p.tiers), key=p.tiers.count) for p in prompts]
    assert all(18 < kept.count(tier) < 42 for tier in (1, 3, 5))


def test_mean_tiers_fall_into_fifths_of_the_scale() -> None:
    assert tier_bin(np.array([1.0, 1.75, 2.0, 3.0, 4.2, 5.0])).tolist() == [0, 0, 1, 2, 4, 4]


def test_equally_fast_clips_share_a_bin() -> None:
    played = told_round(dance(1, 3), [True] * 3)
    assert len(set(speed_bin([played, played], 3).tolist())) == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: AccelScheduler(WORDS, edits=0),
        lambda: AccelScheduler(WORDS, parents=0.0),
        lambda: SflScheduler(WORDS, candidates=0),
        lambda: MapElitesScheduler(WORDS, speeds=0),
        lambda: PlrScheduler(WORDS, temperature=0.0),
        lambda: RobustPlrScheduler(WORDS, explore=2.0),
    ],
)
def test_a_setting_out_of_range_is_refused(make: Any) -> None:
    with pytest.raises(ConfigError, match="Expected"):
        make()
