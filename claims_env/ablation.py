"""What several arms came to over several seeds: success with intervals, and who chose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from claims_env.bootstrap import Estimate, Places, estimate
from claims_env.decision_record import REDRAWN, RULE, Decision
from claims_env.paper_tables import clip_weighted
from claims_env.rounds import Round

AVERAGE = "Avg"
"""The column over all suites, each clip counting once, as in the paper's Tab. 1."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One suite after one round of one run.

    Attributes:
        arm: The arm's name.
        seed: The run's.
        loop: The round's index, from 0.
        suite: The suite's name.
        clips: How many clips it holds.
        success: Share of them tracked [%].
    """

    arm: str
    seed: int
    loop: int
    suite: str
    clips: int
    success: float


def outcomes_of(arm: str, seed: int, rounds: Sequence[Round]) -> list[Outcome]:
    """Return what a run came to, round by round and suite by suite."""
    return [
        Outcome(arm, seed, played.index, s.name, s.metrics.clips, 100 * s.metrics.success_rate)
        for played in rounds
        for s in played.suites
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """Who chose the prompts of one run whose scheduler talks to a language model.

    Attributes:
        arm: The arm's name.
        seed: The run's.
        asked: Vendor and model.
        served: Who answered, as the providers say; empty if nobody did.
        model: How many prompts the model chose, in rounds after the first.
        rule: How many the rule in code chose in its place.
        redrawn: How many were drawn anew, their clips being of no use.
    """

    arm: str
    seed: int
    asked: str
    served: tuple[str, ...]
    model: int
    rule: int
    redrawn: int


def choice_of(arm: str, seed: int, decisions: Sequence[Decision]) -> Choice | None:
    """Return who chose the prompts of a run, or None if no decision of it is on record."""
    if not decisions:
        return None
    chosen = [change.rung for decision in decisions for change in decision.changes.values()]
    rule, redrawn = chosen.count(RULE), chosen.count(REDRAWN)
    asked = ", ".join(_distinct(decision.model for decision in decisions))
    talks = [group for decision in decisions for group in decision.groups]
    served = _distinct(asking.served_model for group in talks for asking in group.askings)
    return Choice(arm, seed, asked, served, len(chosen) - rule - redrawn, rule, redrawn)


@dataclass(frozen=True, slots=True)
class Ablation:
    """All runs of a comparison.

    Attributes:
        outcomes: In any order; an arm may lack seeds.
        choices: Of the runs whose scheduler talks to a language model.
        seed: Decides the draws of the intervals.
    """

    outcomes: tuple[Outcome, ...]
    choices: tuple[Choice, ...] = ()
    seed: int = 0

    @property
    def arms(self) -> tuple[str, ...]:
        """The arms there is something of, in order of appearance."""
        return tuple(dict.fromkeys(o.arm for o in self.outcomes))

    @property
    def suites(self) -> tuple[str, ...]:
        """The suites, likewise."""
        return tuple(dict.fromkeys(o.suite for o in self.outcomes))

    @property
    def columns(self) -> tuple[str, ...]:
        """The suites, and where there are several their average."""
        return (*self.suites, AVERAGE) if len(self.suites) > 1 else self.suites

    def last(self, arm: str) -> int:
        """Return an arm's last round.

        Raises:
            ValueError: There is nothing of that arm.
        """
        return max(o.loop for o in self.outcomes if o.arm == arm)

    def by_seed(self, arm: str, loop: int, column: str) -> dict[int, float]:
        """Return the success of each run of an arm [%]; empty where there is none."""
        mine = [o for o in self.outcomes if (o.arm, o.loop) == (arm, loop)]
        if column != AVERAGE:
            return {o.seed: o.success for o in mine if o.suite == column}
        seeds = sorted({o.seed for o in mine})
        return {seed: _average([o for o in mine if o.seed == seed]) for seed in seeds}

    def success(self, arm: str, loop: int, column: str) -> Estimate | None:
        """Return the mean success over an arm's seeds [%], or None if there is no run.

        The interval is had by drawing seeds again; a single one has none. It tells of chance in
        training, not of the choice of clips.
        """
        return _mean(list(self.by_seed(arm, loop, column).values()), self.seed)

    def gap(self, arm: str, to: str, column: str) -> Estimate | None:
        """Return by how much an arm leads another after their last rounds, in points.

        Seed by seed: equal seeds share their round 0, so that differences spread less than the runs
        do. None without a seed that both have.
        """
        mine = self.by_seed(arm, self.last(arm), column)
        theirs = self.by_seed(to, self.last(to), column)
        # shares of clips are subtracted as percentages: what binary fractions add is rounded away
        gaps = [round(mine[s] - theirs[s], 9) for s in sorted(set(mine) & set(theirs))]
        return _mean(gaps, self.seed)


def _average(outcomes: Sequence[Outcome]) -> float:
    figures: Mapping[str, float] = {o.suite: o.success for o in outcomes}
    return clip_weighted(figures, {o.suite: o.clips for o in outcomes})


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _mean(values: Sequence[float], seed: int) -> Estimate | None:
    array = np.array(values)

    def statistic(places: Places) -> float | None:
        return float(array[places].mean())

    return estimate(statistic, ["run"] * len(values), seed=seed)
