"""What a motion takes that neither floor nor gravity gives."""

import numpy as np
import pytest

from claims_env.dynamics.strain import unexplained
from claims_env.motion import Motion
from claims_env.skeleton import STANDING_HEIGHT, UPRIGHT


def still(height: float) -> Motion:
    rotations = np.zeros((60, 24, 4))
    rotations[..., 0] = 1.0
    rotations[:, 0] = UPRIGHT
    root = np.tile([0.0, 0.0, STANDING_HEIGHT + height], (60, 1))
    return Motion(rotations, root, 30.0, "still")


def test_standing_takes_nothing_the_floor_does_not_give() -> None:
    assert unexplained(still(0.0)) < 0.01


def test_hanging_in_the_air_takes_a_body_weight() -> None:
    assert unexplained(still(0.5)) == pytest.approx(1.0, abs=0.01)
