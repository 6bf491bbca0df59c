"""The floor pushes where flesh is low, upwards, within friction, and no harder than needed."""

import numpy as np
import pytest
from scipy.optimize import nnls

from claims_env.dynamics.ground_force import FRICTION, GroundForces, ground_forces
from claims_env.dynamics.nonnegative import solve
from claims_env.dynamics.segment_motion import CUTOFF, low_pass, segment_motion
from claims_env.flight import GRAVITY
from claims_env.rotation import Floats, about, multiply, rotate
from claims_env.skeleton import STANDING_HEIGHT, UPRIGHT, Pose, forward_kinematics

FPS = 30.0
TIME = np.arange(61) / FPS
FEET = np.array([0.0, 0.0, STANDING_HEIGHT])


def body(root: Floats, lean: float = 0.0) -> Pose:
    """Return a body in its rest pose, leant forward about its soles [rad]."""
    rotations = np.tile([1.0, 0, 0, 0], (len(root), 24, 1))
    tilt = about("x", lean)
    rotations[:, 0] = multiply(tilt, UPRIGHT)
    return forward_kinematics(rotations, root - FEET + rotate(tilt, FEET))


def pushed(pose: Pose, fps: float = FPS) -> GroundForces:
    return ground_forces(pose, segment_motion(pose, fps))


def at_rest(height: float = 0.0) -> Floats:
    return np.tile([0.0, 0.0, STANDING_HEIGHT + height], (61, 1))


def moved(way: Floats, axis: int) -> Floats:
    root = at_rest()
    root[:, axis] += way
    return root


def test_a_standing_body_is_carried_by_its_weight() -> None:
    found = pushed(body(at_rest()))
    np.testing.assert_allclose(found.total, [[0, 0, GRAVITY]] * 61, atol=0.02)
    np.testing.assert_allclose(found.residual, 0, atol=2e-3)


def test_the_push_acts_under_the_centre_of_mass() -> None:
    pose = body(at_rest())
    needed = segment_motion(pose, FPS)
    centre = ground_forces(pose, needed).pressure_centre
    np.testing.assert_allclose(centre, needed.com[:, :2], atol=2e-3)


def test_a_body_hanging_in_the_air_is_held_by_nothing() -> None:
    found = pushed(body(at_rest(0.3)))
    assert not found.total.any()
    np.testing.assert_allclose(found.residual[:, 2], 1, atol=1e-9)
    assert np.isnan(found.pressure_centre).all()


def test_a_falling_body_needs_nothing() -> None:
    found = pushed(body(moved(2 + 3 * TIME - GRAVITY / 2 * TIME**2, axis=2)))
    np.testing.assert_allclose(found.residual[3:-3], 0, atol=1e-6)


def test_a_body_leaning_over_its_toes_would_have_to_be_held() -> None:
    upright = np.abs(pushed(body(at_rest(), lean=0.02)).residual).max()
    leaning = np.abs(pushed(body(at_rest(), lean=0.4)).residual).max()
    assert upright < 0.01
    assert leaning > 0.1


def test_the_floor_only_pushes_and_only_within_friction() -> None:
    found = pushed(body(moved(1.5 * np.sin(4 * TIME), axis=0)))
    assert (found.forces[..., 2] >= 0).all()
    sideways = np.abs(found.forces[..., :2]).sum(-1)
    assert (sideways <= FRICTION * found.forces[..., 2] + 1e-9).all()


def test_more_sideways_push_than_friction_gives_is_left_over() -> None:
    gentle = pushed(body(moved(0.5 * 0.5 * TIME**2, axis=0)))
    rough = pushed(body(moved(0.5 * 20.0 * TIME**2, axis=0)))
    assert np.abs(gentle.residual[5:-5]).max() < 0.02
    assert np.abs(rough.residual[5:-5]).max() > 0.4


def test_the_forces_stand_for_what_the_residual_leaves() -> None:
    pose = body(moved(0.2 * np.sin(5 * TIME), axis=1))
    needed = segment_motion(pose, FPS)
    found = ground_forces(pose, needed)
    np.testing.assert_allclose(
        needed.force / GRAVITY, found.total / GRAVITY + found.residual[:, :3], atol=1e-9
    )


@pytest.mark.parametrize("ease", [1.0, 1e3])
def test_the_solver_agrees_with_the_method_that_takes_one_problem_at_a_time(ease: float) -> None:
    rng = np.random.default_rng(0)
    effects = rng.normal(size=(200, 6, 9))
    wanted = rng.normal(size=(200, 6))
    ours, residual = solve(effects, wanted, np.full((200, 9), ease))
    for a, b, x, left in zip(effects, wanted, ours, residual, strict=True):
        augmented = np.vstack([a, np.eye(9) / np.sqrt(ease)])
        exact, _ = nnls(augmented, np.concatenate([b, np.zeros(9)]))
        np.testing.assert_allclose(x, exact, atol=1e-6)
        np.testing.assert_allclose(left, b - a @ exact, atol=1e-6)


def test_what_may_not_be_used_is_not_used() -> None:
    used, residual = solve(np.eye(6)[None], np.ones((1, 6)), np.array([[1e6, 0, 1e6, 0, 0, 0]]))
    np.testing.assert_allclose(used, [[1, 0, 1, 0, 0, 0]], atol=1e-5)
    np.testing.assert_allclose(residual, [[0, 1, 0, 1, 1, 1]], atol=1e-5)


def test_a_straight_line_passes_the_filter_and_noise_does_not() -> None:
    line = np.outer(TIME, [1.0, -2.0])
    np.testing.assert_allclose(low_pass(line, FPS), line, atol=1e-12)
    noise = low_pass(np.cos(np.pi * np.arange(61)), FPS)
    assert np.abs(noise[5:-5]).max() < 0.25


def test_half_the_power_of_the_cutoff_passes() -> None:
    time = np.arange(600) / 120
    wave = np.sin(2 * np.pi * CUTOFF * time)
    kept = low_pass(wave, 120.0)[100:-100]
    assert kept.std() / wave[100:-100].std() == pytest.approx(np.sqrt(0.5), abs=0.01)


def test_a_clip_too_short_to_filter_is_still_measured() -> None:
    found = pushed(body(at_rest()[:2]))
    np.testing.assert_allclose(found.total[:, 2], GRAVITY, atol=0.02)
