"""The planner judge: harder for more help and more work, silent about prompts and snippets."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from toys import swaying, tiny_library

from claims_env.assembly.judges import build_judge
from claims_env.errors import MissingDependency
from claims_env.feasibility import Feasibility
from claims_env.judge import Difficulty, Missing
from claims_env.motion import Motion
from claims_env.prompt import Prompt
from claims_env.testing import check_judge
from claims_env.trackers.mujoco.planning.planner_judge import (
    EFFORT,
    HELP,
    PlannerJudge,
    difficulty,
)

IDLE = Feasibility(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.02, 0.05, 0.0, 2.0, 1.0)
BETWEEN = np.linspace(0.0, 1.5, 16)


def rated(help: float = 0.0, effort: float = 0.0) -> int:
    return answered(replace(IDLE, help=help, effort=effort)).score


def answered(found: Feasibility) -> Difficulty:
    rating = difficulty(found)
    assert isinstance(rating, Difficulty)
    return rating


def prompts(count: int) -> list[Prompt]:
    library, rng = tiny_library(), np.random.default_rng(0)
    return [library.sample(rng) for _ in range(count)]


def swinging(speed: float, frames: int = 30) -> Motion:
    return swaying(speed, f"swinging {speed:g}", frames=frames)


def test_the_scale_begins_and_ends_where_the_docstring_says() -> None:
    assert rated() == rated(HELP[0], EFFORT[0]) == 1
    assert rated(HELP[1], EFFORT[1]) == rated(9.0, 9000.0) == 10
    # either alone makes half of it: 1 + 9 / 2 = 5.5, which rounds to the even 6
    assert rated(help=HELP[1]) == rated(effort=EFFORT[1]) == 6
    # a third of the way through both: 1 + 9 / 3
    assert rated(*(least + (most - least) / 3 for least, most in (HELP, EFFORT))) == 4


def test_more_help_is_never_easier_nor_is_more_effort() -> None:
    for other in BETWEEN:
        by_help = [rated(help=help, effort=100 * other) for help in BETWEEN]
        by_effort = [rated(help=other, effort=100 * effort) for effort in BETWEEN]
        assert by_help == sorted(by_help) and len(set(by_help)) > 1
        assert by_effort == sorted(by_effort) and len(set(by_effort)) > 1


def test_the_rationale_tells_the_figures_and_when_to_doubt_them() -> None:
    told = answered(replace(IDLE, help=0.42, effort=31.4)).rationale
    assert told == (
        "Tried in physics, the root needs 0.42 body weights of help on average and the joints work "
        "at 31 W/kg."
    )
    doubted = answered(replace(IDLE, score=0.1)).rationale
    assert doubted.endswith("The clip is against physics.")


def test_a_clip_of_under_half_a_second_is_not_rated_and_needs_no_trial() -> None:
    (rating,) = PlannerJudge().rate([swinging(1.0, frames=10)])
    assert rating == Missing("swinging 1 lasts 0.30 s; a trial takes 0.5 s")


def test_a_trial_that_broke_down_is_no_rating() -> None:
    assert difficulty(replace(IDLE, help=float("nan"))) == Missing(
        "the simulation broke down in the trial"
    )


def test_it_abstains_on_what_a_clip_shows() -> None:
    answers = PlannerJudge().align([swinging(1.0), swinging(2.0)], prompts(2))
    assert all(isinstance(answer, Missing) for answer in answers) and len(answers) == 2


def test_without_mujoco_it_is_refused_when_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mujoco", None)
    with pytest.raises(MissingDependency, match=r"'planner' needs 'mujoco'.*\[physics\]"):
        build_judge("planner")


@pytest.mark.physics
def test_it_keeps_the_contract_of_a_judge() -> None:
    pytest.importorskip("mujoco")
    clips = [swinging(0.5), swinging(3.0), swinging(1.0, frames=10)]
    judge = build_judge("planner")
    check_judge(judge, clips, prompts(3))
    calm, wild, short = judge.rate(clips)
    assert isinstance(calm, Difficulty) and isinstance(wild, Difficulty)
    assert calm.score < wild.score and isinstance(short, Missing)
    assert "offline" in judge.name
