"""The twist course: what is seen is followed, what is not seen is calm."""

import numpy as np
import pytest

from claims_env.inverse_kinematics.shortest_arc import shortest_arc, unit
from claims_env.inverse_kinematics.twist_course import Phasors, find_course, find_drift
from claims_env.rotation import Floats, conjugate, from_rotvec, multiply, to_rotvec

NO_DRIFT = np.zeros((59, 1))


def phasors(angles: Floats, clarity: Floats | float = 1.0) -> Phasors:
    return np.asarray(clarity * np.exp(1j * angles), dtype=np.complex128)[:, None]


def test_a_constant_twist_is_found_exactly() -> None:
    course = find_course(phasors(np.full(60, 2.5)), NO_DRIFT, 1.0)
    np.testing.assert_allclose(course, 2.5)


def test_a_steady_twist_beyond_half_a_turn_is_followed_without_a_jump() -> None:
    angles = np.linspace(0, 5, 60)
    course = find_course(phasors(angles), NO_DRIFT, 1.0)
    np.testing.assert_allclose(course[10:-10, 0], angles[10:-10], atol=1e-3)


def test_between_what_is_seen_the_twist_turns_evenly() -> None:
    angles = np.where(np.arange(60) < 30, 0.0, 2.8)
    clarity = np.where(np.abs(np.arange(60) - 29.5) < 15, 0.0, 1.0)
    steps = np.diff(find_course(phasors(angles, clarity), NO_DRIFT, 1.0)[:, 0])
    unseen = steps[15:44]
    assert unseen.min() > 0
    assert unseen.max() < 1.01 * unseen.min()
    assert steps.sum() == pytest.approx(2.8, abs=0.2)


def test_one_wrong_sight_does_not_tear_the_course() -> None:
    angles = np.zeros(60)
    angles[30] = np.pi
    assert np.abs(find_course(phasors(angles), NO_DRIFT, 4.0)).max() < 0.01


def test_what_is_never_seen_follows_the_drift() -> None:
    course = find_course(phasors(np.zeros(60), 0.0), np.full((59, 1), 0.1), 1.0)
    np.testing.assert_allclose(np.diff(course[:, 0]), 0.1)


def test_one_frame_is_taken_as_it_is() -> None:
    assert find_course(phasors(np.array([0.7])), np.zeros((0, 1)), 1.0)[0, 0] == pytest.approx(0.7)


def test_the_drift_over_a_corner_of_the_sphere_is_its_area() -> None:
    x, y, z = np.eye(3)
    # an eighth of the sphere: 4 pi / 8
    drift = find_drift(x[None], np.stack([y, z])[:, None])
    np.testing.assert_allclose(np.abs(drift), np.pi / 2)


def test_the_drift_is_what_an_untwisted_frame_gains_on_the_shortest_arc() -> None:
    draw = np.random.default_rng(3)
    rest, (a, b) = unit(draw.normal(size=(1, 3))), unit(draw.normal(size=(2, 1, 3)))
    carried = multiply(shortest_arc(a, b), shortest_arc(rest, a))
    drift = find_drift(rest, np.stack([a, b]))[0]
    twisted = multiply(from_rotvec(b * drift[:, None]), shortest_arc(rest, b))
    np.testing.assert_allclose(to_rotvec(multiply(conjugate(carried), twisted)), 0, atol=1e-9)
