from pathlib import Path

import numpy as np
import pytest
from supplied_humanoids import (
    IN_SMPL_FRAME,
    UPRIGHT_FRAME,
    humanoid_text,
    three_hinges,
    write_humanoid,
)
from toys import swaying

pytest.importorskip("mujoco")

import mujoco

from claims_env.errors import ConfigError
from claims_env.motion import Motion
from claims_env.rotation import about, from_rotvec, multiply, rotate
from claims_env.skeleton import INDEX, UPRIGHT, forward_kinematics
from claims_env.trackers.mujoco.body_plan import PLANS
from claims_env.trackers.mujoco.hinge_triples import HingeTriples
from claims_env.trackers.mujoco.humanoid import Humanoid, humanoid
from claims_env.trackers.mujoco.reference import refer

pytestmark = pytest.mark.physics

XYZ = np.eye(3)[None]


@pytest.fixture(params=[IN_SMPL_FRAME, UPRIGHT_FRAME], ids=["y up", "z up"])
def body(request: pytest.FixtureRequest, tmp_path: Path) -> Humanoid:
    return humanoid(write_humanoid(tmp_path, humanoid_text(request.param)))


def lively(frames: int = 40) -> Motion:
    """Return a motion in which every joint turns about every axis."""
    draw = np.random.default_rng(0)
    time = np.linspace(0, 2 * np.pi, frames)[:, None, None]
    motion = swaying(0, "lively", frames)
    motion.rotations[:] = from_rotvec(draw.normal(0, 0.5, (24, 3)) * np.sin(time))
    motion.rotations[:, 0] = multiply(about("z", time[:, 0, 0]), UPRIGHT)
    return motion


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        humanoid(write_humanoid(tmp_path, text))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_three_hinges_turn_about_their_axes_in_the_order_of_the_file() -> None:
    turned = HingeTriples(XYZ).rotations(np.array([[[0.3, -0.4, 1.1]]]))[0, 0]
    expected = multiply(multiply(about("x", 0.3), about("y", -0.4)), about("z", 1.1))
    np.testing.assert_allclose(turned, expected, atol=1e-12)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)])
def test_angles_and_rotations_are_inverses_for_any_order_of_axes(order: tuple[int, ...]) -> None:
    triples = HingeTriples(np.eye(3)[list(order)][None])
    path = np.random.default_rng(0).normal(0, 0.05, (200, 1, 3)).cumsum(0)
    angles = triples.angles(triples.rotations(path))
    np.testing.assert_allclose(angles, path, atol=1e-6)


def test_angles_follow_a_turn_past_half_a_circle() -> None:
    angles = np.linspace(0, 5, 60)[:, None, None] * np.array([1.0, 0, 0])
    triples = HingeTriples(XYZ)
    np.testing.assert_allclose(triples.angles(triples.rotations(angles)), angles, atol=1e-9)


def test_angles_stay_continuous_through_a_locked_joint() -> None:
    middle = np.linspace(0, np.pi, 61)  # frame 30 is locked
    angles = np.stack([np.full(61, 0.2), middle, np.full(61, -0.3)], axis=-1)[:, None]
    triples = HingeTriples(XYZ)
    found = triples.angles(triples.rotations(angles))
    assert np.abs(np.diff(found, axis=0)).max() < 0.06
    again = triples.rotations(found)
    np.testing.assert_allclose(np.abs((again * triples.rotations(angles)).sum(-1)), 1, atol=1e-9)


def test_phcs_names_and_three_hinges_are_understood(body: Humanoid) -> None:
    assert (body.model.nq, body.model.nv, body.actuators) == (76, 75, 69)
    assert set(body.kinematics.bodies) == set(INDEX)
    assert (body.physics_hz, body.substeps) == (120, 4)


def test_smpls_own_names_and_ball_joints_are_understood(tmp_path: Path) -> None:
    def ball(name: str) -> str:
        return f'<joint name="{name}" type="ball"/>'

    body = humanoid(write_humanoid(tmp_path, humanoid_text(UPRIGHT_FRAME, {}, ball)))
    assert (body.model.nq, body.actuators) == (99, 69)
    assert refer(lively(), body).retarget_error < 1e-2


def test_the_skeleton_is_where_the_motion_has_it(body: Humanoid) -> None:
    reference, motion = refer(lively(), body), lively()
    assert reference.retarget_error < 1e-2  # [mm]
    placed = body.kinematics.place(reference.qpos).landmarks
    joints = forward_kinematics(motion.rotations, motion.root).positions
    off = placed - joints
    np.testing.assert_allclose(off[..., :2], 0, atol=1e-5)
    np.testing.assert_allclose(off[..., 2], off[:, :1, 2].repeat(24, 1), atol=1e-5)


def test_kinematics_agree_with_mujoco(body: Humanoid) -> None:
    data = mujoco.MjData(body.model)
    data.qpos[:] = np.random.default_rng(0).normal(size=body.model.nq)
    mujoco.mj_normalizeQuat(body.model, data.qpos)
    mujoco.mj_forward(body.model, data)
    qpos = data.qpos[None].astype(np.float32)
    placed = body.kinematics.place(qpos)
    np.testing.assert_allclose(placed.positions[0], data.xpos[1:], atol=1e-5)
    same = np.abs((placed.orientations[0] * data.xquat[1:]).sum(-1))
    np.testing.assert_allclose(same, 1, atol=1e-5)
    measured = body.kinematics.coordinates(qpos)[0]
    np.testing.assert_allclose(measured, data.actuator_length, atol=1e-5)


def test_velocities_are_mujocos_own_differences(body: Humanoid) -> None:
    reference, expected = refer(lively(), body), np.zeros(body.model.nv)
    before, after = (reference.qpos[i].astype(np.float64) for i in (7, 9))
    mujoco.mj_differentiatePos(body.model, expected, 2 / 30, before, after)
    np.testing.assert_allclose(reference.qvel[8], expected, atol=1e-3)


def test_upright_is_where_the_head_is_above_the_pelvis(body: Humanoid) -> None:
    qpos = np.zeros((1, body.model.nq), np.float32)
    qpos[0, 3:7] = body.upright
    np.testing.assert_allclose(body.model.qpos0[3:7], body.upright, atol=1e-9)
    head = body.kinematics.place(qpos).landmarks[0, INDEX["Head"]]
    assert head[2] > 0.5
    turned = np.array([1.0, 0, 0, 0]) if body.turned is None else body.turned
    ahead = rotate(multiply(body.upright, turned), np.array([0.0, 0, 1]))
    np.testing.assert_allclose(ahead, [0, -1, 0], atol=1e-9)


def test_a_file_with_motors_only_gets_phcs_gains(body: Humanoid) -> None:
    stiffness = body.model.actuator_gainprm[:, 0]
    assert set(stiffness) == {joint.stiffness for joint in PLANS["full"].joints.values()}
    np.testing.assert_allclose(body.model.dof_damping[6:], stiffness / 10)
    np.testing.assert_allclose(body.lag, 0.1, rtol=1e-6)


def test_stiffness_of_the_joints_is_a_gain_and_no_pull_to_the_rest_pose(tmp_path: Path) -> None:
    def strong(name: str) -> str:
        return three_hinges(name, attributes='stiffness="700" damping="35"')

    motors = '<motor joint="L_Hip_x" gear="450" ctrllimited="true" ctrlrange="-1 1"/>'
    body = humanoid(write_humanoid(tmp_path, humanoid_text(joints=strong, actuators=motors)))
    assert set(body.model.actuator_gainprm[:, 0]) == {700}
    assert set(body.model.dof_damping[6:]) == {35}
    assert not body.model.jnt_stiffness.any()
    hip = 3 * (body.kinematics.bodies.index("L_Hip") - 1)
    assert body.model.actuator_forcerange[hip, 1] == 450


def test_a_servos_damping_moves_into_the_joint(tmp_path: Path) -> None:
    servo = '<position joint="L_Knee_x" kp="600" kv="40" forcerange="-90 90"/>'
    body = humanoid(write_humanoid(tmp_path, humanoid_text(actuators=servo)))
    knee = 3 * (body.kinematics.bodies.index("L_Knee") - 1)
    assert body.model.actuator_gainprm[knee, 0] == 600
    assert body.model.dof_damping[6 + knee] == 40
    assert body.model.actuator_forcerange[knee, 1] == 90
    assert not body.model.actuator_biasprm[:, 2].any()


def test_a_gain_without_damping_is_not_taken_for_one(tmp_path: Path) -> None:
    def undamped(name: str) -> str:
        return three_hinges(name, attributes='stiffness="700" damping="1"')

    body = humanoid(write_humanoid(tmp_path, humanoid_text(joints=undamped)))
    assert 700 not in body.model.actuator_gainprm[:, 0]


def test_the_mass_is_the_files_and_only_the_floor_is_touched(body: Humanoid) -> None:
    assert body.weight == pytest.approx(70 * 9.81)
    data = mujoco.MjData(body.model)
    data.qpos[2], data.qpos[3:7] = 3, body.upright
    data.qpos[7:] = np.random.default_rng(0).normal(size=body.model.nq - 7)
    mujoco.mj_forward(body.model, data)
    assert data.ncon == 0


def test_shapes_that_are_only_seen_touch_nothing(tmp_path: Path) -> None:
    shown = humanoid_text().replace("<freejoint/>", '<freejoint/><geom size="2" contype="0"/>')
    seen = shown.replace('contype="0"', 'contype="0" conaffinity="0"')
    assert humanoid(write_humanoid(tmp_path, seen)).model.ngeom == 25
    assert humanoid(write_humanoid(tmp_path, shown)).model.ngeom == 26


def test_a_body_that_touches_nothing_is_refused(tmp_path: Path) -> None:
    seen = '<mujoco><default><geom contype="0" conaffinity="0"/></default>'
    told = refusal(tmp_path, humanoid_text().replace("<mujoco>", seen))
    assert "has no shape that touches the floor" in told and "contype" in told


def test_it_is_named_after_its_contents_and_not_its_path(tmp_path: Path) -> None:
    text = humanoid_text()
    here = humanoid(write_humanoid(tmp_path, text, "a.xml")).name
    assert here == humanoid(write_humanoid(tmp_path, text, "b.xml")).name
    assert here.startswith("mjcf-")
    assert here != humanoid(write_humanoid(tmp_path, text + " ", "a.xml")).name


def test_a_missing_file_is_refused_with_its_path() -> None:
    with pytest.raises(ConfigError, match=r"'nowhere\.xml' cannot be read \(No such file"):
        humanoid("nowhere.xml")


def test_malformed_xml_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "is no MJCF that MuJoCo can compile" in refusal(tmp_path, "<mujoco><worldbody>")


def test_missing_bodies_are_named(tmp_path: Path) -> None:
    text = humanoid_text().replace('"L_Toe"', '"L_Shoe"').replace('"Chest"', '"Ribs"')
    assert "it has no body called Spine3 (or Chest), L_Foot (or L_Toe)." in refusal(tmp_path, text)


def test_bodies_that_are_no_joint_are_named(tmp_path: Path) -> None:
    text = humanoid_text().replace(
        "</worldbody>", '<body name="ball"><freejoint/><geom size="1"/></body></worldbody>'
    )
    assert "no joint of SMPL: ball." in refusal(tmp_path, text)


def test_a_pelvis_that_cannot_leave_its_place_is_refused(tmp_path: Path) -> None:
    assert "Pelvis has no free joint" in refusal(
        tmp_path, humanoid_text().replace("<freejoint/>", "")
    )


def test_two_hinges_are_refused_with_the_bodys_name(tmp_path: Path) -> None:
    def joints(name: str) -> str:
        return three_hinges(name, "xy" if name == "R_Elbow" else "xyz")

    assert "R_Elbow needs" in refusal(tmp_path, humanoid_text(joints=joints))


def test_another_rest_pose_is_refused_where_it_shows(tmp_path: Path) -> None:
    text = humanoid_text().replace('pos="0.2596 -0.0128 -0.0275"', 'pos="0 -0.26 0"')
    assert "not SMPL's T-pose (seen at L_Elbow)" in refusal(tmp_path, text)


def test_a_turned_body_is_refused_though_its_bones_agree(tmp_path: Path) -> None:
    text = humanoid_text().replace('name="R_Hand"', 'name="R_Hand" quat="1 1 0 0"')
    assert "seen at R_Hand" in refusal(tmp_path, text)
