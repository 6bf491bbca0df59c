"""Feedback around a path: the linear algebra against MuJoCo, and whether it holds a body."""

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

import mujoco
from scipy.linalg import solve_discrete_are
from toys import swaying

from claims_env.rotation import Floats
from claims_env.trackers.mujoco.humanoid import Humanoid, humanoid
from claims_env.trackers.mujoco.planning.crowd import Crowd, Standing
from claims_env.trackers.mujoco.planning.feedback import (
    COMMAND,
    LARGEST,
    Feedback,
    feedback,
    regulator,
)
from claims_env.trackers.mujoco.planning.linearisation import Linearisation, linearise
from claims_env.trackers.mujoco.planning.reconstruction import Reconstruction, reconstruct
from claims_env.trackers.mujoco.planning.settings import PlanningSettings
from claims_env.trackers.mujoco.planning.tangent import TangentSpace
from claims_env.trackers.mujoco.planning.target import target_of
from claims_env.trackers.mujoco.reference import refer
from claims_env.trackers.mujoco.simulation import ACTION_SCALE

pytestmark = pytest.mark.physics


@pytest.fixture(scope="module")
def body() -> Humanoid:
    return humanoid("lite")


@pytest.fixture(scope="module")
def path(body: Humanoid) -> Reconstruction:
    settings = PlanningSettings(samples=48, survivors=12, most_steps=4_000)
    reference = refer(swaying(1.0, "arms", frames=32), body)
    return reconstruct([reference], body, seed=0, settings=[settings], threads=1)[0]


@pytest.fixture(scope="module")
def expert(body: Humanoid, path: Reconstruction) -> Feedback:
    return feedback(path, body)


def random_states(body: Humanoid, n: int) -> Floats:
    draw = np.random.default_rng(0)
    states = np.tile(body.model.qpos0, (n, 1))
    for state in states:
        mujoco.mj_integratePos(body.model, state, draw.normal(size=body.model.nv), 1.0)
    return states


def test_a_difference_of_states_is_mujocos(body: Humanoid) -> None:
    start, end = random_states(body, 6)[:3], random_states(body, 6)[3:]
    apart = TangentSpace(body.model).apart(start, end)
    for a, b, ours in zip(start, end, apart, strict=True):
        theirs = np.zeros(body.model.nv)
        mujoco.mj_differentiatePos(body.model, theirs, 1.0, a, b)
        np.testing.assert_allclose(ours, theirs, atol=1e-9)


def test_a_small_command_does_what_the_linearisation_says(
    body: Humanoid, path: Reconstruction
) -> None:
    command = target_of(path.reference, body).commands[5].astype(np.float64)
    linear = linearise(path.qpos[4], path.qvel[4], command, body)
    nudge = np.zeros(body.actuators)
    nudge[3] = 1e-3  # rad
    here = Standing(np.tile(path.qpos[4], (2, 1)), np.tile(path.qvel[4], (2, 1)))
    after, _ = Crowd(body).step(here, np.stack([command, command + nudge]))
    moved = TangentSpace(body.model).apart(after.qpos[:1], after.qpos[1:])[0]
    np.testing.assert_allclose(moved, (linear.command @ nudge)[: body.model.nv], atol=2e-6)


def test_on_the_path_the_feedback_does_what_the_path_does(
    path: Reconstruction, expert: Feedback
) -> None:
    frames = np.array([0, 7])
    actions = expert.act(path.qpos[frames], path.qvel[frames], frames)
    np.testing.assert_allclose(actions, path.actions[frames], atol=1e-6)


def test_a_correction_is_never_larger_than_it_may_be(
    path: Reconstruction, expert: Feedback
) -> None:
    away = path.qpos[:1].copy()
    away[0, :3] += 2
    change = expert.act(away, path.qvel[:1], np.zeros(1, np.intp)) - path.actions[:1]
    assert np.abs(change).max() == pytest.approx(LARGEST / ACTION_SCALE, rel=1e-5)


def test_past_the_end_the_last_action_goes_on(path: Reconstruction, expert: Feedback) -> None:
    last = len(path.actions) - 1
    states = path.qpos[[last]], path.qvel[[last]]
    late = expert.act(*states, np.array([last + 50]))
    assert late.tobytes() == expert.act(*states, np.array([last])).tobytes()


def test_far_from_the_end_the_gains_are_those_of_the_algebraic_riccati_equation() -> None:
    state = np.array([[1.0, 0.1], [0.2, 0.9]])
    command, weights = np.array([[0.0], [0.5]]), np.diag([3.0, 1.0])
    gains = regulator([Linearisation(state, command)] * 200, weights)
    cost = solve_discrete_are(state, command, weights, np.array([[COMMAND]]))
    weighed = command.T @ cost
    steady = np.linalg.solve(COMMAND + weighed @ command, weighed @ state)
    np.testing.assert_allclose(gains[0], steady, rtol=1e-6)


def test_a_pushed_body_is_held_near_the_path(
    body: Humanoid, path: Reconstruction, expert: Feedback
) -> None:
    target, crowd, space = target_of(path.reference, body), Crowd(body), TangentSpace(body.model)
    push = 0.05 * np.random.default_rng(1).normal(size=(8, body.model.nv))  # m/s, rad/s
    standing = Standing(np.tile(path.qpos[0], (8, 1)), path.qvel[0] + push)
    for frame in range(len(path.actions)):
        actions = expert.act(standing.qpos, standing.qvel, np.full(8, frame))
        commands = target.commands[frame + 1] + ACTION_SCALE * actions
        standing, _ = crowd.step(standing, commands)
    off = space.apart(np.tile(path.qpos[-1], (8, 1)), standing.qpos)
    assert np.linalg.norm(off[:, :3], axis=1).mean() < 0.05  # m


def test_feedback_is_the_same_on_more_threads(
    body: Humanoid, path: Reconstruction, expert: Feedback
) -> None:
    assert feedback(path, body, threads=2).gains.tobytes() == expert.gains.tobytes()
