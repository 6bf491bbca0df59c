from typing import Any

import numpy as np
import pytest

from claims_env.agents.ladder_scheduler import LadderScheduler
from claims_env.agents.random_scheduler import RandomScheduler
from claims_env.agents.rule_scheduler import RuleScheduler
from claims_env.library import load_library
from claims_env.rounds import Round
from claims_env.run import run
from claims_env.surrogate_env import SurrogateEnv
from claims_env.trackers.simulated.emulator_fit import (
    EmulatorFit,
    fit_emulator,
    held_out_ability,
    shipped_emulator,
)
from claims_env.trackers.simulated.family import build
from claims_env.trackers.simulated.left_out import left_out


@pytest.fixture(scope="module")
def ledgers() -> list[tuple[Round, ...]]:
    """Return runs on the emulator itself: what a fit should find is known."""
    library = load_library()
    suite = {"name": "toy", "clips": 4000, "difficulty": 0.0, "domains": {}}
    world = build("emulator", hardness=-0.4, growth=2.0, noise=0.02, suites=[suite])
    env: Any = SurrogateEnv(world, library, sets=40, rounds=4)
    agents = [RandomScheduler(library), RuleScheduler(library), LadderScheduler(library)]
    return [tuple(run(agent, env, seed=seed)) for agent in agents for seed in range(3)]


def test_a_fit_finds_the_figures_its_ledgers_were_made_by(
    ledgers: list[tuple[Round, ...]],
) -> None:
    fit, known = fit_emulator(ledgers, "itself"), shipped_emulator()
    assert fit.start == pytest.approx(known.start, abs=0.2)
    assert fit.growth == pytest.approx(2.0, abs=0.25)
    assert fit.hardness == pytest.approx(-0.4, abs=0.15)  # drawn towards 0, as ridges do
    assert fit.practice == pytest.approx(known.practice, abs=0.3)
    assert fit.tier_effect * fit.sharpness == pytest.approx(
        known.tier_effect * known.sharpness, rel=0.2
    )
    assert fit.tracked == pytest.approx(known.tracked, rel=0.1)
    assert (fit.runs, fit.sets, fit.rounds, fit.clips) == (9, 40, 4, 4000)


def test_a_scheduler_that_was_left_out_is_predicted(ledgers: list[tuple[Round, ...]]) -> None:
    for found in left_out(ledgers):
        assert found.predicted == pytest.approx(found.seen, abs=0.35)


def test_ability_is_the_log_odds_of_held_out_success(ledgers: list[tuple[Round, ...]]) -> None:
    played = ledgers[0][-1]
    share = played.held_out_success or 0.0
    assert held_out_ability(played) == pytest.approx(np.log(share / (1 - share)), abs=1e-2)


def test_what_ships_says_what_it_was_fitted_to() -> None:
    fit: EmulatorFit = shipped_emulator()
    assert fit.runs > 0
    assert len(fit.schedulers) > 1
    assert "mujoco" in fit.tracker
