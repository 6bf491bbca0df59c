"""A gradient step that is not finite: left out, kept, and taken again."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

import torch

from claims_env.errors import CheckpointError, TrackerFailed
from claims_env.trackers.mujoco.collective import Alone
from claims_env.trackers.mujoco.dump import not_finite, read_dump
from claims_env.trackers.mujoco.experience import Experience
from claims_env.trackers.mujoco.policy import Policy
from claims_env.trackers.mujoco.ppo import FRESH, Optimiser, loss
from claims_env.trackers.mujoco.settings import MujocoSettings

pytestmark = pytest.mark.physics

SETTINGS = MujocoSettings(hidden=(8,), minibatch=16, epochs=1, precision="float32")


def experience(samples: int, advantage: float = 1.0) -> Experience:
    random = torch.Generator().manual_seed(0)
    return Experience(
        observation=torch.randn(samples, 6, generator=random),
        action=torch.randn(samples, 2, generator=random),
        log_probability=torch.zeros(samples),
        advantage=torch.full((samples,), advantage),
        target=torch.zeros(samples),
        taught=torch.full((samples, 2), float("nan")),
        reward=0.0,
        last=torch.zeros(1, 6),
    )


@pytest.fixture
def optimiser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Optimiser:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return Optimiser(Policy(6, 2, SETTINGS, 0), SETTINGS)


def test_a_step_that_is_not_finite_changes_nothing_but_the_step_size(optimiser: Optimiser) -> None:
    before = optimiser.policy.parameters.clone()
    optimiser.update(experience(16, float("nan")), Alone(), torch.Generator())
    assert torch.equal(optimiser.policy.parameters, before)
    assert optimiser.skipped == 1
    assert optimiser.learning_rate < FRESH


def test_training_goes_on_after_a_step_that_was_left_out(optimiser: Optimiser) -> None:
    before = optimiser.policy.parameters.clone()
    optimiser.update(experience(16, float("nan")), Alone(), torch.Generator())
    optimiser.update(experience(16), Alone(), torch.Generator())
    assert not torch.equal(optimiser.policy.parameters, before)
    assert optimiser.policy.parameters.isfinite().all()


def test_a_dump_can_be_taken_again_and_says_what_was_not_finite(optimiser: Optimiser) -> None:
    optimiser.update(experience(16, float("nan")), Alone(), torch.Generator())
    assert optimiser.dump is not None
    policy, batch, how = read_dump(optimiser.dump)
    assert torch.equal(policy.parameters, optimiser.policy.parameters)
    value, _ = loss(policy, **batch, clip=how["clip"], attention=how["attention"])
    assert not torch.isfinite(value)
    wrong = not_finite({name: part.numpy() for name, part in batch.items()})
    assert wrong == {"advantage": 16, "taught": 32}  # there was no teacher


def test_training_that_cannot_go_on_names_the_dump(optimiser: Optimiser) -> None:
    with pytest.raises(TrackerFailed, match=r"8 gradient steps in a row .*not-finite\.npz"):
        optimiser.update(experience(160, float("inf")), Alone(), torch.Generator())


@pytest.mark.parametrize("content", [b"", b"PK no zip"])
def test_what_is_no_dump_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "no.npz").write_bytes(content)
    with pytest.raises(CheckpointError, match="no readable dump"):
        read_dump(tmp_path / "no.npz")


def test_a_number_is_finite_or_counted() -> None:
    arrays = {"fine": np.zeros(3), "bad": np.array([np.nan, 1, np.inf])}
    assert not_finite(arrays) == {"bad": 2}
