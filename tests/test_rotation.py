"""Quaternions: a few turns worked out by hand, and the laws they obey."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from claims_env.rotation import (
    Floats,
    about,
    conjugate,
    continuous,
    from_rotvec,
    heading,
    multiply,
    rotate,
    slerp,
    to_rotvec,
)

ROOT_HALF = np.sqrt(0.5)


def random_quaternions(count: int, seed: int = 0) -> Floats:
    q = np.random.default_rng(seed).normal(size=(count, 4))
    return np.asarray(q / np.linalg.norm(q, axis=-1, keepdims=True))


def scipy_rotation(q: Floats) -> Rotation:
    return Rotation.from_quat(q[..., [1, 2, 3, 0]])


def test_a_quarter_turn_about_z_takes_x_to_y() -> None:
    q = about("z", np.pi / 2)
    np.testing.assert_allclose(q, [ROOT_HALF, 0, 0, ROOT_HALF])
    np.testing.assert_allclose(rotate(q, np.array([1.0, 0, 0])), [0, 1, 0], atol=1e-15)


@pytest.mark.parametrize(
    ("axis", "start", "end"),
    [("x", (0, 1, 0), (0, 0, 1)), ("y", (0, 0, 1), (1, 0, 0)), ("z", (1, 0, 0), (0, 1, 0))],
)
def test_every_axis_turns_the_right_handed_way(
    axis: str, start: tuple[float, ...], end: tuple[float, ...]
) -> None:
    turned = rotate(about(axis, np.pi / 2), np.array(start, dtype=float))
    np.testing.assert_allclose(turned, end, atol=1e-15)


def test_a_product_turns_by_its_right_factor_first() -> None:
    both = multiply(about("z", np.pi / 2), about("x", np.pi / 2))
    # x leaves y at z, and z leaves z alone; the other order would give x
    np.testing.assert_allclose(rotate(both, np.array([0.0, 1, 0])), [0, 0, 1], atol=1e-15)


def test_products_and_turns_agree_with_scipy() -> None:
    a, b = random_quaternions(50, 1), random_quaternions(50, 2)
    v = np.random.default_rng(3).normal(size=(50, 3))
    expected = (scipy_rotation(a) * scipy_rotation(b)).apply(v)
    np.testing.assert_allclose(rotate(multiply(a, b), v), expected, atol=1e-12)


def test_a_quaternion_times_its_conjugate_is_no_turn() -> None:
    q = random_quaternions(20)
    np.testing.assert_allclose(multiply(q, conjugate(q)), [[1, 0, 0, 0]] * 20, atol=1e-15)


def test_rotation_vectors_agree_with_scipy() -> None:
    v = np.random.default_rng(0).normal(size=(50, 3))
    np.testing.assert_allclose(
        scipy_rotation(from_rotvec(v)).as_matrix(), Rotation.from_rotvec(v).as_matrix(), atol=1e-12
    )


@pytest.mark.parametrize("angle", [0.0, 1e-12, 1e-7, 1e-5, 1e-4, 1e-3, 1.0, 3.1, np.pi - 1e-9])
def test_rotation_vectors_survive_the_way_there_and_back(angle: float) -> None:
    v = angle * np.array([0.6, 0.0, 0.8])
    np.testing.assert_allclose(to_rotvec(from_rotvec(v)), v, rtol=1e-9, atol=1e-20)


def test_rotation_vectors_are_never_longer_than_half_a_turn() -> None:
    v = np.random.default_rng(0).normal(size=(200, 3)) * 4
    assert (np.linalg.norm(to_rotvec(from_rotvec(v)), axis=-1) <= np.pi + 1e-12).all()


def test_a_quaternion_and_its_negative_have_one_rotation_vector() -> None:
    q = random_quaternions(50)
    np.testing.assert_allclose(to_rotvec(-q), to_rotvec(q), atol=1e-12)


def test_single_precision_stays_single_precision() -> None:
    q = random_quaternions(4).astype(np.float32)
    v = np.ones((4, 3), dtype=np.float32)
    results = [multiply(q, q), conjugate(q), rotate(q, v), from_rotvec(v), to_rotvec(q)]
    assert {result.dtype for result in results} == {np.dtype(np.float32)}


def test_leading_axes_broadcast() -> None:
    turned = rotate(random_quaternions(5)[:, None], np.ones((7, 3)))
    assert turned.shape == (5, 7, 3)


@pytest.mark.parametrize("yaw", [-3.0, -1.0, 0.0, 0.5, 3.0])
def test_heading_is_the_turn_about_the_vertical(yaw: float) -> None:
    leaning = multiply(about("z", yaw), about("y", 0.7))
    assert heading(leaning) == pytest.approx(yaw)
    assert heading(-leaning) == pytest.approx(yaw)


def test_slerp_halves_a_quarter_turn() -> None:
    start, end = about("x", 0.0), about("x", np.pi / 2)
    np.testing.assert_allclose(slerp(start, end, 0.5), about("x", np.pi / 4), atol=1e-15)


def test_slerp_goes_the_shorter_way() -> None:
    half = slerp(about("z", 0.0), -about("z", 0.4), 0.5)
    np.testing.assert_allclose(rotate(half, np.eye(3)[0]), [np.cos(0.2), np.sin(0.2), 0])


def test_slerp_starts_and_ends_where_it_should() -> None:
    a, b = random_quaternions(20, 1), random_quaternions(20, 2)
    ends = slerp(a, b, np.ones(20))
    np.testing.assert_allclose(slerp(a, b, 0.0), a, atol=1e-12)
    np.testing.assert_allclose(np.abs((ends * b).sum(-1)), 1, atol=1e-12)


def test_a_continuous_track_never_jumps_to_the_other_hemisphere() -> None:
    track = about("z", np.linspace(0, 12, 100))
    flipped = track * np.where(np.random.default_rng(0).random(100) < 0.5, -1, 1)[:, None]
    smooth = continuous(flipped)
    assert ((smooth[1:] * smooth[:-1]).sum(-1) > 0).all()
    np.testing.assert_allclose(np.abs(smooth), np.abs(track))
    np.testing.assert_array_equal(smooth[0], flipped[0])
