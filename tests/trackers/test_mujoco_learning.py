import threading
from multiprocessing import Pipe

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

import torch

from claims_env.errors import TrackerFailed
from claims_env.trackers.mujoco.collective import Follower, Leader
from claims_env.trackers.mujoco.experience import advantages
from claims_env.trackers.mujoco.policy import Policy
from claims_env.trackers.mujoco.settings import MujocoSettings

pytestmark = pytest.mark.physics

YES, NO = torch.tensor([True]), torch.tensor([False])


def numbers(*values: float) -> list[torch.Tensor]:
    return [torch.tensor([value]) for value in values]


def policy(seed: int = 0) -> Policy:
    return Policy(6, 2, MujocoSettings(hidden=(8,)), seed)


def test_an_advantage_discounts_later_surprises() -> None:
    # surprises: 1 + 0.5 x 2 - 1 = 1 and 3 + 0.5 x 4 - 2 = 3; the first adds 0.5 x 0.5 x 3
    out = advantages(numbers(1, 3), numbers(1, 2, 4), [NO, NO], [NO, NO], 0.5, 0.5)
    assert out.tolist() == [1.75, 3.0]


def test_nothing_follows_a_lost_episode() -> None:
    out = advantages(numbers(1, 3), numbers(1, 2, 4), [YES, NO], [NO, NO], 0.5, 0.5)
    assert out.tolist() == [0.0, 3.0]


def test_a_cut_episode_is_taken_to_go_on_as_it_was() -> None:
    # the state before the cut is worth 1, so half of that is expected afterwards
    out = advantages(numbers(1, 3), numbers(1, 2, 4), [YES, NO], [YES, NO], 0.5, 0.5)
    assert out.tolist() == [0.5, 3.0]


def test_scaling_learns_mean_and_variance_over_everything_seen() -> None:
    seen = np.random.default_rng(0).normal(3, 2, (300, 6)).astype(np.float32)
    learner = policy()
    for part in np.split(seen, [50, 180]):
        batch = torch.from_numpy(part)
        learner.see(batch.mean(0), (batch**2).mean(0), len(part))
    np.testing.assert_allclose(learner.mean.numpy(), seen.mean(0), rtol=1e-4)
    np.testing.assert_allclose(learner.variance.numpy(), seen.var(0), rtol=1e-3)


def test_the_flat_parameters_are_the_networks_own() -> None:
    learner = policy()
    observation = np.ones((3, 6), np.float32)
    assert np.abs(learner.decide(observation)).max() > 0
    learner.parameters.zero_()
    assert np.abs(learner.decide(observation)).max() == 0


def test_a_decision_does_not_depend_on_its_neighbours() -> None:
    learner = policy()
    observation = np.random.default_rng(0).normal(size=(100, 6)).astype(np.float32)
    alone = np.concatenate([learner.decide(row[None]) for row in observation])
    assert learner.decide(observation).tobytes() == alone.tobytes()


def test_the_same_seed_gives_the_same_first_weights() -> None:
    assert torch.equal(policy(3).parameters, policy(3).parameters)
    assert not torch.equal(policy(3).parameters, policy(4).parameters)


def test_all_workers_get_the_mean() -> None:
    rows = np.zeros((3, 4), np.float32)
    pipes = [Pipe() for _ in range(2)]
    vectors = [np.full(3, value, np.float32) for value in (1, 2, 6)]
    members = [
        Leader(rows, [ours for ours, _ in pipes]),
        *(Follower(rank, rows, pipes[rank - 1][1]) for rank in (1, 2)),
    ]
    threads = [
        threading.Thread(target=member.average, args=(vector,))
        for member, vector in zip(members, vectors, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [vector.tolist() for vector in vectors] == [[3.0] * 3] * 3


def test_a_broken_worker_is_reported_with_what_it_said() -> None:
    ours, theirs = Pipe()
    leader = Leader(np.zeros((2, 4), np.float32), [ours])
    theirs.send("ZeroDivisionError: out of luck")
    with pytest.raises(TrackerFailed, match="out of luck"):
        leader.average(np.zeros(2, np.float32))


def test_a_vanished_worker_is_noticed() -> None:
    ours, theirs = Pipe()
    leader = Leader(np.zeros((2, 4), np.float32), [ours])
    theirs.close()
    with pytest.raises(TrackerFailed, match="killed from outside"):
        leader.average(np.zeros(2, np.float32))
