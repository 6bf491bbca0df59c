from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from claims_env.agents.rule_scheduler import RuleScheduler
from claims_env.errors import ConfigError
from claims_env.library import load_library
from claims_env.surrogate_path import played_path
from claims_env.surrogate_vec import SurrogateVecEnv
from claims_env.trackers.simulated.calibration import (
    ROUNDS,
    SEEDS,
    SETS,
    calibrate,
    inputs_digest,
    one_shot_ability,
    paper_abilities,
    paper_difficulties,
    slope,
)
from claims_env.trackers.simulated.family import build
from claims_env.trackers.simulated.parameters import load_parameters, shipped_parameters
from claims_env.trackers.simulated.predictive_check import PredictiveCheck, predictive_checks
from claims_env.trackers.simulated.rasch_fit import ability_of, fit_rasch, logit
from claims_env.trackers.simulated.simulated_world import SimulatedWorld
from claims_env.word_grid import Ints


def ruled(world: SimulatedWorld) -> Ints:
    env = SurrogateVecEnv(world, load_library(), num_envs=SEEDS, sets=SETS, rounds=ROUNDS)
    return played_path(RuleScheduler(load_library()), env, seed=0)


@pytest.fixture(scope="module")
def checks() -> Iterator[list[PredictiveCheck]]:
    parameters = shipped_parameters()
    path = ruled(build("rasch", parameters))
    yield list(predictive_checks(load_library(), path, parameters))


def test_rasch_gives_back_the_abilities_its_data_were_made_of() -> None:
    ability, difficulty = np.array([0.0, 0.5, 1.0]), np.array([-0.3, 0.4])
    success = 1 / (1 + np.exp(difficulty - ability[:, None]))
    found = fit_rasch(success, np.array([100.0, 50.0]))
    assert found[0] == pytest.approx(ability)
    assert found[1] == pytest.approx(difficulty)
    assert ability_of(success, np.array([100.0, 50.0]), difficulty) == pytest.approx(ability)


def test_a_slope_is_that_of_the_line() -> None:
    assert slope(np.array([1.0, 3.0, 5.0])) == pytest.approx(2.0)


def test_the_papers_abilities_are_those_known_of_its_first_table() -> None:
    ability, difficulty = paper_abilities()
    assert ability == pytest.approx([0, 0.33, 0.36, 0.80, 0.77, 0.94, 1.06], abs=0.015)
    assert difficulty == pytest.approx([0.47, 0.55, -0.79, 0.77], abs=0.015)
    assert one_shot_ability() == pytest.approx(0.93, abs=0.01)


def test_the_papers_data_grow_harder_as_known_of_its_fifth_table() -> None:
    known = [0, 0.46, 0.49, 0.66, 0.75, 1.01, 0.97]
    assert paper_difficulties() == pytest.approx(known, abs=0.006)
    assert slope(paper_difficulties()) == pytest.approx(0.15, abs=0.01)
    assert logit(np.array([0.5])) == pytest.approx([0.0])


def test_the_parameters_that_ship_are_what_the_calibration_gives() -> None:
    made, shipped = calibrate(load_library(), ruled), shipped_parameters()
    assert made.inputs == shipped.inputs == inputs_digest(load_library())
    assert made.suites == pytest.approx(dict(shipped.suites), abs=1e-3)
    pairs = [(made.volume, shipped.volume), (made.hardness, shipped.hardness)]
    pairs += [(made.tier_effect, shipped.tier_effect)]
    for name, fit in made.fits.items():
        pairs += [(fit.scale, shipped.fits[name].scale), (fit.anchor, shipped.fits[name].anchor)]
    assert [a for a, _ in pairs] == pytest.approx([b for _, b in pairs], abs=2e-3)


def test_the_default_world_keeps_every_promise(checks: list[PredictiveCheck]) -> None:
    promised = [c for c in checks if c.world == "rasch" and c.tolerance is not None]
    assert len(promised) == 3
    assert [c for c in promised if not c.holds] == []


def test_what_was_held_out_is_shown_and_not_promised(checks: list[PredictiveCheck]) -> None:
    held_out = [c.what for c in checks if c.tolerance is None]
    assert any("Tab. 2" in what for what in held_out)
    assert any("Tab. 3" in what for what in held_out)


def test_parameters_that_cannot_be_read_are_refused_with_the_cure() -> None:
    with pytest.raises(ConfigError, match="calibrate_surrogate"):
        load_parameters(Path("nowhere.yaml"))
