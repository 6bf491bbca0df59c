"""Every shipped scheduler: the contract, and what makes each one itself."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from toys import Toy

from claims_env.agents.edit_scheduler import EditScheduler
from claims_env.agents.ladder_scheduler import LadderScheduler
from claims_env.agents.random_scheduler import RandomScheduler
from claims_env.agents.rule_scheduler import RoundMedians, RuleScheduler, increase
from claims_env.assembly import SCHEDULERS, build_scheduler
from claims_env.briefing import SetView, Tracked
from claims_env.env import CurriculumEnv
from claims_env.judge import Difficulty
from claims_env.prompt import Prompt
from claims_env.testing import check_scheduler
from claims_env.variable_library import VariableLibrary

MEDIANS = RoundMedians(g_mpjpe=100.0, difficulty=5.0)


# the oracle knows nothing here; test_every_scheduler.py has it play worlds that tell
@pytest.mark.parametrize("name", sorted(set(SCHEDULERS) - {"oracle"}))
def test_a_shipped_scheduler_keeps_the_contract(
    name: str, make_env: Callable[[], CurriculumEnv]
) -> None:
    check_scheduler(lambda library: build_scheduler(name, library), make_env)


def played(toy: Toy) -> tuple[CurriculumEnv, dict[str, Any]]:
    env = toy.env(sets=4)
    _, info = env.reset(seed=0)
    return env, info


def decided(env: CurriculumEnv, info: dict[str, Any], scheduler: Any) -> tuple[Prompt, ...]:
    return env.parts.library.decode(scheduler.act(np.zeros(1, np.float32), info))


def test_editing_keeps_the_domain_and_changes_every_slot(toy: Toy) -> None:
    env, info = played(toy)
    after = decided(env, info, EditScheduler(env.parts.library))
    for s, prompt in zip(env.rounds[0].sets, after, strict=True):
        assert prompt.domain == s.prompt.domain
        pairs = zip(prompt.slots.values(), s.prompt.slots.values(), strict=True)
        assert all(new != old for new, old in pairs)


def test_two_decisions_of_the_random_scheduler_differ(toy: Toy) -> None:
    env, info = played(toy)
    scheduler = RandomScheduler(env.parts.library)
    other = {**info, "decision_seed": info["decision_seed"] + 1}
    assert decided(env, info, scheduler) != decided(env, other, scheduler)


def test_the_ladder_climbs_a_mastered_domain_and_steps_down_a_lost_one(toy: Toy) -> None:
    env, info = played(toy)
    sets = env.rounds[0].sets
    for domain in ("dance", "sport"):
        mine = [s for s in sets if s.prompt.domain == domain]
        tier = round(sum(s.prompt.tier for s in mine) / len(mine))
        success = sum(s.metrics.success for s in mine if s.metrics) / len(mine)
        expected = min(max(tier + (success >= 0.7) - (success < 0.3), 1), 5)
        after = decided(env, info, LadderScheduler(env.parts.library))
        assert {p.tier for p in after if p.domain == domain} == {expected}


def a_set(library: VariableLibrary, *, g_mpjpe: float, success: bool, score: int | None) -> SetView:
    prompt = library.sample(np.random.default_rng(0), tier=2)
    ratings = {} if score is None else {"judge": Difficulty(score, "", {})}
    return SetView(0, prompt, None, Tracked(success, g_mpjpe, 1.0, 1.0, 1.0), ratings)


@pytest.mark.parametrize(
    ("g_mpjpe", "success", "score", "expected"),
    [
        (50.0, True, 3, "significant"),
        (50.0, True, 8, "moderate"),
        (150.0, True, 3, "moderate"),
        (150.0, True, 8, "slight"),
        (50.0, False, 8, "slight"),
        (50.0, True, None, "moderate"),
    ],
)
def test_the_papers_two_by_two_rule(
    library: VariableLibrary, g_mpjpe: float, success: bool, score: int | None, expected: str
) -> None:
    assert (
        increase(a_set(library, g_mpjpe=g_mpjpe, success=success, score=score), MEDIANS) == expected
    )


def test_the_rule_makes_every_set_strictly_harder_while_it_can(toy: Toy) -> None:
    env, info = played(toy)
    after = decided(env, info, RuleScheduler(env.parts.library))
    for s, prompt in zip(env.rounds[0].sets, after, strict=True):
        assert prompt.domain == s.prompt.domain
        assert prompt.tier > s.prompt.tier
        assert all(new >= old for new, old in zip(prompt.tiers, s.prompt.tiers, strict=True))


def test_the_rule_redraws_a_rejected_clip_without_making_it_harder(toy: Toy) -> None:
    toy.refuse = {"r000_s000"}
    env, info = played(toy)
    first, *_ = decided(env, info, RuleScheduler(env.parts.library))
    assert first.tiers == env.rounds[0].sets[0].prompt.tiers
