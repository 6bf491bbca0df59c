from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from supplied_humanoids import UPRIGHT_FRAME, humanoid_text, write_humanoid

pytest.importorskip("mujoco")
pytest.importorskip("torch")

import mujoco

from claims_env.errors import MotionError, UnknownName
from claims_env.generators.composer import Composer
from claims_env.motion import Motion, motion_from_poses, read_npz
from claims_env.motion_filter import SHORTEST_S
from claims_env.rotation import about, multiply
from claims_env.skeleton import INDEX, JOINTS, STANDING_HEIGHT, UPRIGHT, forward_kinematics
from claims_env.trackers.mujoco.assist import LEVER, wrench
from claims_env.trackers.mujoco.body_plan import PLANS
from claims_env.trackers.mujoco.grounding import floor_offset, lowest_points
from claims_env.trackers.mujoco.humanoid import CONTROL_HZ, Humanoid, humanoid
from claims_env.trackers.mujoco.mjcf import in_tree_order, mjcf
from claims_env.trackers.mujoco.reference import gather, refer
from claims_env.trackers.mujoco.retargeting import resampled

pytestmark = pytest.mark.physics


@pytest.fixture(scope="module")
def body() -> Humanoid:
    return humanoid("lite")


@pytest.fixture(scope="module")
def full() -> Humanoid:
    return humanoid("full")


@pytest.fixture(scope="module", params=["lite", "full", "supplied"])
def any_body(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Humanoid:
    if request.param != "supplied":
        return humanoid(request.param)
    return humanoid(write_humanoid(tmp_path_factory.mktemp("body"), humanoid_text(UPRIGHT_FRAME)))


def motion(frames: int = 10, fps: float = 30.0, name: str = "clip") -> Motion:
    rotations = np.tile(np.array([1.0, 0, 0, 0]), (frames, 24, 1))
    rotations[:, 0] = UPRIGHT
    root = np.tile(np.array([0, 0, STANDING_HEIGHT]), (frames, 1))
    return Motion(rotations, root, fps, name)


def standing(body: Humanoid) -> np.ndarray:
    return refer(motion(), body).qpos[:1]


def test_the_lite_body_has_13_moving_bodies_and_28_actuators(body: Humanoid) -> None:
    assert (len(body.kinematics.bodies), body.actuators, body.model.nv) == (13, 28, 34)


def test_the_full_body_has_smpls_24_bodies_and_69_actuators(full: Humanoid) -> None:
    assert (len(full.kinematics.bodies), full.actuators, full.model.nv) == (24, 69, 75)
    assert set(full.kinematics.bodies) == set(JOINTS)


@pytest.mark.parametrize("name", ["lite", "full"])
def test_a_body_weighs_72_kilograms(name: str) -> None:
    assert humanoid(name).weight == pytest.approx(72 * 9.81, rel=2e-3)


def test_the_lite_body_is_the_one_its_checkpoints_were_trained_on() -> None:
    digest = sha256(mjcf(PLANS["lite"]).encode()).hexdigest()
    assert digest == "afae432ba47c2b8e0ff2934801e4ace0d930ad39acd368d439f2c475a19aad8a"


@pytest.mark.parametrize(("name", "hz", "substeps"), [("lite", 90, 3), ("full", 120, 4)])
def test_the_physics_rate_is_the_bodys_own(name: str, hz: int, substeps: int) -> None:
    body = humanoid(name)
    assert (body.name, body.physics_hz, body.substeps) == (name, hz, substeps)
    assert body.model.opt.timestep * body.substeps == pytest.approx(1 / CONTROL_HZ)


def test_an_unknown_body_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownName, match=r"'fulll'. Did you mean 'full'\?.*\*\.xml"):
        humanoid("fulll")


@pytest.mark.parametrize("name", ["lite", "full"])
def test_actuators_follow_the_order_of_the_velocities(name: str) -> None:
    body = humanoid(name)
    order = [
        mujoco.mj_id2name(body.model, mujoco.mjtObj.mjOBJ_JOINT, i)
        for i in range(1, body.model.njnt)
    ]
    assert order == in_tree_order(PLANS[name])
    assert list(body.model.actuator_trnid[:, 0]) == list(body.model.dof_jntid[6:])


def test_damping_stands_in_the_joints_and_not_in_the_actuators(any_body: Humanoid) -> None:
    model = any_body.model
    stiffness = model.actuator_gainprm[:, 0]
    damping_time = any_body.plan.damping_time
    np.testing.assert_allclose(model.dof_damping[6:], damping_time * stiffness)
    np.testing.assert_allclose(any_body.lag, damping_time, rtol=1e-6)
    assert not model.actuator_biasprm[:, 2].any()


def test_kinematics_agree_with_mujoco(any_body: Humanoid) -> None:
    draw, data = np.random.default_rng(0), mujoco.MjData(any_body.model)
    data.qpos[:] = draw.normal(size=any_body.model.nq)
    mujoco.mj_normalizeQuat(any_body.model, data.qpos)
    mujoco.mj_kinematics(any_body.model, data)
    placed = any_body.kinematics.place(data.qpos[None].astype(np.float32))
    np.testing.assert_allclose(placed.positions[0], data.xpos[1:], atol=1e-5)
    same = np.abs((placed.orientations[0] * data.xquat[1:]).sum(-1))
    np.testing.assert_allclose(same, 1, atol=1e-5)


def test_joint_coordinates_are_what_the_actuators_measure(any_body: Humanoid) -> None:
    data = mujoco.MjData(any_body.model)
    data.qpos[7:] = np.random.default_rng(1).normal(size=any_body.model.nq - 7)
    mujoco.mj_normalizeQuat(any_body.model, data.qpos)
    mujoco.mj_forward(any_body.model, data)
    measured = any_body.kinematics.coordinates(data.qpos[None].astype(np.float32))[0]
    np.testing.assert_allclose(measured, data.actuator_length, atol=1e-5)


def test_every_body_stands_unassisted_for_a_second(any_body: Humanoid) -> None:
    data, start = mujoco.MjData(any_body.model), standing(any_body)
    data.qpos[:] = start[0]
    data.ctrl[:] = any_body.kinematics.coordinates(start)[0]
    for _ in range(any_body.physics_hz):
        mujoco.mj_step(any_body.model, data)
    here = any_body.kinematics.place(data.qpos[None].astype(np.float32)).landmarks
    apart = np.linalg.norm(here - any_body.kinematics.place(start).landmarks, axis=-1)
    assert apart.max() < 0.2
    assert start[0, 2] - data.qpos[2] < 0.02


def test_the_full_body_follows_a_composed_clip_to_five_millimetres(full: Humanoid) -> None:
    (clip,) = Composer().generate(["a cartwheel, then a high kick"], [0])
    assert refer(clip, full).retarget_error < 5


def test_both_bodies_stand_on_soles_of_the_same_size(body: Humanoid, full: Humanoid) -> None:
    for one in (body, full):
        place = one.kinematics.place(standing(one))
        assert lowest_points(place, one)[0] == pytest.approx(-0.003, abs=1e-4)
    assert standing(body)[0, 2] == pytest.approx(standing(full)[0, 2], abs=2e-3)


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
    help_ = wrench(here, slow, wanted, fast, assist=np.full(100, 0.3), weight=700.0)
    assert np.linalg.norm(help_[:, :3], axis=1).max() <= 210 * 1.0001
    assert np.linalg.norm(help_[:, 3:], axis=1).max() <= 210 * LEVER * 1.0001
    assert np.linalg.norm(help_[:, :3], axis=1).max() > 209


def test_the_wrench_pulls_towards_the_reference(body: Humanoid) -> None:
    here = standing(body)
    wanted, still = here.copy(), np.zeros((1, body.model.nv), np.float32)
    wanted[0, 2] += 0.01
    help_ = wrench(here, still, wanted, still, assist=np.ones(1), weight=700.0)[0]
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
