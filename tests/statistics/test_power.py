"""Power: the numbers of seeds a benchmark is planned by."""

import pytest
from scipy import stats

from claims_env.errors import ConfigError
from claims_env.statistics.power import (
    effect_seen,
    power_of,
    seeds_needed,
    simulated_power,
    wrong_winner,
)


def test_the_schedulers_share_in_the_paper_takes_ten_seeds() -> None:
    # 2 (1.960 + 0.842)^2 (0.10 / 0.13)^2 = 9.3; half the spread 2.3; half the effect 37.2
    assert seeds_needed(0.13, 0.10) == 10
    assert seeds_needed(0.13, 0.05) == 3
    assert seeds_needed(0.065, 0.10) == 38
    assert seeds_needed(-0.13, 0.10) == 10


def test_a_single_seed_picks_the_wrong_winner_18_times_in_100() -> None:
    assert wrong_winner(1, 0.13, 0.10) == pytest.approx(0.179, abs=5e-4)
    assert wrong_winner(1, 0.065, 0.10) == pytest.approx(0.323, abs=5e-4)


def test_estimating_the_spread_costs_a_seed() -> None:
    assert power_of(10, 0.13, 0.10) == pytest.approx(0.785, abs=1e-3)
    assert power_of(11, 0.13, 0.10) > 0.8


def test_without_an_effect_power_is_the_level() -> None:
    assert power_of(7, 0.0, 1.0, alpha=0.03) == pytest.approx(0.03)
    assert power_of(7, 0.0, 1.0, paired=True) == pytest.approx(0.05)


def test_shared_seeds_and_many_comparisons_change_the_need() -> None:
    assert seeds_needed(0.13, 0.10, correlation=0.5) == 5
    assert seeds_needed(0.13, 0.10, comparisons=13) > 15


def test_the_effect_seen_is_the_need_the_other_way() -> None:
    assert seeds_needed(effect_seen(24, 0.1) * 1.0001, 0.1) == 24


def test_sign_flips_are_nearly_as_strong_as_the_t_test() -> None:
    tried = simulated_power(10, 1.0, 1.0, repetitions=600)
    assert tried == pytest.approx(power_of(10, 1.0, 1.0, paired=True), abs=0.06)
    assert tried == simulated_power(10, 1.0, 1.0, repetitions=600)


def test_five_seeds_never_reach_the_level() -> None:
    assert simulated_power(5, 100.0, 1.0, repetitions=5) == 0.0
    assert simulated_power(6, 100.0, 1.0, repetitions=5) == 1.0


def test_the_level_is_kept_when_tried() -> None:
    false = simulated_power(8, 0.0, 1.0, repetitions=600)
    assert stats.binomtest(round(600 * false), 600, 0.05).pvalue > 0.001


@pytest.mark.parametrize(
    ("effect", "sd", "correlation"), [(0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (1.0, 1.0, 1.0)]
)
def test_what_cannot_be_seen_is_refused(effect: float, sd: float, correlation: float) -> None:
    with pytest.raises(ConfigError, match="expected an effect other than 0"):
        seeds_needed(effect, sd, correlation=correlation)


def test_an_effect_nobody_could_see_is_refused() -> None:
    with pytest.raises(ConfigError, match="more than 100,000 seeds"):
        seeds_needed(1e-6, 1.0)


def test_too_few_seeds_are_refused() -> None:
    with pytest.raises(ConfigError, match="seeds is 1; expected 2 or more"):
        power_of(1, 0.1, 0.1)
    with pytest.raises(ConfigError, match="seeds is 0"):
        effect_seen(0, 0.1)
