"""PHC's pickles: read without joblib or torch, never run, refused with the field that is wrong."""

import gzip
import importlib.util
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from phc_libraries import BY_JOBLIB, entry, turning, write

from claims_env.errors import MissingDependency, MotionError
from claims_env.formats.phc_pkl import phc_names, read_phc
from claims_env.formats.phc_writing import write_phc
from claims_env.formats.upright import BODIES, local_of, upright_of
from claims_env.motion import Motion
from claims_env.rotation import conjugate, multiply, to_rotvec
from claims_env.skeleton import UPRIGHT

MUJOCO_TO_SMPL = [
    0, 1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12, 15, 13, 16, 18, 20, 22, 14, 17, 19, 21, 23,
]  # fmt: skip
"""The SMPL joint of each of MuJoCo's bodies, as SMPLSim's name lists give it."""

HALF = np.sqrt(0.5)


def assert_same(read: Motion, motion: Motion) -> None:
    """Assert 0.1 mm and 1e-5 rad."""
    assert np.abs(read.joints - motion.joints).max() < 1e-4
    off = to_rotvec(multiply(conjugate(read.rotations), motion.rotations))
    assert np.linalg.norm(off, axis=-1).max() < 1e-5


def test_the_golden_quaternion_of_the_official_release_holds() -> None:
    rest = np.zeros((1, 24, 4))
    rest[..., 0] = 1
    rest[:, 0] = UPRIGHT
    assert upright_of(rest)[0] == pytest.approx(np.tile([0, 0, -HALF, HALF], (24, 1)), abs=1e-9)


def test_bodies_stand_in_mujocos_order() -> None:
    assert BODIES == MUJOCO_TO_SMPL


def test_upright_and_back_changes_nothing() -> None:
    motion = turning()
    assert_same(Motion(local_of(upright_of(motion.rotations)), motion.root, 30, "x"), motion)


def test_a_file_that_joblib_compressed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one.pkl"
    path.write_bytes(BY_JOBLIB)
    (motion,), refused = read_phc(path)
    assert (motion.name, motion.frames, motion.fps, refused) == ("stand", 3, 30.0, [])
    assert motion.root == pytest.approx(np.array([[0, 0, 0.9], [0.1, 0, 0.9], [0.2, 0, 0.9]]))
    assert motion.rotations[:, 0] == pytest.approx(np.tile(UPRIGHT, (3, 1)))
    assert motion.provenance["remarks"] == ["3 frames; PHC leaves out clips under 5"]


def test_reading_needs_neither_joblib_nor_torch(tmp_path: Path) -> None:
    path = tmp_path / "one.pkl"
    path.write_bytes(BY_JOBLIB)
    code = (
        "import sys; from pathlib import Path; from claims_env.formats.phc_pkl import read_phc\n"
        f"assert len(read_phc(Path({str(path)!r}))[0]) == 1\n"
        "assert not {'torch', 'joblib', 'pickle5'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("protocol", range(6))
def test_every_protocol_of_pickle_is_read(tmp_path: Path, protocol: int) -> None:
    motion = turning()
    path = write(tmp_path / "a.pkl", {"turning": entry(motion)}, protocol)
    (read,), _ = read_phc(path)
    assert_same(read, motion)


@pytest.mark.parametrize("protocol", range(6))
def test_torch_tensors_are_read_as_views_of_their_storage(tmp_path: Path, protocol: int) -> None:
    torch = pytest.importorskip("torch")
    motion = turning()
    wide = torch.tensor(np.concatenate([motion.root, motion.root + 1], axis=1).T).T
    path = tmp_path / "a.pkl"
    write(path, {"turning": entry(motion, root_trans_offset=wide[:, :3])}, protocol)
    (read,), _ = read_phc(path)
    assert_same(read, motion)
    assert "remarks" not in read.provenance


def test_numpy_1_and_2_are_told_apart_by_nothing(tmp_path: Path) -> None:
    motion = turning()
    new = pickle.dumps({"turning": entry(motion)}, 2)
    old = new.replace(b"numpy._core.", b"numpy.core.")
    assert old != new or b"numpy.core." in new
    for content in (new, old):
        (tmp_path / "a.pkl").write_bytes(content)
        assert_same(read_phc(tmp_path / "a.pkl")[0][0], motion)


def test_gzip_is_opened(tmp_path: Path) -> None:
    motion = turning()
    (tmp_path / "a.pkl").write_bytes(gzip.compress(pickle.dumps({"turning": entry(motion)})))
    assert_same(read_phc(tmp_path / "a.pkl")[0][0], motion)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pose_quat_global": None}, "no 'pose_quat_global'; it holds fps"),
        ({"root_trans_offset": None}, "no 'root_trans_offset'"),
        (
            {"pose_quat_global": np.ones((6, 23, 4))},
            r"shape \(6, 23, 4\).*Expected \(frames, 24, 4",
        ),
        ({"root_trans_offset": np.ones((5, 3))}, "5 frames, 'pose_quat_global' 6"),
        ({"root_trans_offset": "here"}, "'root_trans_offset' is no array: it is a str"),
        ({"pose_quat_global": np.full((6, 24, 4), np.nan)}, "NaN"),
        ({"pose_quat_global": np.ones((6, 24, 4))}, "unit length"),
        ({"pose_aa": np.ones((6, 27, 3))}, "It may be of a robot"),
        ({"fps": 0.0}, "'fps' is 0"),
        ({"fps": "fast"}, "'fps' is no number"),
        ({"root_trans_offset": np.array([["x"] * 3] * 6, object)}, "not one of plain numbers"),
    ],
)
def test_a_bad_entry_is_refused_with_its_field_and_the_others_are_used(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    good, bad = entry(turning()), entry(turning(), **changes)
    motions, (refusal,) = read_phc(write(tmp_path / "a.pkl", {"good": good, "bad": bad}))
    assert [motion.name for motion in motions] == ["good"]
    assert refusal.name == "bad"
    with pytest.raises(MotionError, match=f"(?s)a.pkl, clip 'bad'.*{says}"):
        raise MotionError(refusal.reason, "", "")


def test_what_phc_would_stumble_over_is_told(tmp_path: Path) -> None:
    library = {"a": entry(turning(4), fps=None, pose_aa=None)}
    (motion,), _ = read_phc(write(tmp_path / "a.pkl", library))
    assert motion.fps == 30.0
    told = " ".join(motion.provenance["remarks"])
    for words in ("needs a torch tensor", "no fps", "no pose_aa", "4 frames"):
        assert words in told


def test_poses_that_are_not_the_motion_are_told(tmp_path: Path) -> None:
    motion = turning()
    poses = to_rotvec(motion.rotations).reshape(motion.frames, -1)
    poses[2, 3] += 0.2
    (read,), _ = read_phc(write(tmp_path / "a.pkl", {"a": entry(motion, pose_aa=poses)}))
    assert_same(read, motion)
    assert any("rad off pose_quat_global" in said for said in read.provenance["remarks"])


def test_a_single_entry_without_a_name_is_named_after_its_file(tmp_path: Path) -> None:
    path = write(tmp_path / "kick.pkl", entry(turning()))
    assert phc_names(path) == ["kick"]
    assert read_phc(path)[0][0].name == "kick"


@pytest.mark.parametrize("library", [{}, [], {"a": 3}, 7])
def test_what_is_no_library_is_refused(tmp_path: Path, library: Any) -> None:
    with pytest.raises(MotionError, match="dictionary of clips by name"):
        read_phc(write(tmp_path / "a.pkl", library))


def test_writing_says_what_it_lacks_or_comes_back_the_same(tmp_path: Path) -> None:
    motion, path = turning(), tmp_path / "a.pkl"
    if any(importlib.util.find_spec(package) is None for package in ("joblib", "torch")):
        with pytest.raises(MissingDependency, match="pip install joblib torch"):
            write_phc([motion], path)
        assert not path.exists()
        return
    write_phc([motion], path)
    (read,), _ = read_phc(path)
    assert_same(read, motion)
    assert "remarks" not in read.provenance


def test_the_robots_file_is_read_through_its_smpl_joints(native_folder: Path) -> None:
    (motion,), refused = read_phc(native_folder / "phc_style_asap_side_jump_level4.pkl")
    assert (motion.frames, motion.fps, refused) == (101, 30.0, [])
    assert motion.provenance["retargeting"]["mean_error_m"] < 0.06
    # it jumps to the side, by about two of its own metres
    assert 1.0 < np.ptp(motion.root[:, :2], axis=0).max() < 2.5


def test_clips_that_would_take_one_anothers_names_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pkl", {1: entry(turning()), "1": entry(turning())})
    with pytest.raises(MotionError, match="number and a text for one name"):
        read_phc(path)


@pytest.mark.parametrize("name", [10**5000, b"a", None], ids=["huge", "bytes", "none"])
def test_names_that_are_no_texts_are_refused(tmp_path: Path, name: object) -> None:
    with pytest.raises(MotionError, match="names are no texts"):
        read_phc(write(tmp_path / "a.pkl", {name: entry(turning())}))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"fps": 10**400}, "'fps' is no number"),
        ({"root_trans_offset": np.zeros((0, 3))}, "'root_trans_offset' has no frames"),
        ({"pose_quat_global": np.zeros((0, 24, 4))}, "'pose_quat_global' has no frames"),
    ],
    ids=["fps", "root", "poses"],
)
def test_an_absurd_clip_is_refused_among_the_others(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    library = {"bad": entry(turning(), **changes), "good": entry(turning())}
    motions, (refusal,) = read_phc(write(tmp_path / "a.pkl", library))
    assert [motion.name for motion in motions] == ["good"] and says in refusal.reason
