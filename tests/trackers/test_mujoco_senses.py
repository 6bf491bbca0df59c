"""What the policy sees of the body's heading, and what a blown-up simulation leaves behind."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

from claims_env.rotation import about, multiply
from claims_env.skeleton import UPRIGHT
from claims_env.trackers.mujoco.batch_physics import batch_physics
from claims_env.trackers.mujoco.humanoid import humanoid
from claims_env.trackers.mujoco.observation import facing

pytestmark = pytest.mark.physics


@pytest.mark.parametrize("roll", [-0.02, 0.0, 0.02])
@pytest.mark.parametrize("bend", [0.0, 80.0, 89.9, 90.1, 100.0, 150.0])
def test_a_bow_does_not_turn_the_heading(bend: float, roll: float) -> None:
    bent = multiply(about("x", np.radians(bend)), about("y", roll))
    root = multiply(multiply(about("z", 0.5), bent), UPRIGHT)
    np.testing.assert_allclose(
        facing(root[None], UPRIGHT)[0], [np.cos(0.5), np.sin(0.5)], atol=0.08
    )


def test_a_simulation_that_blows_up_writes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    physics = batch_physics(humanoid("lite").model, 2)
    physics.qpos[:] = np.nan
    physics.step(1)
    assert list(tmp_path.iterdir()) == []
