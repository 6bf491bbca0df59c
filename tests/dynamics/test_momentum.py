"""The segments add up to a body, and its momentum obeys Newton and Euler."""

from pathlib import Path

import numpy as np
import pytest

from claims_env.centre_of_mass import centre_of_mass
from claims_env.dynamics.body import BODY_MASS, SEGMENTS
from claims_env.dynamics.momentum import centroidal, inertia, mass_centre
from claims_env.formats.amass import import_amass
from claims_env.rotation import Floats, about, from_rotvec, multiply, rotate
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT, Pose, forward_kinematics

FPS = 60.0
TIME = np.arange(61) / FPS
GRAVITY = 9.81


def moving(turn: Floats, root: Floats) -> Pose:
    """Return a body frozen in its rest pose that turns and goes as told."""
    rotations = np.tile([1.0, 0, 0, 0], (len(turn), 24, 1))
    rotations[:, 0] = multiply(turn, UPRIGHT)
    return forward_kinematics(rotations, root)


def about_its_centre(turn: Floats, com: Floats) -> Pose:
    """Return the frozen body turning about its own centre of mass."""
    still = moving(np.array([[1.0, 0, 0, 0]]), np.zeros((1, 3)))
    return moving(turn, com - rotate(turn, mass_centre(still)))


def test_the_shares_of_mass_add_up_to_one() -> None:
    assert SEGMENTS.mass.sum() == pytest.approx(1)
    assert (SEGMENTS.mass > 0).all()


def test_a_thigh_weighs_what_de_leva_says() -> None:
    assert SEGMENTS.mass[INDEX["L_Hip"]] == pytest.approx(0.1416)
    foot = SEGMENTS.mass[[INDEX["R_Ankle"], INDEX["R_Foot"]]].sum()
    assert foot == pytest.approx(0.0137)
    head = SEGMENTS.mass[[INDEX["Neck"], INDEX["Head"]]].sum()
    assert head == pytest.approx(0.0694)


def test_left_and_right_mirror_each_other() -> None:
    for name in ("Shoulder", "Knee", "Ankle", "Hand"):
        left, right = INDEX[f"L_{name}"], INDEX[f"R_{name}"]
        assert SEGMENTS.mass[left] == SEGMENTS.mass[right]
        mirrored = SEGMENTS.centre[right] * [-1, 1, 1]
        np.testing.assert_allclose(SEGMENTS.centre[left], mirrored, atol=0.02)


def test_every_inertia_is_that_of_a_solid_body() -> None:
    for tensor in SEGMENTS.inertia:
        np.testing.assert_allclose(tensor, tensor.T)
        a, b, c = np.linalg.eigvalsh(tensor)
        assert 0 < a <= b <= c <= a + b + 1e-12


def test_an_upright_body_balances_near_its_navel_and_turns_like_a_person() -> None:
    pose = moving(np.array([[1.0, 0, 0, 0]]), np.array([[0, 0, STANDING_HEIGHT]]))
    height = float(mass_centre(pose)[0, 2])
    assert 0.54 * 1.72 < height < 0.58 * 1.72
    # arms stretched sideways: some 12 kg m^2 head over heels, 2 to 3 about the vertical
    tip, cartwheel, spin = np.diag(inertia(pose)[0]) * BODY_MASS
    assert 10 < tip < 13
    assert 11 < cartwheel < 15
    assert 1.8 < spin < 2.8


def test_a_thrown_spinning_body_falls_freely_and_keeps_its_angular_momentum() -> None:
    com = np.column_stack([2 * TIME, -TIME, 3 + 2 * TIME - GRAVITY / 2 * TIME**2])
    frozen = about_its_centre(about("z", 0 * TIME), com)
    axes = np.linalg.eigh(inertia(frozen)[0])[1]
    for axis in axes.T:
        body = about_its_centre(from_rotvec(4.0 * TIME[:, None] * axis), com)
        found = centroidal(body, FPS)
        np.testing.assert_allclose(found.acceleration, [[0, 0, -GRAVITY]] * 61, atol=1e-6)
        np.testing.assert_allclose(found.angular, np.tile(found.angular[0], (61, 1)), atol=1e-6)
        np.testing.assert_allclose(found.torque, 0, atol=1e-5)


def test_a_spun_body_has_the_momentum_inertia_times_turning() -> None:
    com = np.zeros((61, 3))
    turning = np.array([1.0, -2.0, 0.5])
    body = about_its_centre(from_rotvec(TIME[:, None] * turning), com)
    found = centroidal(body, FPS)
    expected = inertia(body) @ turning
    np.testing.assert_allclose(found.angular[1:-1], expected[1:-1], rtol=2e-3, atol=1e-4)


def test_a_glide_has_velocity_and_no_spin() -> None:
    com = np.column_stack([1.5 * TIME, 0 * TIME, 0 * TIME])
    found = centroidal(about_its_centre(about("z", 0 * TIME), com), FPS)
    np.testing.assert_allclose(found.velocity, [[1.5, 0, 0]] * 61, atol=1e-9)
    np.testing.assert_allclose(found.angular, 0, atol=1e-9)


def test_two_frames_are_enough() -> None:
    pose = moving(about("z", TIME[:2]), np.zeros((2, 3)))
    found = centroidal(pose, FPS)
    assert found.com.shape == found.acceleration.shape == found.torque.shape == (2, 3)


def test_the_centre_from_joints_alone_is_within_three_centimetres(mocap_folder: Path) -> None:
    for path in sorted(mocap_folder.glob("*.npz"))[::6]:
        clip = import_amass(path)
        off = mass_centre(clip.pose) - centre_of_mass(clip.joints)
        assert np.sqrt((off**2).sum(-1)).max() < 0.03
