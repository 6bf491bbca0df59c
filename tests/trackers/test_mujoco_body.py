from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mujoco")
pytest.importorskip("torch")

import mujoco

from claims_env.errors import MotionError
from claims_env.motion import Motion, motion_from_poses, read_npz
from claims_env.motion_filter import SHORTEST_S
from claims_env.rotation import about, multiply
from claims_env.skeleton import INDEX, JOINTS, STANDING_HEIGHT, UPRIGHT, forward_kinematics
from claims_env.trackers.mujoco.assist import LEVER, wrench
from claims_env.trackers.mujoco.body_plan import PLANS
from claims_env.trackers.mujoco.grounding import floor_offset, lowest_points
from claims_env.trackers.mujoco.humanoid import DAMPING_TIME, Humanoid, humanoid, in_tree_order
from claims_env.trackers.mujoco.reference import gather, refer
from claims_env.trackers.mujoco.retargeting import resampled

pytestmark = pytest.mark.physics


@pytest.fixture(scope="module")
def body() -> Humanoid:
    return humanoid("lite")


def motion(frames: int = 10, fps: float = 30.0, name: str = "clip") -> Motion:
    rotations = np.tile(np.array([1.0, 0, 0, 0]), (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    root = np.tile(np.array([0, 0, STANDING_HEIGHT]), (frames, 1))
    return Motion(rotations, root, fps, name)


def standing(body: Humanoid) -> np.ndarray:
    return refer(motion(), body).qpos[:1]


def test_the_lite_body_has_13_moving_bodies_and_28_actuators(body: Humanoid) -> None:
    assert (len(body.kinematics.bodies), body.actuators, body.model.nv) == (13, 28, 34)


def test_the_lite_body_weighs_72_kilograms(body: Humanoid) -> None:
    assert body.weight == pytest.approx(72 * 9.81, rel=2e-3)


def test_actuators_follow_the_order_of_the_velocities(body: Humanoid) -> None:
    order = [
        mujoco.mj_id2name(body.model, mujoco.mjtObj.mjOBJ_JOINT, i)
        for i in range(1, body.model.njnt)
    ]
    assert order == in_tree_order(PLANS["lite"])
    assert list(body.model.actuator_trnid[:, 0]) == list(body.model.dof_jntid[6:])


def test_damping_stands_in_the_joints_and_not_in_the_actuators(body: Humanoid) -> None:
    stiffness = body.model.actuator_gainprm[:, 0]
    np.testing.assert_allclose(body.model.dof_damping[6:], DAMPING_TIME * stiffness)
    assert not body.model.actuator_biasprm[:, 2].any()


def test_kinematics_agree_with_mujoco(body: Humanoid) -> None:
    draw, data = np.random.default_rng(0), mujoco.MjData(body.model)
    data.qpos[:] = draw.normal(size=body.model.nq)
    mujoco.mj_normalizeQuat(body.model, data.qpos)
    mujoco.mj_kinematics(body.model, data)
    placed = body.kinematics.place(data.qpos[None].astype(np.float32))
    np.testing.assert_allclose(placed.positions[0], data.xpos[1:], atol=1e-5)
    same = np.abs((placed.orientations[0] * data.xquat[1:]).sum(-1))
    np.testing.assert_allclose(same, 1, atol=1e-5)


def test_joint_coordinates_are_what_the_actuators_measure(body: Humanoid) -> None:
    data = mujoco.MjData(body.model)
    data.qpos[7:] = np.random.default_rng(1).normal(size=body.model.nq - 7)
    mujoco.mj_normalizeQuat(body.model, data.qpos)
    mujoco.mj_forward(body.model, data)
    measured = body.kinematics.coordinates(data.qpos[None].astype(np.float32))[0]
    np.testing.assert_allclose(measured, data.actuator_length, atol=1e-5)


def test_the_rest_pose_needs_no_retargeting(body: Humanoid) -> None:
    reference = refer(motion(), body)
    assert reference.retarget_error == pytest.approx(0, abs=1e-3)
    np.testing.assert_allclose(reference.qvel, 0, atol=1e-5)


def test_a_bent_knee_and_a_turned_hip_are_taken_over_exactly(body: Humanoid) -> None:
    bent = motion()
    bent.rotations[:, INDEX["L_Knee"]] = about("x", 1.2)
    bent.rotations[:, INDEX["L_Hip"]] = multiply(about("x", -0.9), about("y", 0.4))
    reference = refer(bent, body)
    assert reference.retarget_error == pytest.approx(0, abs=1e-3)
    knee = body.kinematics.coordinates(reference.qpos)[:, 3]
    np.testing.assert_allclose(knee, 1.2, atol=1e-6)


def test_an_evenly_bent_spine_keeps_the_neck_within_two_centimetres(body: Humanoid) -> None:
    bowed = motion()
    for joint in ("Spine1", "Spine2", "Spine3"):
        bowed.rotations[:, INDEX[joint]] = about("x", 0.35)
    placed = body.kinematics.place(refer(bowed, body).qpos)
    neck = forward_kinematics(bowed.rotations, bowed.root).positions[:, INDEX["Neck"]]
    off = placed.landmarks[:, INDEX["Neck"], :2] - neck[:, :2]
    assert np.linalg.norm(off, axis=1).max() < 0.02


def test_velocities_are_mujocos_own_differences(body: Humanoid) -> None:
    turning = motion(12)
    time_s = np.arange(12) / 30
    turning.rotations[:, 0] = multiply(about("z", 2 * time_s), UPRIGHT)
    turning.rotations[:, INDEX["L_Shoulder"]] = multiply(about("z", time_s), about("y", 3 * time_s))
    turning.root[:, 0] = 1.5 * time_s
    reference, expected = refer(turning, body), np.zeros(body.model.nv)
    before, after = reference.qpos[4].astype(np.float64), reference.qpos[6].astype(np.float64)
    mujoco.mj_differentiatePos(body.model, expected, 2 / 30, before, after)
    np.testing.assert_allclose(reference.qvel[5], expected, atol=1e-4)
    assert reference.qvel[5, 0] == pytest.approx(1.5, abs=1e-4)


def test_a_clip_at_60_hz_is_halved_to_the_control_rate() -> None:
    fast = motion(61, fps=60.0)
    fast.root[:, 0] = np.arange(61)
    rotations, root = resampled(fast)
    assert len(rotations) == 31
    np.testing.assert_allclose(root[:, 0], np.arange(31) * 2)


def test_a_clip_of_a_single_control_step_is_refused_by_name(body: Humanoid) -> None:
    with pytest.raises(MotionError, match="blink"):
        refer(motion(2, fps=120.0, name="blink"), body)


def test_a_hovering_clip_is_set_on_the_floor(body: Humanoid) -> None:
    hovering = motion(30)
    hovering.root[:, 2] += 0.04
    reference = refer(hovering, body)
    lowest = lowest_points(body.kinematics.place(reference.qpos), body)
    np.testing.assert_allclose(lowest, -0.003, atol=1e-3)


def test_a_flight_is_not_pulled_down() -> None:
    lowest = np.zeros(60)
    lowest[20:40] = 0.4
    assert np.abs(floor_offset(lowest)[26:34]).max() < 0.01


def test_the_lowest_point_is_where_mujoco_touches(body: Humanoid) -> None:
    data = mujoco.MjData(body.model)
    data.qpos[:] = standing(body)[0]
    data.qpos[2] -= 0.01
    mujoco.mj_forward(body.model, data)
    deepest = min(contact.dist for contact in data.contact[: data.ncon])
    lowest = lowest_points(body.kinematics.place(data.qpos[None].astype(np.float32)), body)
    assert lowest[0] == pytest.approx(deepest, abs=1e-5)


def test_the_wrench_never_exceeds_its_share_of_the_weight(body: Humanoid) -> None:
    draw = np.random.default_rng(0)
    here, wanted = (draw.normal(0, 5, (100, body.model.nq)) for _ in range(2))
    slow, fast = (draw.normal(0, 5, (100, body.model.nv)) for _ in range(2))
    help_ = wrench(here, slow, wanted, fast, assist=0.3, weight=700.0)
    assert np.linalg.norm(help_[:, :3], axis=1).max() <= 210 * 1.0001
    assert np.linalg.norm(help_[:, 3:], axis=1).max() <= 210 * LEVER * 1.0001
    assert np.linalg.norm(help_[:, :3], axis=1).max() > 209


def test_the_wrench_pulls_towards_the_reference(body: Humanoid) -> None:
    here = standing(body)
    wanted, still = here.copy(), np.zeros((1, body.model.nv), np.float32)
    wanted[0, 2] += 0.01
    help_ = wrench(here, still, wanted, still, assist=1.0, weight=700.0)[0]
    assert help_[2] > 0
    np.testing.assert_allclose(help_[[0, 1, 3, 4, 5]], 0, atol=1e-4)


def test_clips_lie_end_to_end_in_a_corpus(body: Humanoid) -> None:
    corpus = gather([refer(motion(7, name="a"), body), refer(motion(5, name="b"), body)], body)
    assert corpus.names == ("a", "b")
    assert (list(corpus.first), list(corpus.lengths)) == ([0, 7], [7, 5])
    assert corpus.landmarks.shape == (12, len(JOINTS), 3)


def test_real_clips_are_retargeted_within_five_centimetres(
    body: Humanoid, mocap_folder: Path
) -> None:
    for file in sorted(mocap_folder.glob("*.npz"))[::5]:
        arrays = read_npz(file)
        real = motion_from_poses(
            arrays["poses"],
            arrays["trans"],
            float(arrays["mocap_framerate"]),
            name=file.stem,
            provenance={},
            source=file,
        )
        assert refer(real, body).retarget_error < 50


@pytest.mark.parametrize("fps", [20.0, 29.97, 30.0, 50.0, 59.94, 120.0])
def test_the_shortest_clip_that_is_let_in_has_frames_enough(fps: float) -> None:
    shortest = motion(frames=int(np.ceil(SHORTEST_S * fps)) + 1, fps=fps)
    assert shortest.seconds >= SHORTEST_S
    assert len(resampled(shortest)[1]) >= 5  # under 5 frames PHC leaves a clip out
