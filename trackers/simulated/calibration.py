"""Fits the family to the paper's tables.

Four figures for every world, and two for each whose student is no formula of the tables:

suites      Rasch's model on Tab. 1: the difficulty of each suite, and an ability for each round.
volume,     Least squares of these abilities, and of that of the one-shot training of Tab. 4, on the
hardness    logarithm of clips and on the mean difficulty of the clips trained on so far. That
            difficulty is read off Tab. 5: how much less a frozen tracker succeeds on each round's.
tier_effect So that a frozen tracker succeeds less and less on what the paper's rule asks for,
            as it does in Tab. 5: the slope of its log odds over the rounds.
fits        So that random prompts take a student along the curve that volume alone explains: the
            paper's tables say no more of undirected training, and nothing of other structures.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from claims_env.paper_tables import PaperTable, paper_table, suite_clips
from claims_env.records import to_json
from claims_env.trackers.simulated.family import build
from claims_env.trackers.simulated.parameters import Fit, Parameters
from claims_env.trackers.simulated.phrase_tables import MIDDLE
from claims_env.trackers.simulated.rasch_fit import ability_of, fit_rasch, logit
from claims_env.trackers.simulated.simulated_world import SimulatedWorld
from claims_env.trackers.simulated.students.rasch import FIRST_ROUND, RaschSettings
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Floats, Ints, grid_of, opening_actions, read_actions

TABLES = (1, 4, 5)
"""What is fitted to; the others are held out."""

FITTED = ("deceptive", "forgetting", "multi-skill", "prerequisites")
"""The worlds that need a `Fit`."""

SEEDS, ROUNDS, SETS = 16, 7, 200
"""How many instances the fits are made on, and the paper's episode."""

DIGITS = 4

PlayRule = Callable[[SimulatedWorld], Ints]
"""Plays the paper's rule on a world: the actions, shape (rounds, instances, sets, 6)."""


def calibrate(library: VariableLibrary, play_rule: PlayRule) -> Parameters:
    """Return the parameters fitted to the tables, rounded as they are written.

    Args:
        library: The words.
        play_rule: Plays the paper's rule.
    """
    ability, difficulty = paper_abilities()
    volume, hardness = volume_and_hardness(ability)
    parameters = Parameters(
        inputs=inputs_digest(library),
        suites={name: _round(d) for name, d in zip(suite_clips(), difficulty, strict=True)},
        volume=_round(volume),
        hardness=_round(hardness),
        tier_effect=0.5,
    )
    for _ in range(2):  # what the rule asks for depends on the effect a little
        path = play_rule(build("rasch", parameters))
        parameters = replace(parameters, tier_effect=_round(tier_effect(library, path, parameters)))
    fits = {name: fitted(library, name, parameters) for name in FITTED}
    return replace(parameters, fits=fits)


def paper_abilities() -> tuple[Floats, Floats]:
    """Return the ability after each round of Tab. 1, from 0, and the suites' difficulties."""
    table = paper_table(1)
    rows = [row.cells for row in table.rows if row.method == "CLAIMS"]
    return fit_rasch(np.array(rows) / 100, _clips(table))


def one_shot_ability() -> float:
    """Return the ability of the training on 1400 clips at once (Tab. 4) [logit]."""
    table, (_, difficulty) = paper_table(4), paper_abilities()
    cells = np.array([table.row("one-shot (1400 clips)").cells]) / 100
    return float(ability_of(cells, _clips(table), difficulty)[0])


def paper_difficulties() -> Floats:
    """Return how hard each round's clips are by Tab. 5, from 0 [logit]."""
    share = np.array([row.cells[0] for row in paper_table(5).rows]) / 100
    found: Floats = logit(share[:1]) - logit(share)
    return found


def volume_and_hardness(ability: Floats) -> tuple[float, float]:
    """Return what an e-fold of clips and a unit of their difficulty are worth [logit]."""
    head_start = RaschSettings(0.0, 0.0).head_start
    clips = np.array([*(FIRST_ROUND * np.arange(1, len(ability) + 1)), 1400])
    mean = np.cumsum(paper_difficulties()) / np.arange(1, len(ability) + 1)
    volume = np.log((clips + head_start) / (FIRST_ROUND + head_start))
    design = np.column_stack([volume, [*mean, 0.0]])
    found = np.linalg.lstsq(design, np.array([*ability, one_shot_ability()]), rcond=None)[0]
    return float(found[0]), float(found[1])


def tier_effect(library: VariableLibrary, path: Ints, parameters: Parameters) -> float:
    """Return the effect of a tier with which a frozen tracker loses ground as in Tab. 5."""
    wanted = slope(logit(frozen_paper()))
    hard, tier = _difficulties(library, build("rasch", parameters), path)
    rest = hard - parameters.tier_effect * tier
    low, high, middle = 0.1, 2.0, 0.5
    for _ in range(25):
        middle = (low + high) / 2
        steep = slope(logit(_frozen(rest + middle * tier))) > wanted
        low, high = (low, middle) if not steep else (middle, high)
    return middle


def frozen_paper() -> Floats:
    """Return the success of PHC+ on each round's clips (Tab. 5), 0 to 1."""
    return np.array([row.cells[0] for row in paper_table(5).rows]) / 100


def frozen_success(library: VariableLibrary, world: SimulatedWorld, path: Ints) -> Floats:
    """Return the expected success of a tracker that never trains, shape (rounds,).

    Its ability is such that it does as well on the first round as PHC+ does in Tab. 5.

    Args:
        library: The words.
        world: Says how hard the prompts are.
        path: The actions, shape (rounds, instances, sets, 6).
    """
    return _frozen(_difficulties(library, world, path)[0])


def slope(values: Floats) -> float:
    """Return the slope of a least squares line through values at 0, 1, 2, ..."""
    at = np.arange(len(values)) - (len(values) - 1) / 2
    return float((at * (values - values.mean())).sum() / (at**2).sum())


def fitted(library: VariableLibrary, name: str, parameters: Parameters) -> Fit:
    """Return how a world's progress is read, so that random prompts follow volume alone."""
    plain = replace(parameters, fits={**parameters.fits, name: Fit(1.0, 0.0)})
    progress = progress_of(library, build(name, plain), random_path(library))
    clips = FIRST_ROUND * np.arange(1, len(progress) + 1)
    head_start = RaschSettings(0.0, 0.0).head_start
    wanted = parameters.volume * np.log((clips + head_start) / (FIRST_ROUND + head_start))
    design = np.column_stack([progress, np.ones(len(progress))])
    scale, anchor = np.linalg.lstsq(design, wanted, rcond=None)[0]
    return Fit(_round(scale), _round(anchor))


def progress_of(library: VariableLibrary, world: SimulatedWorld, path: Ints) -> Floats:
    """Return the mean progress after each round of a path, over instances and suites."""
    state = world.begin(library, np.arange(path.shape[1]), sets=path.shape[2], rounds=len(path))
    means: list[float] = []
    for actions in path:
        world.play(state, actions)
        means.append(float(state.student.progress(state.mind, state.leaning).mean()))
    return np.array(means)


def random_path(library: VariableLibrary, sets: int = SETS, rounds: int = ROUNDS) -> Ints:
    """Return random prompts, shape (rounds, instances, sets, 6)."""
    grid, rng = grid_of(library), np.random.default_rng(0)
    drawn = [opening_actions(grid, sets, rng) for _ in range(rounds * SEEDS)]
    return np.reshape(drawn, (rounds, SEEDS, sets, 6))


def inputs_digest(library: VariableLibrary) -> dict[str, str]:
    """Return digests of all that is fitted to."""
    tables: Any = [to_json(paper_table(number)) for number in TABLES]
    content = json.dumps([tables, dict(suite_clips())], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:16]
    return {"tables": digest, "library": library.digest}


def _frozen(hard: Floats) -> Floats:
    low, high, middle = -5.0, 10.0, 0.0
    for _ in range(30):
        middle = (low + high) / 2
        reached = _chance(middle - hard[0]).mean()
        low, high = (middle, high) if reached < frozen_paper()[0] else (low, middle)
    found: Floats = _chance(middle - hard).mean(axis=(1, 2))
    return found


def _difficulties(
    library: VariableLibrary, world: SimulatedWorld, path: Ints
) -> tuple[Floats, Floats]:
    """Return how hard each clip is, and the tiers above the middle; (rounds, instances, sets)."""
    state = world.begin(library, np.arange(path.shape[1]), sets=path.shape[2], rounds=1)
    luck = np.random.default_rng(1).standard_normal(path.shape[:3])
    readings = [read_actions(state.grid, actions) for actions in path]
    hard = np.stack([world.asked(state, reading).difficulty for reading in readings])
    tier = np.stack([reading.mean_tier - MIDDLE for reading in readings])
    return hard + world.settings.phrases.clip_sd * luck, np.asarray(tier, np.float64)


def _clips(table: PaperTable) -> Floats:
    return np.array([suite_clips()[name] for name in table.columns], float)


def _chance(lead: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-lead))
    return chance


def _round(value: float) -> float:
    return round(float(value), DIGITS)
