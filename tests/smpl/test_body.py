import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from smpl.synthetic_body import RADIUS, REST_PELVIS, rest_joints, synthetic_arrays, write_synthetic
from toys import swaying

from claims_env.errors import ConfigError
from claims_env.motion import Motion
from claims_env.rotation import Floats, about, from_rotvec, multiply, rotate, to_rotvec
from claims_env.skeleton import JOINTS, OFFSETS, UPRIGHT
from claims_env.smpl import SmplBody, SmplModel, load_body, read_model


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> SmplModel:
    return read_model(write_synthetic(tmp_path_factory.mktemp("model")))


ARM = ("Elbow", "Wrist", "Hand")
"""What moves when an elbow bends."""


def resting(turn: Floats | None = None) -> Motion:
    """Return two frames of the rest pose, whose rest frame is the world's, turned as a whole."""
    rotations = np.zeros((2, 24, 4))
    rotations[..., 0] = 1
    if turn is not None:
        rotations[:, 0] = turn
    return Motion(rotations, np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]), 30.0, "rest")


def tumbling(frames: int) -> Motion:
    rng = np.random.default_rng(3)
    turns = from_rotvec(rng.normal(0, 0.7, (frames, 24, 3)))
    return Motion(turns, rng.normal(0, 1, (frames, 3)), 30.0, "tumbling")


def test_the_rest_pose_is_the_template_with_the_pelvis_at_the_root(model: SmplModel) -> None:
    body, motion = SmplBody(model), resting()
    assert body.rest_joints[0] == pytest.approx(REST_PELVIS, abs=1e-9)
    expected = model.template - REST_PELVIS + motion.root[:, None]
    assert body.vertices(motion) == pytest.approx(expected, abs=1e-6)


def test_a_turned_root_turns_the_skin_about_the_pelvis(model: SmplModel) -> None:
    body = SmplBody(model)
    still, turned = body.vertices(resting())[1], body.vertices(resting(UPRIGHT))[1]
    assert turned == pytest.approx(rotate(UPRIGHT, still.astype(float)), abs=1e-6)
    assert np.ptp(turned[:, 2]) > 1.2


def test_an_arm_turns_its_own_skin_alone(tmp_path: Path) -> None:
    flat = np.zeros((6890, 3, 207))
    body = load_body(write_synthetic(tmp_path, posedirs=flat))
    motion = resting()
    motion.rotations[:, JOINTS.index("L_Elbow")] = about("y", np.pi / 2)
    moved = np.linalg.norm(body.vertices(motion) - body.vertices(resting()), axis=-1)[1]
    weights = synthetic_arrays()["weights"][:, [JOINTS.index(f"L_{n}") for n in ARM]].sum(1)
    assert moved[weights == 0].max() < 1e-6
    # a quarter turn moves a point by its distance from the joint times the root of two
    elbow, hand = rest_joints()[[JOINTS.index("L_Elbow"), JOINTS.index("L_Hand")]]
    reach = np.linalg.norm((hand - elbow)[[0, 2]])
    assert moved.max() == pytest.approx(reach * np.sqrt(2), abs=1.5 * RADIUS["Ankle"])


def test_the_same_vertices_as_smplx_gives(model: SmplModel) -> None:
    torch, smplx = pytest.importorskip("torch"), pytest.importorskip("smplx")
    motion, betas = tumbling(8), np.random.default_rng(0).normal(0, 1, 10)
    body = SmplBody(model, betas.tolist())
    struct = smplx.utils.Struct(**synthetic_arrays())
    with contextlib.redirect_stdout(io.StringIO()):
        theirs = smplx.SMPL("", data_struct=struct, batch_size=8)
    turns = torch.tensor(to_rotvec(motion.rotations), dtype=torch.float32)
    skin = theirs(
        betas=torch.tensor(betas, dtype=torch.float32).expand(8, -1),
        global_orient=turns[:, 0],
        body_pose=turns[:, 1:].reshape(8, -1),
        transl=torch.tensor(motion.root - body.rest_joints[0], dtype=torch.float32),
    ).vertices
    assert body.vertices(motion) == pytest.approx(skin.detach().numpy(), abs=1e-5)


def test_chosen_frames_are_those_of_the_whole_and_the_bytes_repeat(model: SmplModel) -> None:
    body, motion = SmplBody(model), tumbling(70)
    whole = body.vertices(motion)
    assert np.array_equal(whole, body.vertices(motion))
    assert body.vertices(motion, [69, 3, 40]) == pytest.approx(whole[[69, 3, 40]], abs=1e-6)
    assert body.vertices(motion, range(2)).shape == (2, 6890, 3)


def test_the_joints_of_the_figure_lie_inside_the_skin(model: SmplModel) -> None:
    motion = swaying(1.0)
    skin = SmplBody(model).vertices(motion, [20])[0]
    gaps = np.linalg.norm(skin[:, None] - motion.joints[20], axis=-1).min(0)
    assert gaps.max() < 0.12


def test_bones_come_from_the_shaped_body_and_their_difference_is_told(model: SmplModel) -> None:
    plain, tall = SmplBody(model), SmplBody(model, [2.0])
    assert plain.offsets == pytest.approx(OFFSETS, abs=1e-9)
    assert plain.facts["bones_differ_by_m"] == 0
    assert tall.facts["bones_differ_by_m"] > 0
    assert tall.facts["betas"] == [2.0]
    assert plain.facts["digest"] == model.digest


def test_each_vertex_knows_the_joint_that_moves_it(model: SmplModel) -> None:
    bones = SmplBody(model).bones
    assert bones.shape == (6890,)
    assert np.array_equal(bones, model.weights.argmax(1))


@pytest.mark.parametrize("betas", [[0.0] * 11, [np.nan], [[0.0]]])
def test_impossible_shape_numbers_are_refused(model: SmplModel, betas: Any) -> None:
    with pytest.raises(ConfigError, match="up to 10 finite numbers"):
        SmplBody(model, betas)


def test_a_turn_before_the_pose_is_a_turn_of_the_skin(model: SmplModel) -> None:
    body, motion = SmplBody(model), tumbling(3)
    turn = about("z", 1.0)
    rotations = motion.rotations.copy()
    rotations[:, 0] = multiply(turn, rotations[:, 0])
    turned = Motion(rotations, rotate(turn, motion.root), 30.0, "turned")
    expected = rotate(turn, body.vertices(motion).astype(float))
    assert body.vertices(turned) == pytest.approx(expected, abs=2e-6)


def test_the_room_needs_neither_torch_nor_smplx_nor_scipy() -> None:
    program = (
        "import sys, claims_env.smpl, claims_env.rendering.mesh_painter;"
        "sys.exit(', '.join({'torch', 'smplx', 'scipy', 'chumpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=os.environ, capture_output=True)
    assert done.stderr.decode().strip() == ""
