from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

import mujoco

from claims_env.motion import Motion
from claims_env.rotation import about, multiply, rotate
from claims_env.skeleton import INDEX, STANDING_HEIGHT, UPRIGHT
from claims_env.trackers.mujoco.batch_physics import RolloutPhysics, batch_physics
from claims_env.trackers.mujoco.clip_progress import FLOOR, ClipProgress, Practice
from claims_env.trackers.mujoco.environment import Environment
from claims_env.trackers.mujoco.evaluation import perform, zero_action
from claims_env.trackers.mujoco.humanoid import Humanoid, humanoid
from claims_env.trackers.mujoco.imitation_reward import distance, imitation_reward
from claims_env.trackers.mujoco.observation import observe, size
from claims_env.trackers.mujoco.reference import Corpus, gather, refer
from claims_env.trackers.mujoco.simulation import Simulation

pytestmark = pytest.mark.physics


def squat(frames: int = 24, depth: float = 0.3, name: str = "squat") -> Motion:
    """Knees and hips bend and stretch in place."""
    bend = depth * (1 - np.cos(np.linspace(0, 2 * np.pi, frames)))
    rotations = np.tile(np.array([1.0, 0, 0, 0]), (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    for side in "LR":
        rotations[:, INDEX[f"{side}_Hip"]] = about("x", -bend)
        rotations[:, INDEX[f"{side}_Knee"]] = about("x", 2 * bend)
        rotations[:, INDEX[f"{side}_Ankle"]] = about("x", -bend)
    root = np.tile(np.array([0, 0, STANDING_HEIGHT]), (frames, 1))
    root[:, 2] -= 0.8 * (1 - np.cos(bend))
    return Motion(rotations, root, 30.0, name)


def progress(
    clips: int,
    assist: tuple[float, float] = (0.0, 0.0),
    before: dict[str, Practice] | None = None,
) -> ClipProgress:
    """Clips '0', '1', ... of a hundred frames, between the least and the most help."""
    names, lengths = [str(clip) for clip in range(clips)], np.full(clips, 100)
    least, most = assist
    return ClipProgress(names, lengths, before or {}, least=least, most=most, replay=0.3)


def practising(
    body: Humanoid,
    corpus: Corpus,
    n: int,
    seed: list[int],
    assist: float = 0.0,
    most: float = 0.0,
) -> Environment:
    known = ClipProgress(corpus.names, corpus.lengths, {}, least=assist, most=most, replay=0.3)
    return Environment(body, corpus, n, known, seed)


@pytest.fixture(scope="module")
def body() -> Humanoid:
    return humanoid("lite")


@pytest.fixture(scope="module")
def corpus(body: Humanoid) -> Corpus:
    return gather([refer(squat(), body), refer(squat(40, 0.5, "deep"), body)], body)


def test_batch_and_rollout_simulate_the_same(body: Humanoid, corpus: Corpus) -> None:
    ends = []
    for physics in (batch_physics(body.model, 3), RolloutPhysics(body.model, 3)):
        physics.qpos[:], physics.qvel[:] = corpus.qpos[:3], corpus.qvel[:3]
        physics.ctrl[:] = corpus.coordinates[3:6]
        physics.applied[:] = 0
        physics.applied[:, 2] = 50
        physics.step(body.substeps)
        ends.append(physics.qpos.copy())
    np.testing.assert_allclose(ends[0], ends[1], atol=1e-8)


def test_physics_does_not_depend_on_the_number_of_threads(body: Humanoid, corpus: Corpus) -> None:
    ends = []
    for threads in (1, 2):
        physics = batch_physics(body.model, 8, threads)
        physics.qpos[:], physics.ctrl[:] = corpus.qpos[:8], corpus.coordinates[:8]
        physics.step(30)
        ends.append(physics.qpos.tobytes())
    assert ends[0] == ends[1]


def test_an_unactuated_body_falls_as_mujoco_lets_it(body: Humanoid) -> None:
    physics = batch_physics(body.model, 1)
    data = mujoco.MjData(body.model)
    physics.qpos[:] = data.qpos
    physics.step(9)
    mujoco.mj_step(body.model, data, nstep=9)
    np.testing.assert_allclose(physics.qpos[0], data.qpos, atol=1e-12)


def test_an_observation_has_the_length_the_networks_are_built_for(
    body: Humanoid, corpus: Corpus
) -> None:
    simulation = Simulation(body, corpus, 4)
    assert observe(simulation).shape == (4, size(body.actuators))
    assert observe(simulation).dtype == np.float32


def test_an_observation_is_the_same_wherever_the_body_stands_and_faces(body: Humanoid) -> None:
    here = squat()
    turn = about("z", 2.0)
    there = squat(name="elsewhere")
    there.rotations[:, 0] = multiply(np.tile(turn, (24, 1)), there.rotations[:, 0])
    there.root[:] = rotate(turn, there.root) + np.array([3.0, -2.0, 0])
    both = gather([refer(here, body), refer(there, body)], body)
    simulation = Simulation(body, both, 2)
    simulation.start(np.arange(2), np.arange(2), np.array([6, 6]))
    seen = observe(simulation)
    np.testing.assert_allclose(seen[0], seen[1], atol=2e-4)


def test_a_body_on_its_reference_earns_the_full_reward(body: Humanoid, corpus: Corpus) -> None:
    simulation = Simulation(body, corpus, 2)
    simulation.start(np.arange(2), np.array([0, 1]), np.array([5, 9]))
    np.testing.assert_allclose(imitation_reward(simulation), 1, atol=1e-4)
    np.testing.assert_allclose(distance(simulation), 0, atol=1e-6)


def test_a_body_half_a_metre_off_earns_little_for_its_place(body: Humanoid, corpus: Corpus) -> None:
    simulation = Simulation(body, corpus, 1)
    away = np.zeros((1, body.model.nq), np.float32)
    away[0, 0] = 0.5
    still = np.zeros((1, body.model.nv), np.float32)
    simulation.start(np.arange(1), np.zeros(1, np.intp), np.full(1, 5), (away, still))
    assert distance(simulation)[0] == pytest.approx(0.5, abs=1e-4)
    # 0.5 (place) x 0.5 x exp(-10 x 0.25) is left of the place's half
    assert imitation_reward(simulation)[0] == pytest.approx(0.5 + 0.25 * np.exp(-2.5), abs=1e-3)


def test_a_simulation_that_blows_up_is_caught_and_counted(body: Humanoid, corpus: Corpus) -> None:
    environment = practising(body, corpus, 3, [0])
    environment.simulation.physics.qvel[1, 0] = 500  # m/s
    step = environment.step(np.zeros((3, body.actuators), np.float32))
    assert environment.diverged == 1
    assert list(step.terminated) == [False, True, False]
    assert step.reward[1] == 0
    assert np.isfinite(environment.observation).all()


def test_an_episode_ends_at_the_end_of_its_clip(body: Humanoid, corpus: Corpus) -> None:
    environment = practising(body, corpus, 1, [0], assist=1.0)
    s = environment.simulation
    s.start(np.arange(1), np.zeros(1, np.intp), np.array([corpus.lengths[0] - 2]))
    step = environment.step(np.zeros((1, body.actuators), np.float32))
    assert (bool(step.terminated[0]), bool(step.truncated[0])) == (False, True)
    ended, failed = environment.outcomes()
    assert (ended.sum(), failed.sum()) == (1, 0)


def test_practice_repeats_under_its_seed(body: Humanoid, corpus: Corpus) -> None:
    runs = []
    for _ in range(2):
        environment = practising(body, corpus, 4, [3, 1], assist=0.2)
        for _ in range(5):
            environment.step(np.full((4, body.actuators), 0.1, np.float32))
        runs.append(environment.observation.tobytes())
    assert runs[0] == runs[1]


def test_clips_that_fail_are_drawn_more_often_and_none_is_forgotten() -> None:
    known = progress(3)
    for _ in range(500):
        known.learn(np.array([10.0, 10, 10]), np.array([10.0, 0, 0]))
    np.testing.assert_allclose(known.failure, [1, 0, 0], atol=1e-6)
    even = FLOOR / 3
    np.testing.assert_allclose(known.probabilities, [1 - 2 * even, even, even], atol=1e-6)


def test_one_failed_episode_moves_the_failure_rate_by_a_fiftieth() -> None:
    known = progress(1)
    known.learn(np.array([1.0]), np.array([1.0]))
    assert known.failure[0] == pytest.approx(0.98 * 0.5 + 0.02)


def test_help_falls_where_episodes_succeed_and_rises_where_they_are_lost() -> None:
    known = progress(3, assist=(0.0, 0.4), before={"1": Practice(0.5, 0.2), "2": Practice(0, 0)})
    assert known.assist.tolist() == [0.4, 0.2, 0.0]
    known.learn(np.array([2.0, 2, 2]), np.array([0.0, 1, 2]))
    # two won: down by 2 x 0.03 x 0.35; one of two: up by 0.03 x 0.3; both lost: up by 0.03 x 1.3
    np.testing.assert_allclose(known.assist, [0.379, 0.209, 0.039])


def test_help_stays_between_the_least_and_the_most_there_is() -> None:
    known = progress(2, assist=(0.1, 0.3))
    for _ in range(100):
        known.learn(np.array([5.0, 5]), np.array([0.0, 5]))
    assert known.assist.tolist() == [0.1, 0.3]


def test_new_clips_get_their_share_of_practice_however_many_old_ones_there_are() -> None:
    before = {str(clip): Practice(0.5, 0.0) for clip in range(9)}
    known = progress(10, before=before)
    assert known.probabilities[9] == pytest.approx(0.7)
    np.testing.assert_allclose(known.probabilities[:9], 0.3 / 9)


def test_what_is_known_of_clips_outlives_a_stage() -> None:
    known = progress(2, assist=(0.0, 0.5))
    known.learn(np.array([5.0, 0]), np.array([0.0, 0]))
    again = progress(2, assist=(0.0, 0.5), before=known.practices())
    assert again.failure.tolist() == known.failure.tolist()
    assert again.assist.tolist() == known.assist.tolist()


def test_practice_is_mastered_when_no_clip_fails_and_none_is_helped() -> None:
    known = progress(2, assist=(0.0, 0.1))
    for _ in range(10):
        known.learn(np.array([50.0, 50]), np.zeros(2))
    assert known.mastered(0.95)
    assert not known.mastered(1.0)
    known.learn(np.array([0.0, 1]), np.array([0.0, 1]))
    assert not known.mastered(0.95)


def test_some_episodes_go_without_help_and_do_not_count_against_their_clip(
    body: Humanoid, corpus: Corpus
) -> None:
    environment = practising(body, corpus, 400, [0], assist=0.0, most=0.5)
    helped = environment.simulation.assist > 0
    assert 0.7 < helped.mean() < 0.9
    for clip in range(2):
        rows = environment.simulation.clip == clip
        assert set(environment.simulation.assist[rows]) == {0.0, 0.5}


def test_every_clip_is_performed_from_frame_one_to_its_end(body: Humanoid) -> None:
    references = [refer(squat(), body), refer(squat(40, 0.5, "deep"), body)]
    clips = perform(references, body, zero_action(body), assist=0.5)
    assert [clip.name for clip in clips] == ["squat", "deep"]
    for clip, frames in zip(clips, (24, 40), strict=True):
        assert clip.joints is not None
        assert clip.reference is not None
        assert clip.joints.shape == clip.reference.shape == (frames - 1, 24, 3)
    assert clips[0].metrics.success


def test_a_clip_is_performed_alike_alone_and_among_others(body: Humanoid) -> None:
    references = [refer(squat(20, 0.1 * k, str(k)), body) for k in range(1, 6)]
    together = perform(references, body, zero_action(body), assist=0.3)
    alone = perform(references[3:4], body, zero_action(body), assist=0.3)
    assert together[3].joints is not None
    assert alone[0].joints is not None
    assert together[3].joints.tobytes() == alone[0].joints.tobytes()


def test_a_simulation_that_blows_up_counts_as_failed(body: Humanoid) -> None:
    sane = refer(squat(), body)
    velocities = sane.qvel.copy()
    velocities[0, 0] = 500  # m/s
    thrown = replace(sane, qvel=velocities)
    clip = perform([thrown], body, zero_action(body), assist=0.0)[0]
    assert not clip.metrics.success
    assert np.isfinite(clip.metrics.g_mpjpe)
