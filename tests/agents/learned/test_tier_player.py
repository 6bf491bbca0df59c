"""Trained schedulers by name: the ones that ship, and those of a file."""

from pathlib import Path

import numpy as np
import pytest
from told_rounds import told, told_round
from toys import tiny_library

from claims_env.agents.learned.tier_player import SHIPPED, TierPlayer, tier_rows
from claims_env.agents.learned.tier_policy import load_policy
from claims_env.agents.word_choices import word_choices
from claims_env.assembly import build_agent, build_scheduler
from claims_env.config import RunConfig
from claims_env.errors import CheckpointError, ConfigError
from claims_env.library import load_library

WORDS = tiny_library()


@pytest.mark.parametrize("name", ["maskable-ppo", "ppo"])
def test_the_policy_that_ships_says_how_it_came_about(name: str) -> None:
    training = load_policy(SHIPPED / f"{name}.json").training
    assert training.algorithm == name
    assert "null" not in training.worlds and len(training.worlds) > 1
    assert training.library == load_library().digest
    assert (SHIPPED / f"{name}.json").stat().st_size < 50_000


@pytest.mark.parametrize(
    "build", [build_scheduler, lambda n, w: build_agent(RunConfig(scheduler=n), w)]
)
def test_a_file_is_named_after_the_scheduler(build: object) -> None:
    name = f"ppo:{SHIPPED / 'ppo.json'}"
    scheduler = build(name, WORDS)  # type: ignore[operator]
    assert scheduler.name == "ppo:ppo.json"


def test_a_policy_of_another_scheduler_is_refused() -> None:
    with pytest.raises(ConfigError, match="was trained by 'maskable-ppo'"):
        TierPlayer(WORDS, "ppo", SHIPPED / "maskable-ppo.json")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot be read"):
        build_scheduler(f"ppo:{tmp_path / 'none.json'}", WORDS)


def test_all_sets_of_a_domain_are_of_the_tier_its_seat_names() -> None:
    rng = np.random.default_rng(0)
    asked = [WORDS.sample(rng, domain=WORDS.domains[i % 2]) for i in range(12)]
    action = TierPlayer(WORDS, "ppo").decide(told(told_round(asked, [True] * 12)))
    chosen = WORDS.decode(action)
    for domain in WORDS.domains:
        assert len({p.tier for p in chosen if p.domain == domain}) == 1
    assert [p.domain for p in chosen] == [p.domain for p in asked]


def test_rows_of_a_tier_are_of_that_tier() -> None:
    rows = tier_rows(
        word_choices(WORDS), np.array([0, 1]), np.array([2, 5]), np.random.default_rng(0)
    )
    assert [p.tier for p in WORDS.decode(rows.ravel())] == [2.0, 5.0]
