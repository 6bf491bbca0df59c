"""Reconstruction: what the search finds, that it repeats, and where it gives up."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

from toys import swaying

from claims_env.errors import ConfigError
from claims_env.trackers.mujoco.humanoid import Humanoid, humanoid
from claims_env.trackers.mujoco.planning.corrected_motion import CORRECTED, corrected
from claims_env.trackers.mujoco.planning.crowd import Crowd, Standing
from claims_env.trackers.mujoco.planning.lineage import Survivors, path_to_best
from claims_env.trackers.mujoco.planning.reconstruction import Reconstruction, reconstruct
from claims_env.trackers.mujoco.planning.selection import parents, selected, spread_of
from claims_env.trackers.mujoco.planning.settings import PlanningSettings
from claims_env.trackers.mujoco.planning.target import centre_of_mass, target_of
from claims_env.trackers.mujoco.reference import Reference, refer
from claims_env.trackers.mujoco.simulation import ACTION_SCALE
from claims_env.tracking_metrics import FAILURE_DISTANCE

pytestmark = pytest.mark.physics

SMALL = PlanningSettings(samples=48, survivors=12, most_steps=4_000)


@pytest.fixture(scope="module")
def body() -> Humanoid:
    return humanoid("lite")


@pytest.fixture(scope="module")
def reference(body: Humanoid) -> Reference:
    return refer(swaying(1.0, "arms", frames=20), body)


@pytest.fixture(scope="module")
def found(body: Humanoid, reference: Reference) -> Reconstruction:
    return reconstruct([reference], body, seed=3, settings=[SMALL], threads=1)[0]


def leaping(reference: Reference, far: float) -> Reference:
    """Return the clip with everything from frame 9 on that far away [m]."""
    qpos = reference.qpos.copy()
    qpos[9:, 0] += far
    return replace(reference, qpos=qpos)


def test_a_standing_body_that_swings_its_arms_is_performed_to_the_end(
    found: Reconstruction, reference: Reference
) -> None:
    assert found.complete
    assert found.tracked == 1
    assert found.qpos.shape == reference.qpos.shape
    assert found.qvel.shape == reference.qvel.shape
    assert found.actions.shape == (19, 28)
    assert found.distance.max() < FAILURE_DISTANCE
    assert found.effort > 0


def test_a_path_is_what_its_actions_lead_to_bit_for_bit(
    body: Humanoid, found: Reconstruction, reference: Reference
) -> None:
    target, crowd = target_of(reference, body), Crowd(body)
    standing = Standing(found.qpos[:1], found.qvel[:1])
    for frame, action in enumerate(found.actions, 1):
        commands = target.commands[frame] + ACTION_SCALE * action[None]
        standing, blown_up = crowd.step(standing, commands)
        assert not blown_up.any()
        assert standing.qpos[0].tobytes() == found.qpos[frame].tobytes()
        assert standing.qvel[0].tobytes() == found.qvel[frame].tobytes()


def test_the_same_seed_gives_the_same_bytes_alone_among_others_and_on_more_threads(
    body: Humanoid, found: Reconstruction, reference: Reference
) -> None:
    other = refer(swaying(2.0, "faster", frames=12), body)
    together = reconstruct([other, reference], body, seed=3, settings=[SMALL], threads=2)[1]
    threaded = reconstruct([reference], body, seed=3, settings=[SMALL], threads=2)[0]
    for again in (together, threaded):
        assert again.qpos.tobytes() == found.qpos.tobytes()
        assert again.actions.tobytes() == found.actions.tobytes()
        assert (again.steps, again.effort) == (found.steps, found.effort)


def test_another_seed_finds_another_way(body: Humanoid, reference: Reference) -> None:
    sideways = leaping(reference, 0.3)
    ways = [
        reconstruct([sideways], body, seed=seed, settings=[SMALL], threads=1)[0] for seed in (3, 4)
    ]
    assert ways[0].actions.tobytes() != ways[1].actions.tobytes()


def test_a_clip_that_leaps_three_metres_is_given_up_where_it_leaps(
    body: Humanoid, reference: Reference
) -> None:
    leap = leaping(reference, 3.0)
    lost = reconstruct([leap], body, seed=0, settings=[SMALL], threads=1)[0]
    assert not lost.complete
    assert lost.tracked == pytest.approx(8 / 19)  # frames 1 to 8 of the 19 to be tracked
    assert lost.tries == 1
    # 4000 steps a second for 19/30 s, and the way to the leap that was under way
    assert lost.steps <= 4_000 * 19 / 30 + 9 * 2 * SMALL.samples


def test_where_a_search_fails_another_follows_and_all_their_steps_count(
    body: Humanoid, found: Reconstruction, reference: Reference
) -> None:
    hopeless = replace(SMALL, samples=12, survivors=12, spread=8.0, retreats=False)
    again = reconstruct([reference], body, seed=3, settings=[SMALL, hopeless], threads=1)[0]
    assert (again.tries, again.steps) == (1, found.steps)
    leap = leaping(reference, 3.0)
    lost = reconstruct([leap], body, seed=3, settings=[hopeless, hopeless], threads=1)[0]
    assert lost.tries == 2 and not lost.complete
    once = reconstruct([leap], body, seed=3, settings=[hopeless], threads=1)[0]
    assert lost.steps > once.steps


def test_progress_is_told_once_for_each_clip(body: Humanoid, reference: Reference) -> None:
    told: list[int] = []
    reconstruct(
        [reference, reference],
        body,
        seed=0,
        settings=[replace(SMALL, most_steps=1, retreats=False)],
        threads=1,
        on_progress=lambda: told.append(1),
    )
    assert told == [1, 1]


def test_a_corrected_clip_has_its_joints_where_the_body_had_its_landmarks(
    body: Humanoid, found: Reconstruction
) -> None:
    motion = corrected(found, body)
    landmarks = body.kinematics.place(found.qpos.astype(np.float32)).landmarks
    np.testing.assert_allclose(motion.joints, landmarks, atol=1e-5)
    assert (motion.fps, motion.name) == (30.0, "arms")
    assert motion.provenance["generator"] == CORRECTED == "physically corrected by planning"


def test_the_centre_of_mass_is_mujocos(body: Humanoid, reference: Reference) -> None:
    import mujoco

    data = mujoco.MjData(body.model)
    data.qpos[:] = reference.qpos[7]
    mujoco.mj_forward(body.model, data)
    placement = body.kinematics.place(reference.qpos[7:8])
    np.testing.assert_allclose(centre_of_mass(placement, body)[0], data.subtree_com[1], atol=1e-5)


def test_a_simulation_that_blows_up_is_told_and_put_back_at_rest(
    body: Humanoid, reference: Reference
) -> None:
    qpos, qvel = reference.qpos[:2].astype(float), np.zeros((2, body.model.nv))
    qvel[1, 0] = 500  # m/s
    commands = target_of(reference, body).commands[:2]
    after, blown_up = Crowd(body).step(Standing(qpos, qvel), commands)
    assert blown_up.tolist() == [False, True]
    assert after.qpos[1].tobytes() == qpos[1].tobytes()
    assert not after.qvel[1].any()


def test_the_way_back_follows_the_parents() -> None:
    def generation(parents: list[int], mark: float, costs: list[float]) -> Survivors:
        state = np.array([[mark], [mark + 1]])
        return Survivors(
            np.array(parents), state.astype(np.float32), (Standing(state, state),), np.array(costs)
        )

    generations = [
        generation([0, 1], 0, [0, 0]),
        generation([0, 0], 10, [1, 2]),
        generation([1, 0], 20, [5, 4]),
    ]
    path = path_to_best(generations)
    # the cheaper last one is row 1, its parent row 0, whose parent is row 0
    assert path.qpos.ravel().tolist() == [0, 10, 21]
    assert path.actions.ravel().tolist() == [10, 21]


def test_half_of_the_survivors_are_the_best_and_the_others_are_spread() -> None:
    cost = np.arange(100)[::-1].astype(float)
    # of the best 30: the first two, then ranks 2 and 2 + 28/2
    assert selected(cost, 4).tolist() == [99, 98, 97, 83]


def test_every_survivor_has_a_child() -> None:
    chosen = parents(np.random.default_rng(0), 5, 12)
    assert chosen[:5].tolist() == [0, 1, 2, 3, 4]
    assert len(chosen) == 12 and chosen.max() < 5


def test_the_neck_tries_less_than_the_hips(body: Humanoid) -> None:
    spread = spread_of(body)
    assert spread.shape == (28,)
    assert spread.min() == pytest.approx(0.3) and spread.max() == 1


def test_no_clips_take_no_search(body: Humanoid) -> None:
    assert reconstruct([], body, seed=0) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"samples": 0}, "samples is 0"),
        ({"survivors": 600}, "survivors is 600"),
        ({"spread": 0.0}, "spread is 0"),
        ({"memory": 1.5}, "memory is 1.5"),
        ({"habits": ()}, "habits is"),
        ({"habits": (0.5, -1.0)}, "habits is"),
        ({"balance": -1.0}, "balance is -1"),
    ],
)
def test_settings_no_search_can_have_are_refused_by_name(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        PlanningSettings(**wrong)
