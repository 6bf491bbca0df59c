"""The planner as a teacher: whom it teaches, what a lesson is, and how the policy listens."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

import torch

from claims_env.motion import Motion
from claims_env.rotation import about
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT
from claims_env.trackers.mujoco.humanoid import Humanoid, humanoid
from claims_env.trackers.mujoco.planning.lessons import teach
from claims_env.trackers.mujoco.planning.settings import PlanningSettings
from claims_env.trackers.mujoco.policy import Policy
from claims_env.trackers.mujoco.ppo import loss
from claims_env.trackers.mujoco.reference import Lesson, gather, refer
from claims_env.trackers.mujoco.settings import MujocoSettings

pytestmark = pytest.mark.physics

SMALL = (PlanningSettings(samples=24, survivors=6, retreats=False),)


def wave(name: str, frames: int = 24) -> Motion:
    rotations = np.tile(np.array([1.0, 0, 0, 0]), (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    rotations[:, INDEX["L_Shoulder"]] = about("z", np.sin(np.arange(frames) / 5))
    root = np.tile(np.array([0, 0, STANDING_HEIGHT]), (frames, 1))
    return Motion(rotations, root, 30.0, name)


@pytest.fixture(scope="module")
def body() -> Humanoid:
    return humanoid("lite")


def test_only_new_clips_get_a_lesson(body: Humanoid) -> None:
    references = [refer(wave("old"), body), refer(wave("new"), body)]
    shares: list[float] = []
    taught = teach(
        references,
        body,
        known={"old"},
        seed=0,
        threads=1,
        settings=SMALL,
        on_progress=shares.append,
    )
    assert (taught.asked, taught.complete, shares) == (1, 1, [1.0])
    assert taught.steps > 0
    old, new = taught.references
    assert old.lesson is None
    assert new.lesson is not None
    assert new.lesson.qpos.shape == new.qpos.shape
    assert new.lesson.actions.shape == (len(new.qpos) - 1, body.actuators)


def test_practice_starts_on_the_teachers_states_where_there_are_any(body: Humanoid) -> None:
    plain = refer(wave("a"), body)
    begun = Lesson(plain.qpos[:10] + 1, plain.qvel[:10] + 2, np.zeros((9, body.actuators)))
    corpus = gather([plain, replace(plain, lesson=begun)], body)
    n = len(plain.qpos)
    np.testing.assert_array_equal(corpus.start_qpos[:n], plain.qpos)
    np.testing.assert_array_equal(corpus.start_qpos[n : n + 10], plain.qpos[:10] + 1)
    np.testing.assert_array_equal(corpus.start_qvel[n + 10 :], plain.qvel[10:])
    known = np.isfinite(corpus.taught).all(1)
    assert known.tolist() == [False] * n + [True] * 9 + [False] * (n - 9)


def test_an_attentive_policy_comes_to_act_like_its_teacher() -> None:
    policy = Policy(3, 2, MujocoSettings(hidden=(16,), precision="float32"), 0)
    random = torch.Generator().manual_seed(0)
    seen = torch.randn(64, 3, generator=random)
    wanted = torch.where(seen[:, :2] > 0, 0.5, -0.5)
    wanted[:32] = float("nan")  # of these the teacher says nothing
    rest = torch.zeros(64)
    optimiser = torch.optim.Adam([policy.parameters], lr=0.02)
    policy.parameters.grad = policy.gradient

    def unlike() -> float:
        return float((policy.action(seen)[32:] - wanted[32:]).detach().abs().mean())

    before = unlike()
    for _ in range(200):
        policy.gradient.zero_()
        value, _ = loss(policy, seen, wanted.nan_to_num(), rest, rest, rest, wanted, attention=1.0)
        value.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    assert unlike() < 0.5 * before


def test_without_attention_the_teacher_is_not_heard() -> None:
    policy = Policy(3, 2, MujocoSettings(hidden=(16,), precision="float32"), 0)
    seen, rest = torch.ones(4, 3), torch.zeros(4)
    heard = [
        float(loss(policy, seen, torch.zeros(4, 2), rest, rest, rest, taught)[0].detach())
        for taught in (torch.zeros(4, 2), torch.full((4, 2), 9.0))
    ]
    assert heard[0] == heard[1]
