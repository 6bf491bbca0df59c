"""What a person at the terminal reads of a round: every success beside what it is compared with."""

from pathlib import Path

import numpy as np
import pytest
from toys import ForgetfulTracker, Toy

from claims_env.config import RunConfig
from claims_env.console import Console
from claims_env.rounds import Round
from claims_env.tracker import Tracker


def played(toy: Toy, tracker: Tracker | None = None) -> tuple[Round, ...]:
    env = toy.env(tracker=tracker)
    env.reset(seed=0)
    env.step(np.zeros(6 * 4, np.int64))
    return env.rounds


def told(rounds: tuple[Round, ...], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return what is said of the last of some rounds, line by line."""
    Console(RunConfig(), Path("run")).round_done(rounds[-1])
    return [line.strip() for line in capsys.readouterr().out.splitlines()]


def test_success_stands_beside_the_start_of_the_round_and_both_baselines(
    toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = told(played(toy), capsys)
    assert "this round 100% (before training 100%, zero action 100%, random actions 100%)" in lines
    assert "corpus 100% (zero action 100%, random actions 50%)" in lines
    assert "forgotten 0 of the 4 clips tracked before" in lines


def test_a_tracker_without_baselines_is_compared_with_its_start_alone(
    toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = told(played(toy, ForgetfulTracker(5)), capsys)
    assert "this round 100% (before training 0%)" in lines
    assert "corpus 62%" in lines
    assert "forgotten 3 of the 4 clips tracked before" in lines


def test_the_opening_cannot_have_forgotten_anything(
    toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "forgotten" not in " ".join(told(played(toy)[:1], capsys))
