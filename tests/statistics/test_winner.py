"""The winner: found where there is one, and at the nominal rate where there is none."""

import numpy as np
import pytest

from claims_env.errors import ConfigError, ContractBroken
from claims_env.statistics.aggregate import Scores
from claims_env.statistics.winner import Decision, decide

REPETITIONS = 400
"""Benchmarks without an effect; at a level of 0.05 between 9 and 33 find one (p = 0.001)."""


def played(rng: np.random.Generator, ahead: list[float], runs: int = 10) -> dict[str, Scores]:
    """Return scores whose runs share what their seed does to all."""
    instance = rng.normal(size=(runs, 2))
    return {
        f"s{k}": lead + instance + rng.normal(size=(runs, 2)) * 0.3 for k, lead in enumerate(ahead)
    }


@pytest.mark.parametrize(("schedulers", "runs"), [(6, 10), (14, 10), (4, 3)])
def test_where_nothing_matters_something_is_found_at_the_nominal_rate(
    schedulers: int, runs: int
) -> None:
    decisions = [
        decide(played(np.random.default_rng([schedulers, k]), [0.0] * schedulers, runs), seed=k)
        for k in range(REPETITIONS if runs > 5 else 200)
    ]
    share = np.mean([decision.found for decision in decisions])
    slack = 3.1 * np.sqrt(0.05 * 0.95 / len(decisions))
    assert share <= 0.05 + slack
    assert share >= (0.05 - slack if runs > 5 else 0.0)
    assert np.mean([decision.winner is not None for decision in decisions]) <= 0.01


def test_skewed_scores_and_restless_schedulers_keep_the_rate() -> None:
    found = []
    for k in range(REPETITIONS):
        rng = np.random.default_rng([9, k])
        scores = rng.exponential(size=(6, 10, 1)) - 1.0
        scores[0] = 5 * rng.normal(size=(10, 1))
        found.append(decide({str(i): each for i, each in enumerate(scores)}).found)
    assert np.mean(found) <= 0.05 + 3.1 * np.sqrt(0.05 * 0.95 / REPETITIONS)


def test_those_who_share_the_lead_are_rarely_told_apart_whoever_else_is_behind() -> None:
    false = []
    for k in range(200):
        decision = decide(played(np.random.default_rng([5, k]), [1.0, 1.0, 1.0, 0.0, 0.0, -1.0]))
        false.append(bool({"s0", "s1", "s2"} & set(decision.beaten)))
        assert decision.found
    assert np.mean(false) <= 0.05 + 3.1 * np.sqrt(0.05 * 0.95 / 200)


def test_a_clear_winner_is_declared() -> None:
    decision = decide(played(np.random.default_rng(0), [0.0, 2.0, 0.1]))
    assert decision.winner == decision.best == "s1"
    assert decision.leaders == ("s1",)
    assert set(decision.beaten) == {"s0", "s2"}
    assert decision.p == (1.0, 2 / 1024, 2 / 1024)
    assert decision.method == "all 1,024 sign flips of 10 runs"


def test_a_shared_lead_has_no_winner() -> None:
    decision = decide(played(np.random.default_rng(0), [2.0, 2.0, 0.0]))
    assert decision.winner is None
    assert set(decision.leaders) == {"s0", "s1"}
    assert decision.beaten == ("s2",)
    assert decision.found


def test_the_order_in_which_schedulers_are_given_does_not_matter() -> None:
    scores = played(np.random.default_rng(3), [0.3, 0.0, 0.2, 0.1])
    turned = dict(reversed(scores.items()))
    assert decide(scores) == decide(turned)


def test_equal_schedulers_are_never_told_apart() -> None:
    same = np.random.default_rng(0).random((10, 2))
    decision = decide({"a": same, "b": same, "c": same + 1.0})
    assert decision.leaders == ("c",)
    tied = decide({"a": same, "b": same})
    assert tied.p == (1.0, 1.0)
    assert not tied.found


def test_a_world_without_noise_has_a_winner_too() -> None:
    decision = decide({"a": np.full((6, 1), 0.5), "b": np.full((6, 1), 0.75)})
    assert decision.winner == "b"
    assert decision.p[1] == 2 / 64


def test_few_seeds_deal_names_anew_and_say_so() -> None:
    decision = decide(played(np.random.default_rng(0), [3.0, 0.0, 0.1, 0.2, 0.1, 0.0], 3))
    assert "shuffles of names within 3 runs, as if all spread alike" in decision.method
    assert decision.winner == "s0"


def test_one_scheduler_alone_is_no_winner() -> None:
    alone = decide({"only": np.zeros((10, 1))})
    assert isinstance(alone, Decision)
    assert (alone.winner, alone.leaders, alone.effect_p) == (None, ("only",), 1.0)


def test_scores_that_are_not_paired_are_refused() -> None:
    with pytest.raises(ContractBroken, match="same runs and tasks"):
        decide({"a": np.zeros((3, 1)), "b": np.zeros((4, 1))})
    with pytest.raises(ContractBroken, match="The score of b in run 0"):
        decide({"a": np.zeros((3, 1)), "b": np.full((3, 1), np.inf)})
    with pytest.raises(ConfigError, match="alpha is 5"):
        decide({"a": np.zeros((3, 1))}, alpha=5)
