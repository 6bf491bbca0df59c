"""What plug-ins return is checked before it is recorded, so that a mended run can go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from toys import SpeedJudge, Toy

from claims_env.agents.random_scheduler import RandomScheduler
from claims_env.curriculum import Parts
from claims_env.env import CurriculumEnv
from claims_env.errors import ContractBroken
from claims_env.judge import Alignment, Difficulty
from claims_env.ledger import RunLedger
from claims_env.motion import Motion
from claims_env.prompt import Prompt
from claims_env.run import run
from claims_env.run_folder import read_events
from claims_env.tracker import Budget


@dataclass
class Garbage:
    """A scheduler that returns whatever it is given."""

    action: Any
    name: str = "garbage"

    def act(self, observation: Any, info: dict[str, Any]) -> Any:
        return self.action


@pytest.mark.parametrize(
    "action",
    [np.zeros(6, int), np.full(24, 99), np.full(24, -1), np.zeros(24) + 0.9, None, "hello"],
)
def test_a_schedulers_garbage_is_refused_and_not_recorded(
    toy: Toy, tmp_path: Path, action: Any
) -> None:
    with RunLedger.create(tmp_path / "run", "", {}) as ledger:
        env = toy.env(ledger=ledger, sets=4)
        with pytest.raises(ContractBroken, match="scheduler 'garbage' returned"):
            run(Garbage(action), env, seed=0, ledger=ledger)
    assert "decide" not in [event["stage"] for event in read_events(tmp_path / "run")]
    with RunLedger.resume(tmp_path / "run") as ledger:
        env = toy.env(ledger=ledger, sets=4)
        assert len(run(RandomScheduler(env.parts.library), env, seed=0, ledger=ledger)) == 3


@dataclass
class BadJudge:
    """Answers through functions that spoil good answers."""

    spoil_alignments: Callable[[list[Any]], Any] = lambda answers: answers
    spoil_ratings: Callable[[list[Any]], Any] = lambda answers: answers
    name: str = "bad"
    honest: SpeedJudge = field(default_factory=SpeedJudge)

    def align(self, motions: Sequence[Motion], prompts: Sequence[Prompt]) -> Any:
        return self.spoil_alignments(list(self.honest.align(motions, prompts)))

    def rate(self, motions: Sequence[Motion]) -> Any:
        return self.spoil_ratings(list(self.honest.rate(motions)))


@pytest.mark.parametrize(
    ("judge", "stage"),
    [
        (BadJudge(spoil_alignments=lambda a: a[:-1]), "sift"),
        (BadJudge(spoil_alignments=lambda a: None), "sift"),
        (BadJudge(spoil_alignments=lambda a: [Alignment(0.5, "bogus", "") for _ in a]), "sift"),  # type: ignore[arg-type]
        (BadJudge(spoil_alignments=lambda a: [Alignment(7.0, "aligned", "") for _ in a]), "sift"),
        (BadJudge(spoil_ratings=lambda a: [*a, *a]), "rate"),
        (BadJudge(spoil_ratings=lambda a: [Difficulty(99, "", {}) for _ in a]), "rate"),
        (BadJudge(spoil_ratings=lambda a: [Difficulty(5.5, "", {}) for _ in a]), "rate"),  # type: ignore[arg-type]
    ],
)
def test_a_judges_garbage_is_refused_and_not_recorded(
    toy: Toy, tmp_path: Path, judge: BadJudge, stage: str
) -> None:
    good = toy.env().parts
    parts = Parts(good.library, good.generator, good.check, good.tracker, [judge], good.suites)
    with RunLedger.create(tmp_path / "run", "", {}) as ledger:
        env = CurriculumEnv(parts, sets=2, rounds=2, budget=Budget(1), ledger=ledger)
        with pytest.raises(ContractBroken, match="judge 'bad'"):
            env.reset(seed=0)
    assert stage not in [event["stage"] for event in read_events(tmp_path / "run")]


@dataclass
class ShortGenerator:
    """Loses a clip."""

    good: Any
    name: str = "short"

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        return list(self.good.generate(prompts, seeds))[1:]


def test_a_generator_that_loses_a_clip_is_refused(toy: Toy) -> None:
    good = toy.env().parts
    generator = ShortGenerator(good.generator)
    parts = Parts(good.library, generator, good.check, good.tracker, good.judges, good.suites)
    env = CurriculumEnv(parts, sets=2, rounds=2, budget=Budget(1))
    with pytest.raises(ContractBroken, match=r"returned 1 answers\. Expected 2: one motion"):
        env.reset(seed=0)
