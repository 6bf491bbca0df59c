"""AMASS files: every body model, every way to say where the pelvis is, every way to be wrong."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from toys import swaying

from claims_env.errors import MotionError
from claims_env.formats.amass import REST_PELVIS, import_amass, write_amass
from claims_env.motion import Motion, save_motion
from claims_env.rotation import about
from claims_env.skeleton import INDEX, UPRIGHT

CLASSIC = np.array([1.0, 2.0, 3.0]) + REST_PELVIS
"""Where the pelvis of `write`'s body is by AMASS's convention."""


def write(path: Path, **changes: Any) -> Path:
    """Write a small AMASS-like file; a change to None leaves the array out."""
    arrays: dict[str, Any] = {
        "poses": np.zeros((5, 72)),
        "trans": np.tile([1.0, 2.0, 3.0], (5, 1)),
        "mocap_framerate": 120.0,
    }
    arrays |= changes
    np.savez(path, **{key: value for key, value in arrays.items() if value is not None})
    return path


def test_a_clip_is_named_after_its_file_and_keeps_its_frame_rate(tmp_path: Path) -> None:
    motion = import_amass(write(tmp_path / "walk_01.npz"))
    assert (motion.name, motion.fps, motion.frames) == ("walk_01", 120.0, 5)
    assert motion.provenance["generator"] == "imported"


@pytest.mark.parametrize(
    "key", ["mocap_framerate", "mocap_frame_rate", "fps", "framerate", "frame_rate"]
)
def test_every_known_name_of_the_frame_rate_is_read(tmp_path: Path, key: str) -> None:
    path = write(tmp_path / "m.npz", **{"mocap_framerate": None, key: np.array([59.94])})
    assert import_amass(path).fps == 59.94


@pytest.mark.parametrize("width", [66, 72, 156, 165])
def test_every_body_model_gives_the_same_body(tmp_path: Path, width: int) -> None:
    poses = np.zeros((5, width))
    poses[:, 3 * INDEX["R_Knee"]] = 1.0
    poses[:, 66 + 6 :] = 0.3  # fingers, jaw and eyes
    motion = import_amass(write(tmp_path / "m.npz", poses=poses))
    np.testing.assert_allclose(motion.rotations[:, INDEX["R_Knee"]], [about("x", 1.0)] * 5)
    np.testing.assert_allclose(motion.rotations[:, INDEX["L_Hand"]], [[1, 0, 0, 0]] * 5)


def test_smpls_own_hands_are_kept(tmp_path: Path) -> None:
    poses = np.zeros((5, 72))
    poses[:, 3 * INDEX["L_Hand"]] = 0.5
    motion = import_amass(write(tmp_path / "m.npz", poses=poses))
    np.testing.assert_allclose(motion.rotations[0, INDEX["L_Hand"]], about("x", 0.5))


# Where the pelvis is


def test_classic_amass_has_the_pelvis_off_the_translation(tmp_path: Path) -> None:
    motion = import_amass(write(tmp_path / "m.npz"))
    np.testing.assert_allclose(motion.root, [[1 - 0.0018, 2 - 0.2233, 3 + 0.0282]] * 5)


def test_the_offset_does_not_turn_with_the_body(tmp_path: Path) -> None:
    poses = np.zeros((5, 72))
    poses[:, :3] = [np.pi / 2, 0, 0]
    motion = import_amass(write(tmp_path / "m.npz", poses=poses))
    np.testing.assert_allclose(motion.rotations[0, 0], UPRIGHT)
    np.testing.assert_allclose(motion.root[0], CLASSIC)


@pytest.mark.parametrize("says", [True, False])
def test_an_array_in_the_file_settles_where_the_pelvis_is(tmp_path: Path, says: bool) -> None:
    motion = import_amass(write(tmp_path / "m.npz", trans_is_pelvis=np.array(says)))
    np.testing.assert_allclose(motion.root[0], [1, 2, 3] if says else CLASSIC)


@pytest.mark.parametrize(
    ("format_", "is_pelvis"),
    [
        ("npz: poses (T,72) axis-angle, trans (T,3) pelvis position, z-up", True),
        ("npz: poses (T,72), trans (T,3) model origin", False),
        ("pelvis position is unknown", False),
    ],
)
def test_a_metadata_file_beside_it_settles_where_the_pelvis_is(
    tmp_path: Path, format_: str, is_pelvis: bool
) -> None:
    (tmp_path / "metadata.json").write_text(json.dumps({"format": format_, "clips": []}))
    root = import_amass(write(tmp_path / "m.npz")).root[0]
    np.testing.assert_allclose(root, [1, 2, 3] if is_pelvis else CLASSIC)


def test_the_caller_has_the_last_word(tmp_path: Path) -> None:
    path = write(tmp_path / "m.npz", trans_is_pelvis=np.array(False))
    np.testing.assert_allclose(import_amass(path, trans_is_pelvis=True).root[0], [1, 2, 3])


def test_how_the_pelvis_was_placed_is_on_record(tmp_path: Path) -> None:
    path = write(tmp_path / "m.npz")
    assert import_amass(path).provenance["trans_is_pelvis"] == "False, AMASS's convention"
    told = import_amass(path, trans_is_pelvis=True).provenance["trans_is_pelvis"]
    assert told == "True, as the caller says"


def test_our_own_files_can_be_read_as_amass(tmp_path: Path) -> None:
    rotations = np.tile(UPRIGHT, (3, 24, 1))
    ours = Motion(rotations, np.ones((3, 3)), 30.0, "ours")
    save_motion(ours, tmp_path / "ours.npz")
    read = import_amass(tmp_path / "ours.npz")
    np.testing.assert_allclose(read.rotations, ours.rotations, atol=1e-12)
    np.testing.assert_array_equal(read.root, ours.root)


def test_what_is_written_for_others_reads_back_the_same_but_for_the_hands(tmp_path: Path) -> None:
    rotations = np.tile(about("x", 0.3), (4, 24, 1))
    ours = Motion(rotations, np.tile([1.0, 2.0, 0.9], (4, 1)), 30.0, "ours")
    write_amass(ours, tmp_path / "ours.npz")
    with np.load(tmp_path / "ours.npz") as written:
        assert written["poses"].shape == (4, 156)
        np.testing.assert_allclose(written["trans"][0], [1.0018, 2.2233, 0.8718])
    read = import_amass(tmp_path / "ours.npz")
    np.testing.assert_allclose(read.root, ours.root, atol=1e-12)
    np.testing.assert_allclose(read.rotations[:, :22], rotations[:, :22], atol=1e-12)
    assert (read.name, read.fps) == ("ours", 30.0)
    assert read.provenance["trans_is_pelvis"] == "False, AMASS's convention"


# What is refused


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"poses": None}, "it has no 'poses'; it holds mocap_framerate, trans"),
        ({"trans": None}, "it has no 'trans'"),
        ({"mocap_framerate": None}, "no frame rate.*Add one of mocap_framerate"),
        ({"mocap_framerate": 0.0}, "'mocap_framerate' is 0"),
        ({"mocap_framerate": [30.0, 60.0]}, "State one true frame rate"),
        ({"mocap_framerate": "thirty"}, "'mocap_framerate' has type"),
        ({"mocap_framerate": np.nan}, "'mocap_framerate' holds NaN"),
        ({"poses": np.zeros((5, 63))}, r"'poses' has shape \(5, 63\).*\(frames, 156\) for SMPL-H"),
        ({"poses": np.zeros((5, 24, 3))}, "'poses' has shape"),
        ({"poses": np.full((5, 72), np.nan)}, "'poses' holds NaN"),
        ({"poses": np.full((5, 72), "x")}, "'poses' has type"),
        ({"trans": np.zeros((4, 3))}, r"'trans' has shape \(4, 3\).*Expected \(5, 3\)"),
        ({"trans": np.full((5, 3), np.inf)}, "'trans' holds NaN or infinite"),
        ({"poses": np.zeros((1, 72)), "trans": np.zeros((1, 3))}, r"1 frame\(s\)"),
        ({"poses": np.array([{}], dtype=object)}, "no readable npz"),
        ({"mocap_framerate": np.array({}, dtype=object)}, "no readable npz"),
        ({"mocap_framerate": 30 + 1j}, "'mocap_framerate' has type complex128. Save it as real"),
        ({"mocap_framerate": np.timedelta64(30, "s")}, "'mocap_framerate' has type timedelta"),
        ({"poses": np.zeros((5, 72), complex)}, "'poses' has type complex128"),
        ({"trans": np.zeros((5, 3), complex)}, "'trans' has type complex128"),
        ({"trans_is_pelvis": "False"}, "'trans_is_pelvis' is False. Save True or False"),
    ],
)
def test_a_wrong_file_is_refused_with_its_field_and_a_cure(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(MotionError, match=rf"(?s)clip\.npz: .*{says}"):
        import_amass(write(tmp_path / "clip.npz", **changes))


def test_a_broken_metadata_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text("{")
    with pytest.raises(MotionError, match=r"metadata\.json: it is no JSON"):
        import_amass(write(tmp_path / "m.npz"))


def test_real_clips_stand_on_the_floor(mocap_folder: Path) -> None:
    for path in sorted(mocap_folder.glob("*.npz")):
        motion = import_amass(path)
        assert motion.fps == 30.0
        assert -0.02 < float(motion.joints[..., 2].min()) < 0.12, path.name


def test_python_objects_beside_the_motion_are_left_alone(tmp_path: Path) -> None:
    # AMASS's SMPL-X files keep labels of markers like this
    labels = np.array({"C7": 1}, dtype=object)
    arrays = {"poses": np.zeros((3, 165)), "trans": np.zeros((3, 3)), "mocap_frame_rate": 30.0}
    np.savez(tmp_path / "stageii.npz", markers_latent_vids=labels, **arrays)
    assert import_amass(tmp_path / "stageii.npz").frames == 3
    np.savez(tmp_path / "bad.npz", **{**arrays, "trans": labels})
    with pytest.raises(MotionError, match=r"bad\.npz: it is no readable npz"):
        import_amass(tmp_path / "bad.npz")


def test_a_bare_array_is_no_clip(tmp_path: Path) -> None:
    with (tmp_path / "a.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(MotionError, match="one bare array"):
        import_amass(tmp_path / "a.npz")


def test_a_clip_that_is_for_evaluation_stays_so(tmp_path: Path) -> None:
    motion = swaying(1.0).with_provenance(evaluation_only="kungfu")
    write_amass(motion, tmp_path / "A.NPZ")
    assert [path.name for path in tmp_path.iterdir()] == ["A.NPZ"]
    assert import_amass(tmp_path / "A.NPZ").provenance["evaluation_only"] == "kungfu"
