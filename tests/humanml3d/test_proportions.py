"""A motion on HumanML3D's body."""

import numpy as np
import pytest
from toys import swaying

from claims_env.generators.composer import Composer
from claims_env.humanml3d import LEG_RATIO, joints_of
from claims_env.humanml3d.heading import heading
from claims_env.humanml3d.proportions import BONES
from claims_env.motion import Motion
from claims_env.rotation import about, multiply
from claims_env.skeleton import PARENTS


def test_the_legs_are_five_percent_longer_than_smpls() -> None:
    smaller = 1 / LEG_RATIO
    assert smaller == pytest.approx(0.952, abs=5e-4)


def test_every_bone_has_the_length_of_the_data_in_every_frame() -> None:
    (motion,) = Composer().generate(["a dancer spins and jumps"], [5])
    joints = joints_of(motion)
    bones = np.linalg.norm(joints[:, 1:] - joints[:, PARENTS[1:22]], axis=-1)
    np.testing.assert_allclose(bones, np.tile(BONES[1:], (len(joints), 1)), atol=1e-12)


def test_bones_keep_their_directions_and_the_root_its_way() -> None:
    motion = swaying(1.0, frames=61)
    joints = joints_of(motion)
    source = motion.joints[::3, :22][:, :, [0, 2, 1]] * np.array([1.0, 1.0, -1.0])
    np.testing.assert_allclose(joints[::2, 0], LEG_RATIO * source[:, 0], atol=1e-12)
    shin = source[:, 7] - source[:, 4]
    np.testing.assert_allclose(
        (joints[::2, 7] - joints[::2, 4]) / BONES[7],
        shin / np.linalg.norm(shin, axis=-1, keepdims=True),
        atol=1e-12,
    )


def test_an_upright_body_faces_plus_z_and_its_left_is_plus_x() -> None:
    joints = joints_of(swaying(1.0))
    np.testing.assert_allclose(heading(joints), 0, atol=0.01)
    assert (joints[:, 16, 0] > joints[:, 17, 0]).all()
    assert (joints[:, 10, 2] > joints[:, 7, 2]).all()


def test_a_turn_to_the_left_in_a_z_up_world_is_one_towards_plus_x() -> None:
    still = swaying(1.0)
    turned = still.rotations.copy()
    turned[:, 0] = multiply(about("z", 0.5), turned[:, 0])
    joints = joints_of(Motion(turned, still.root, still.fps, "turned"))
    np.testing.assert_allclose(heading(joints) - heading(joints_of(still)), 0.5, atol=1e-9)


def test_six_seconds_at_30_hz_are_a_hundred_and_twenty_frames() -> None:
    assert len(joints_of(swaying(1.0, frames=180))) == 120
