"""The conformance checks: every shipped part passes them, and broken parts do not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from toys import LOST, TRACKED, ForgetfulTracker, SpeedJudge, SwayGenerator, Toy, swaying

from claims_env.assembly import GENERATORS, JUDGES, create, whole_library
from claims_env.judge import Difficulty, Missing
from claims_env.motion import Motion
from claims_env.prompt import Prompt
from claims_env.scheduler import Action, Observation
from claims_env.testing import (
    ContractBroken,
    check_generator,
    check_judge,
    check_scheduler,
    check_tracker,
)
from claims_env.tracker import Blind, Budget, OnProgress, TrackedClip, TrainingReport
from claims_env.trackers.simulated import SkillTracker
from claims_env.variable_library import VariableLibrary


def prompts(count: int) -> list[Prompt]:
    rng = np.random.default_rng(0)
    return [whole_library().sample(rng) for _ in range(count)]


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_a_shipped_generator_keeps_the_contract(name: str) -> None:
    check_generator(create("generator", name, GENERATORS), [*prompts(6), "a slow roundhouse kick"])


@pytest.mark.parametrize("name", sorted(JUDGES))
def test_a_shipped_judge_keeps_the_contract(name: str) -> None:
    motions = create("generator", "composer", GENERATORS).generate(prompts(5), range(5))
    check_judge(create("judge", name, JUDGES), motions, prompts(5))


@dataclass
class CountingGenerator:
    """Breaks the contract: a clip depends on how many came before it."""

    name: str = "counting"
    made: int = 0

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        motions: list[Motion] = []
        for _ in prompts:
            self.made += 1
            motions.append(swaying(0.1 * self.made))
        return motions


def test_a_generator_that_depends_on_order_is_caught() -> None:
    check_generator(SwayGenerator(), [*prompts(3), "free text"])
    with pytest.raises(ContractBroken, match="neighbours in the batch"):
        check_generator(CountingGenerator(), prompts(3))


@dataclass
class HarshJudge:
    """Breaks the contract: eleven out of ten."""

    name: str = "harsh"
    speed: SpeedJudge = field(default_factory=SpeedJudge)

    def align(self, motions: Sequence[Motion], prompts: Sequence[Prompt]) -> list[Any]:
        return list(self.speed.align(motions, prompts))

    def rate(self, motions: Sequence[Motion]) -> list[Difficulty | Missing]:
        return [Difficulty(11, "", {}) for _ in motions]


def test_a_judge_out_of_range_is_caught() -> None:
    with pytest.raises(ContractBroken, match="difficulty is 1 to 10"):
        check_judge(HarshJudge(), [swaying(1.0)], prompts(1))


@dataclass
class MoodyTracker:
    """Breaks the contract: random actions go another way each time."""

    skilled: SkillTracker = field(default_factory=SkillTracker)
    asked: int = 0

    @property
    def facts(self) -> dict[str, Any]:
        return self.skilled.facts

    def reset(self, *, seed: int) -> None:
        self.skilled.reset(seed=seed)

    def train(
        self, motions: Sequence[Motion], budget: Budget, on_progress: OnProgress | None = None
    ) -> TrainingReport:
        return self.skilled.train(motions, budget, on_progress)

    def evaluate(self, motions: Sequence[Motion]) -> list[TrackedClip]:
        return self.skilled.evaluate(motions)

    def evaluate_untrained(
        self, motions: Sequence[Motion], *, action: Blind = "zero"
    ) -> list[TrackedClip]:
        self.asked += 1
        metrics = TRACKED if action == "random" and self.asked % 2 else LOST
        return [TrackedClip(motion.name, metrics) for motion in motions]

    def save(self, path: Path) -> None:
        self.skilled.save(path)

    def load(self, path: Path) -> None:
        self.skilled.load(path)


def test_a_tracker_whose_baseline_does_not_repeat_itself_is_caught() -> None:
    check_tracker(ForgetfulTracker, [swaying(1.0)], Budget(1))
    with pytest.raises(ContractBroken, match="a baseline repeats itself"):
        check_tracker(MoodyTracker, [swaying(1.0)], Budget(1))


@dataclass
class MoodyScheduler:
    """Breaks the contract: draws from a generator of its own."""

    library: VariableLibrary
    name: str = "moody"
    rng: np.random.Generator = field(default_factory=np.random.default_rng)

    def act(self, observation: Observation, info: dict[str, Any]) -> Action:
        sets = info["rounds"][-1].sets
        return self.library.encode([self.library.sample(self.rng) for _ in sets])


def test_a_scheduler_with_dice_of_its_own_is_caught(toy: Toy) -> None:
    with pytest.raises(ContractBroken, match="the same seed gives the same run"):
        check_scheduler(MoodyScheduler, toy.env)
