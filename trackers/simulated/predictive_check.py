"""What the fitted family predicts of the paper's tables, beside what they say."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from claims_env.paper_tables import paper_table, suite_clips
from claims_env.trackers.simulated.calibration import (
    SETS,
    frozen_paper,
    frozen_success,
    one_shot_ability,
    paper_abilities,
    random_path,
    slope,
)
from claims_env.trackers.simulated.family import build
from claims_env.trackers.simulated.parameters import Parameters
from claims_env.trackers.simulated.rasch_fit import ability_of, logit
from claims_env.trackers.simulated.simulated_world import SimulatedWorld
from claims_env.variable_library import VariableLibrary
from claims_env.word_grid import Floats, Ints

CHECKED = ("rasch", "null", "multi-skill", "forgetting", "prerequisites", "deceptive")
"""The worlds that are checked; the mock is no model of anything."""

CURVE, STEEPNESS, GAP = 0.12, 0.05, 0.15
"""Tolerances: root mean square of the abilities, slope per round, one-shot gap [logit]."""

LEVEL = 0.1
"""Tolerance of an error whose levels were fitted, as a share of it."""


@dataclass(frozen=True, slots=True)
class PredictiveCheck:
    """One figure of the paper and of a world.

    Attributes:
        world: The world's name.
        what: The figure, in words.
        paper: What the paper's tables say.
        ours: What the world gives, in the mean over instances.
        tolerance: How far apart they may be; None where nothing was fitted to it and nothing is
            promised.
    """

    world: str
    what: str
    paper: float
    ours: float
    tolerance: float | None

    @property
    def holds(self) -> bool:
        """Whether both are as near as promised."""
        return self.tolerance is None or abs(self.paper - self.ours) <= self.tolerance


def predictive_checks(
    library: VariableLibrary, rule_path: Ints, parameters: Parameters
) -> Iterator[PredictiveCheck]:
    """Yield the figures of every world: fitted ones first, then what was held out.

    Args:
        library: The words.
        rule_path: What the paper's rule asks for, shape (rounds, instances, sets, 6).
        parameters: What the worlds are fitted by.
    """
    for name in CHECKED:
        world = build(name, parameters)
        ruled, undirected = (
            _abilities(library, world, rule_path),
            _abilities(library, world, random_path(library)),
        )
        yield from _fitted(library, world, ruled, rule_path)
        yield from _held_out(world, ruled, undirected)
    yield from _errors(library, build("rasch", parameters), rule_path)


def _fitted(
    library: VariableLibrary, world: SimulatedWorld, ruled: Floats, path: Ints
) -> Iterator[PredictiveCheck]:
    paper, name = paper_abilities()[0], world.name
    apart = float(np.sqrt(((ruled - ruled[0] - paper) ** 2).mean()))
    yield PredictiveCheck(name, "Tab. 1: ability by round, RMS apart [logit]", 0.0, apart, CURVE)
    lost = slope(logit(frozen_success(library, world, path)))
    known = slope(logit(frozen_paper()))
    yield PredictiveCheck(name, "Tab. 5: frozen tracker, per round [logit]", known, lost, STEEPNESS)
    whole = random_path(library, sets=7 * SETS, rounds=1)
    gap = float(ruled[-1] - _abilities(library, world, whole)[0])
    told = float(paper[-1] - one_shot_ability())
    yield PredictiveCheck(name, "Tab. 4: rule less one-shot [logit]", told, gap, GAP)


def _held_out(
    world: SimulatedWorld, ruled: Floats, undirected: Floats
) -> Iterator[PredictiveCheck]:
    rows = {
        (row.method, row.loop): _paper_ability(row.cells)
        for number in (2, 3)
        for row in paper_table(number).rows
    }
    gained = rows["CLAIMS", "L1"] - rows["CLAIMS", "L0"]
    what = "Tab. 2: MaskedMimic, round 0 to 1 [logit]"
    yield PredictiveCheck(world.name, what, gained, float(ruled[1] - ruled[0]), None)
    for arm, ours in (("full (var)", ruled), ("w/o VLMs+metrics", undirected)):
        what = f"Tab. 3: {arm}, round 1 to 3 [logit]"
        told = rows[arm, "L3"] - rows[arm, "L1"]
        yield PredictiveCheck(world.name, what, told, float(ours[3] - ours[1]), None)


def _errors(
    library: VariableLibrary, world: SimulatedWorld, path: Ints
) -> Iterator[PredictiveCheck]:
    """Yield the errors of a frozen tracker on the first and last round's clips (Tab. 5)."""
    success, table = frozen_success(library, world, path), paper_table(5)
    for place, loop in ((0, "L0"), (-1, "L6")):
        told = table.figures(table.row("PHC+", loop))
        share, settings = success[place], world.settings
        ours = share * np.array(settings.tracked) + (1 - share) * np.array(settings.lost)
        for column, error in (("g-MPJPE", 0), ("Vel", 3), ("Acc", 4)):
            what = f"Tab. 5: {column} at {loop} [mm, mm/frame, mm/frame^2]"
            known = told[column]
            yield PredictiveCheck("errors", what, known, float(ours[error]), LEVEL * known)


def _abilities(library: VariableLibrary, world: SimulatedWorld, path: Ints) -> Floats:
    """Return the ability held-out success speaks of after each round, in the mean."""
    state = world.begin(library, np.arange(path.shape[1]), sets=path.shape[2], rounds=len(path))
    clips = np.array([suite.clips for suite in world.suites], float)
    hard = np.array([suite.difficulty for suite in world.suites])
    found = [ability_of(world.play(state, a).suite_success, clips, hard).mean() for a in path]
    return np.array(found)


def _paper_ability(cells: tuple[float, ...]) -> float:
    clips = np.array(list(suite_clips().values()), float)
    difficulty = paper_abilities()[1]
    return float(ability_of(np.array([cells]) / 100, clips, difficulty)[0])
