"""Every scheduler by name keeps the contract in every world, whatever it is told."""

import hashlib
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from told_rounds import told, told_round
from toys import curt_library, tiny_library

from claims_env.assembly import SCHEDULERS, build_scheduler, whole_library
from claims_env.assembly.worlds import WORLDS, build_surrogate_env
from claims_env.errors import ClaimsError
from claims_env.free_text import ANY_DOMAIN
from claims_env.prompt import Prompt, free_prompt
from claims_env.run import run
from claims_env.testing import check_scheduler
from claims_env.variable_library import VariableLibrary

ALL_KNOWING = {"oracle"}
"""Those that are told what only a simulated world knows."""

CHOOSES_DOMAINS = {"exp3s", "progress", "random", "tscl"}
"""Those whose method draws the domain too; all others keep that of the set they edit."""

ALTERS_WORDS = {"edit", "rule"}
"""Those that change the words of a prompt, and so refuse a sentence that is not of the library."""

KEEPS_KNOWN_DOMAINS = {"greedy-easiest", "greedy-hardest", "ladder", "ramp"}
"""Those that draw in the domain of a set, and so refuse one that the library lacks."""

WORDS = whole_library()
TOLD = sorted(set(SCHEDULERS) - ALL_KNOWING)
NOTHING_SEEN = np.zeros(1, np.float32)


def world_of(
    world: str, name: str, *, sets: int = 10, rounds: int = 3, library: VariableLibrary = WORDS
) -> Any:
    return build_surrogate_env(
        world, reveal=name in ALL_KNOWING, sets=sets, rounds=rounds, library=library
    )


@pytest.mark.parametrize("world", sorted(WORLDS))
@pytest.mark.parametrize("name", sorted(SCHEDULERS))
def test_a_scheduler_keeps_the_contract_in_a_world(name: str, world: str) -> None:
    check_scheduler(lambda words: build_scheduler(name, words), lambda: world_of(world, name))


@pytest.mark.parametrize("name", sorted(SCHEDULERS))
@pytest.mark.parametrize("sets", [1, 3])
def test_a_scheduler_plays_rounds_of_a_set_or_three(name: str, sets: int) -> None:
    env = world_of("mock", name, sets=sets, rounds=4)
    run(build_scheduler(name, env.parts.library), env, seed=0)
    assert len(env.rounds) == 4


@pytest.mark.parametrize("words", [tiny_library(), curt_library()], ids=["tiny", "ragged"])
@pytest.mark.parametrize("name", sorted(SCHEDULERS))
def test_a_scheduler_plays_a_library_of_another_shape(name: str, words: VariableLibrary) -> None:
    env = world_of("multi-skill", name, library=words)
    check_scheduler(lambda library: build_scheduler(name, library), lambda: env)


def rounds_of(kind: str) -> dict[str, Any]:
    """Return three rounds with nothing but trouble of one kind in them."""
    rng = np.random.default_rng(0)
    prompts: list[Prompt] = [WORDS.sample(rng) for _ in range(10)]
    outcomes: list[bool | None] = [i % 2 == 0 for i in range(10)]
    if kind == "free text of a domain":
        prompts = [free_prompt(p.domain, f"{i} hops, one by one.") for i, p in enumerate(prompts)]
    if kind == "free text of none":
        prompts = [free_prompt(ANY_DOMAIN, f"{i} hops, one by one.") for i in range(10)]
    if kind == "all rejected":
        outcomes = [None] * 10
    if kind == "one kept":
        outcomes = [True, *[None] * 9]
    return told(*(told_round(prompts, outcomes, index=i) for i in range(3)))


@pytest.mark.parametrize("kind", ["silent judges", "all rejected", "one kept"])
@pytest.mark.parametrize("name", TOLD)
def test_a_scheduler_answers_whatever_it_is_told(name: str, kind: str) -> None:
    action = build_scheduler(name, WORDS).act(NOTHING_SEEN, rounds_of(kind))
    assert WORDS.action_space(10).contains(action)


@pytest.mark.parametrize("kind", ["free text of a domain", "free text of none"])
@pytest.mark.parametrize("name", TOLD)
def test_a_scheduler_answers_free_text_or_refuses_it_in_words(name: str, kind: str) -> None:
    refuses = ALTERS_WORDS if "of a domain" in kind else ALTERS_WORDS | KEEPS_KNOWN_DOMAINS
    if name in refuses:
        with pytest.raises(ClaimsError, match=r"No (domain|template) is called"):
            build_scheduler(name, WORDS).act(NOTHING_SEEN, rounds_of(kind))
    else:
        action = build_scheduler(name, WORDS).act(NOTHING_SEEN, rounds_of(kind))
        assert WORDS.action_space(10).contains(action)


@pytest.mark.parametrize("name", sorted(SCHEDULERS))
def test_a_set_keeps_its_domain_unless_the_method_draws_it(name: str) -> None:
    env = world_of("rasch", name, sets=40, rounds=2)
    _, info = env.reset(seed=3)
    scheduler = build_scheduler(name, env.parts.library)
    chosen = env.parts.library.decode(scheduler.act(NOTHING_SEEN, info))
    before = [s.prompt.domain for s in env.rounds[0].sets]
    assert ([p.domain for p in chosen] != before) == (name in CHOOSES_DOMAINS)


@pytest.mark.parametrize("name", sorted(SCHEDULERS))
def test_another_decision_seed_makes_another_decision(name: str) -> None:
    env = world_of("rasch", name, sets=40, rounds=2)
    _, info = env.reset(seed=0)
    scheduler = build_scheduler(name, env.parts.library)
    other = {**info, "decision_seed": info["decision_seed"] + 1}
    assert not np.array_equal(scheduler.act(NOTHING_SEEN, info), scheduler.act(NOTHING_SEEN, other))


def played_by_all() -> str:
    """Return a digest of what every scheduler chooses in an episode with seed 0."""
    told_apart = hashlib.sha256()
    for name in sorted(SCHEDULERS):
        env = world_of("forgetting", name, sets=20, rounds=4)
        rounds = run(build_scheduler(name, env.parts.library), env, seed=0)
        for played in rounds:
            told_apart.update("\n".join(s.prompt.text for s in played.sets).encode())
    return told_apart.hexdigest()


def test_another_process_with_other_hashes_chooses_the_same() -> None:
    told_there = subprocess.run(
        [sys.executable, "-c", "import test_every_scheduler as t; print(t.played_by_all())"],
        env={
            **os.environ,
            "PYTHONHASHSEED": "7",
            "PYTHONPATH": os.pathsep.join(
                [os.path.dirname(__file__), os.path.dirname(os.path.dirname(__file__))]
            ),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert told_there.stdout.strip() == played_by_all(), told_there.stderr
