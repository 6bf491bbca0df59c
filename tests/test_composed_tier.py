"""Suites composed at one tier: fresh, repeatable, and growing at their end."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from toys import SwayGenerator, tiny_library

from claims_env.composed_tier import compose_tier
from claims_env.errors import SuiteError
from claims_env.held_out import RESERVED_SEEDS
from claims_env.motion import Motion
from claims_env.prompt import Prompt
from claims_env.suite import Suite


@dataclass
class Recorder:
    """Sways, and remembers what it was asked."""

    name: str = "recorder"
    prompts: list[Prompt] = field(default_factory=list[Prompt])
    seeds: list[int] = field(default_factory=list[int])

    def generate(self, prompts: Sequence[Prompt | str], seeds: Sequence[int]) -> list[Motion]:
        self.prompts += [prompt for prompt in prompts if isinstance(prompt, Prompt)]
        self.seeds += seeds
        return SwayGenerator().generate(prompts, seeds)


def composed(clips: int, seed: int = 0, tier: int = 3, generator: Recorder | None = None) -> Suite:
    maker = generator or Recorder()
    return compose_tier(tiny_library(), maker, lambda motion: True, tier, clips=clips, seed=seed)


def test_every_phrase_is_of_the_tier_and_the_domains_take_turns() -> None:
    maker = Recorder()
    made = composed(4, tier=2, generator=maker)
    assert [prompt.domain for prompt in maker.prompts] == ["dance", "sport"] * 2
    assert {phrase.tier for prompt in maker.prompts for phrase in prompt.slots.values()} == {2}
    assert (made.name, made.kind) == ("composed-tier2", "composed, tier 2, fresh takes")
    assert [motion.name for motion in made.motions] == [f"tier2_{i:03d}" for i in range(4)]


def test_no_round_can_draw_these_takes() -> None:
    maker = Recorder()
    composed(20, generator=maker)
    assert min(maker.seeds) >= RESERVED_SEEDS
    assert len(set(maker.seeds)) == 20


def test_a_longer_suite_begins_with_the_shorter_one() -> None:
    short, long = composed(3).motions, composed(6).motions
    for a, b in zip(short, long, strict=False):
        assert a.name == b.name
        np.testing.assert_array_equal(a.rotations, b.rotations)


def test_another_seed_gives_other_clips() -> None:
    one, other = Recorder(), Recorder()
    composed(3, seed=0, generator=one)
    composed(3, seed=1, generator=other)
    assert not set(one.seeds) & set(other.seeds)


def test_a_clip_that_never_passes_is_an_error_that_says_which() -> None:
    with pytest.raises(SuiteError, match="No valid clip came of dance, tier 4, in 20 attempts"):
        compose_tier(tiny_library(), Recorder(), lambda motion: False, 4, clips=1, seed=0)


def test_each_finished_clip_is_told() -> None:
    told: list[int] = []
    compose_tier(
        tiny_library(), Recorder(), lambda m: True, 1, clips=3, seed=0,
        after_each=lambda: told.append(1),
    )  # fmt: skip
    assert len(told) == 3
