"""What new trackers start from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

from claims_env.errors import CheckpointError
from claims_env.trackers.mujoco import MujocoSettings, MujocoTracker
from claims_env.trackers.mujoco.checkpoint import load_checkpoint
from claims_env.trackers.mujoco.clip_progress import Practice
from claims_env.trackers.mujoco.learner import Learner
from claims_env.trackers.mujoco.starting_checkpoint import FOLDER, base_path, save_base

pytestmark = pytest.mark.physics

TINY = MujocoSettings(workers=1, hidden=(16,), base="none")
SHAPE = {"body": "lite", "hidden": [16]}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    state = Learner(TINY, 0).state(seed=3, stages=4, samples=500)
    weights = np.random.default_rng(0).normal(size=state.parameters.shape).astype(np.float32)
    state = replace(state, parameters=weights, steps=9, practice={"walk": Practice(0.2, 0.1)})
    save_base(state, SHAPE, tmp_path / "base.npz")
    return tmp_path / "base.npz"


def test_a_base_holds_weights_and_scaling_and_nothing_of_its_past(base: Path) -> None:
    like = Learner(TINY, 0).state(seed=0, stages=0, samples=0)
    state = load_checkpoint(base, SHAPE, like)
    assert (state.steps, state.practice) == (0, {})
    assert not state.first_moment.any()
    assert state.parameters.any()
    assert (state.parameters == state.parameters.astype(np.float16)).all()


def test_a_tracker_starts_from_the_base_it_is_given_and_says_so(base: Path) -> None:
    started = MujocoTracker(replace(TINY, base=str(base)))
    fresh = MujocoTracker(TINY)
    assert started.facts["base"].startswith("base.npz ")
    assert fresh.facts["base"] == "none"
    like = Learner(TINY, 0).state(seed=0, stages=0, samples=0)
    started.save(base.with_name("started.npz"))
    begun = load_checkpoint(base.with_name("started.npz"), SHAPE, like)
    np.testing.assert_array_equal(begun.parameters, load_checkpoint(base, SHAPE, like).parameters)
    assert (begun.stages, begun.samples) == (0, 0)


def test_a_base_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"no file .*missing\.npz"):
        base_path(replace(TINY, base=str(tmp_path / "missing.npz")))


def test_a_base_of_the_users_own_must_fit(base: Path) -> None:
    with pytest.raises(CheckpointError, match="hidden"):
        MujocoTracker(replace(TINY, base=str(base), hidden=(8,)))


def test_other_layers_than_the_shipped_base_has_start_from_nothing() -> None:
    assert MujocoTracker(replace(TINY, base="shipped")).facts["base"] == "none"


def test_the_shipped_base_fits_the_default_settings() -> None:
    if not (FOLDER / "lite.npz").exists():
        pytest.skip("no base was shipped")
    assert MujocoTracker(MujocoSettings(workers=1)).facts["base"].startswith("lite.npz ")
