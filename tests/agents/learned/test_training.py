"""Training on simulated worlds: it runs, it repeats, and it learns what there is to learn."""

from typing import Any

import numpy as np
import pytest
from toys import tiny_library

from claims_env.assembly.worlds import make_vec
from claims_env.errors import UnknownName
from claims_env.reward import RewardWeights
from claims_env.surrogate_round import LazyRounds
from claims_env.surrogate_vec import SurrogateVecEnv
from claims_env.tier_observation import SEAT, seen_of

pytest.importorskip("stable_baselines3")
pytest.importorskip("sb3_contrib")

from claims_env.agents.learned.tier_seats import TierSeats, WorldSeats
from claims_env.agents.learned.training import TrainingPlan, train

WORDS = tiny_library()


def worlds(name: str, count: int = 4) -> SurrogateVecEnv:
    paid = RewardWeights(1.0, 0.0)
    return make_vec(name, count, library=WORDS, sets=8, rounds=3, weights=paid)


def test_a_seat_sees_what_the_rounds_of_its_instance_show() -> None:
    env = worlds("multi-skill")
    seats = WorldSeats(env, WORDS, seed=5)
    seats.reset()
    seen, _, _ = seats.step(np.arange(8) % 5)
    for i in range(4):
        assert np.allclose(seen.reshape(4, 2, len(SEAT))[i], seen_of(env.rounds(i), WORDS))


def test_sets_are_of_the_tier_their_seat_names_and_all_seats_are_paid_alike() -> None:
    env = worlds("multi-skill")
    seats = WorldSeats(env, WORDS, seed=5)
    seats.reset()
    _, paid, ended = seats.step(np.array([0, 4] * 4))
    tiers = {(p.prompt.domain, p.prompt.tier) for p in env.rounds(2)[-1].sets}
    assert tiers == {("dance", 1.0), ("sport", 5.0)}
    assert paid.reshape(4, 2).std(axis=1).tolist() == [0, 0, 0, 0]
    assert not ended


def test_an_episode_that_ends_begins_anew_with_other_students() -> None:
    seats: Any = TierSeats([WorldSeats(worlds("multi-skill"), WORDS, 0)], WORDS)
    first = seats.reset()
    seats.step(np.zeros(8))
    given, _, done, infos = seats.step(np.zeros(8))
    seen = np.asarray(given)
    assert done.all()
    assert seen[:, SEAT.index("round")].tolist() == [0.0] * 8
    assert infos[0]["terminal_observation"][SEAT.index("round")] == pytest.approx(0.2)
    assert not np.array_equal(first, seen)


@pytest.mark.parametrize("algorithm", ["ppo", "maskable-ppo"])
def test_a_training_repeats_and_says_what_it_was(algorithm: str) -> None:
    plan = TrainingPlan(algorithm, decisions=32, hidden=4)
    policies = [train(plan, [worlds("mock"), worlds("rasch")], WORDS) for _ in range(2)]
    assert policies[0] == policies[1]
    training = policies[0].training
    assert (training.algorithm, training.worlds) == (algorithm, ("mock", "rasch"))
    assert training.library == WORDS.digest
    assert (training.reach is None) == (algorithm == "ppo")


def test_it_learns_that_hard_words_teach_most_where_they_do() -> None:
    plan = TrainingPlan(decisions=4_000, hidden=8)
    policy = train(plan, [worlds("rasch", 32)], WORDS)
    chosen = policy.tiers(seen_of(worlds_played(), WORDS))
    assert chosen.min() >= 4


def worlds_played() -> LazyRounds:
    env = worlds("rasch")
    env.reset(seed=0)
    return env.rounds(0)


def test_an_unknown_algorithm_lists_those_there_are() -> None:
    with pytest.raises(UnknownName, match="maskable-ppo, ppo"):
        train(TrainingPlan("sac"), [worlds("mock")], WORDS)
